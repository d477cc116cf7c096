import { LatchkeyError } from '@latchkey/core'
import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import { type ClientBase, Pool, type PoolClient, type PoolConfig, types } from 'pg'
import type { Database } from '../database.ts'
import type { Engine, Statement, StatementResult, UnitOutcome } from '../engine.ts'
import { unavailable } from '../failures.ts'
import { assertStorable } from '../storable.ts'

export interface PostgresOptions {
  /** `postgres://…` */
  readonly url: string
  /** How long a write waits for another's lock, and a connection to be had. */
  readonly busyTimeoutMs: number
}

const INT8 = 20
const DUPLICATE = '23505'
const TRANSIENT = new Set(['40001', '40P01'])
const MAX_ATTEMPTS = 5

/** Any number, as long as all processes that open the same database use it. */
const OPENING_LOCK = 7_316_201_911

/** How long a row may be given out without asking again. Only commands beside the one node write behind its back. */
const FRESH_MS = 1000

/** Connects at the first query. @throws {LatchkeyError} `STORE_UNAVAILABLE` when the URL is none */
export function openPostgres(options: PostgresOptions): Engine {
  return new PostgresEngine(options)
}

class PostgresEngine implements Engine {
  readonly name = 'postgres'
  readonly db: Kysely<Database>
  readonly #pool: Pool
  readonly #store: string
  #closing: Promise<void> | undefined

  constructor(options: PostgresOptions) {
    this.#store = describe(options.url)
    this.#pool = new Pool(poolConfig(options))
    // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
    this.#pool.on('error', () => {})
    this.db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: this.#pool }) })
  }

  async read<T>(query: CompiledQuery<T>): Promise<readonly T[]> {
    try {
      // Rows have the shape the query says; this is the boundary where that begins to be believed.
      return (await this.#pool.query(query.sql, [...query.parameters])).rows as T[]
    } catch (error) {
      throw unavailable(this.#store, error)
    }
  }

  async write(unit: readonly Statement[]): Promise<UnitOutcome> {
    assertStorable(unit)
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(unit)
      } catch (error) {
        const code = sqlState(error)
        if (code === undefined || !TRANSIENT.has(code) || attempt >= MAX_ATTEMPTS) throw unavailable(this.#store, error)
      }
    }
  }

  async #attempt(unit: readonly Statement[]): Promise<UnitOutcome> {
    const client = await this.#pool.connect()
    let failure: Error | undefined
    try {
      return unit.length === 1 ? await runAll(client, unit) : await inTransaction(client, unit)
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error))
      throw error
    } finally {
      // A connection that a failure may have left inside a transaction isn't used again.
      client.release(failure)
    }
  }

  readonly version = (): number => Math.floor(performance.now() / FRESH_MS)

  async exclusively<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    try {
      return await this.db.transaction().execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(${sql.lit(OPENING_LOCK)})`.execute(transaction)
        await this.#assertUtf8(transaction)
        return work(transaction)
      })
    } catch (error) {
      throw error instanceof LatchkeyError ? error : unavailable(this.#store, error)
    }
  }

  /** In another encoding texts would be cut and compared by other units, or not be taken at all. */
  async #assertUtf8(db: Kysely<Database>): Promise<void> {
    const found = await sql<{ server_encoding: string }>`show server_encoding`.execute(db)
    const received = found.rows[0]?.server_encoding ?? 'unknown'
    if (received === 'UTF8') return
    const accepted = `a database made with encoding 'UTF8'`
    throw new LatchkeyError('SETTING_INVALID', {
      setting: 'LATCHKEY_DATABASE_URL',
      from: this.#store,
      received,
      accepted,
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#pool.end()
    return this.#closing
  }
}

async function inTransaction(client: PoolClient, unit: readonly Statement[]): Promise<UnitOutcome> {
  await client.query('begin')
  const outcome = await runAll(client, unit)
  await client.query(outcome.done ? 'commit' : 'rollback')
  return outcome
}

async function runAll(client: PoolClient, unit: readonly Statement[]): Promise<UnitOutcome> {
  const results: StatementResult[] = []
  for (const [index, statement] of unit.entries()) {
    const result = await runStatement(client, statement)
    if (result === 'duplicate') return { done: false, refused: index, isDuplicate: true }
    if (statement.expect !== undefined && result.count > 0 !== (statement.expect === 'some')) {
      return { done: false, refused: index, isDuplicate: false }
    }
    results.push(result)
  }
  return { done: true, results }
}

async function runStatement(client: PoolClient, statement: Statement): Promise<StatementResult | 'duplicate'> {
  try {
    const { rowCount, rows } = await client.query(statement.sql, [...statement.parameters])
    return { count: rowCount ?? 0, rows }
  } catch (error) {
    if (sqlState(error) === DUPLICATE) return 'duplicate'
    throw error
  }
}

function poolConfig({ url, busyTimeoutMs }: PostgresOptions): PoolConfig {
  return {
    connectionString: url,
    application_name: 'latchkey',
    connectionTimeoutMillis: busyTimeoutMs,
    onConnect: (client) => setUp(client, busyTimeoutMs),
    types: {
      // All our 8-byte numbers are within 2^53; the driver gives text unless told.
      getTypeParser: (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format)),
    },
  }
}

/** Whatever the server, the database or the URL say: acknowledged means on disk, and the server gives up, not this side. */
async function setUp(client: ClientBase, busyTimeoutMs: number): Promise<void> {
  await client.query(
    `set synchronous_commit = on; set lock_timeout = ${busyTimeoutMs}; set statement_timeout = ${busyTimeoutMs * 2}`,
  )
}

/** Where the database is, without user and password. */
function describe(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `postgresql://${host}${pathname}`
  } catch (error) {
    throw unavailable('postgresql', new Error('LATCHKEY_DATABASE_URL is no URL', { cause: error }))
  }
}

function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
