import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { LatchkeyError } from '@latchkey/core'
import { type CompiledQuery, Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Engine, Statement, UnitOutcome } from '../engine.ts'
import { unavailable } from '../failures.ts'
import { assertStorable } from '../storable.ts'
import { connect } from './connection.ts'
import { nodeSqliteDialect } from './dialect.ts'
import { bindable, Statements } from './statements.ts'
import { Writer } from './writer.ts'

export interface SqliteOptions {
  readonly path: string
  /** How long a write waits for another process's lock. */
  readonly busyTimeoutMs: number
}

/**
 * One at a time in this process: a second one would wait for the first one's lock and, as it waits on the same thread, keep it
 * from ever letting go.
 */
let opening: Promise<unknown> = Promise.resolve()

/**
 * Opens the file, which is made for its owner alone when it isn't there.
 * @throws {LatchkeyError} `STORE_UNAVAILABLE`
 */
export function openSqlite(options: SqliteOptions): Engine {
  try {
    makePrivate(options.path)
    return new SqliteEngine(options, connect(options.path, options.busyTimeoutMs))
  } catch (error) {
    throw unavailable(options.path, error)
  }
}

class SqliteEngine implements Engine {
  readonly name = 'sqlite'
  readonly db: Kysely<Database>
  readonly #options: SqliteOptions
  /** Reads only, once the schema is there. In WAL mode a writer never makes it wait. */
  readonly #reader: DatabaseSync
  readonly #statements: Statements
  readonly #dataVersion: StatementSync
  readonly #writer: Writer
  #version = 0
  #isVersionKnown = false

  constructor(options: SqliteOptions, reader: DatabaseSync) {
    this.#options = options
    this.#reader = reader
    this.#statements = new Statements(reader)
    this.#dataVersion = reader.prepare('pragma data_version')
    this.#writer = new Writer(options, this.#forgetVersion)
    this.db = new Kysely<Database>({ dialect: nodeSqliteDialect(reader) })
  }

  async read<T>(query: CompiledQuery<T>): Promise<readonly T[]> {
    try {
      // Rows have the shape the query says; this is the boundary where that begins to be believed.
      return this.#statements.of(query.sql).all(...bindable(query.parameters)) as T[]
    } catch (error) {
      throw unavailable(this.#options.path, error)
    }
  }

  async write(unit: readonly Statement[]): Promise<UnitOutcome> {
    assertStorable(unit)
    return this.#writer.write(unit)
  }

  /**
   * SQLite's own count of what other connections committed, ours that writes among them. Asked at most once per turn of the
   * loop: it takes some microseconds, and whatever this process is told of another's write arrives in a later turn. A
   * commit of our own is asked for at once.
   */
  readonly version = (): number => {
    if (this.#isVersionKnown) return this.#version
    try {
      const found = this.#dataVersion.get()?.data_version
      this.#version = typeof found === 'number' ? found : this.#version + 1
    } catch (error) {
      throw unavailable(this.#options.path, error)
    }
    this.#isVersionKnown = true
    setImmediate(this.#forgetVersion)
    return this.#version
  }

  readonly #forgetVersion = (): void => {
    this.#isVersionKnown = false
  }

  exclusively<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    const done = opening.then(() => this.#exclusively(work))
    opening = done.catch(() => {})
    return done
  }

  async #exclusively<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    try {
      // Not the reading connection, whose prepared statements and version would see the schema change under them.
      const connection = connect(this.#options.path, this.#options.busyTimeoutMs)
      try {
        return await new Kysely<Database>({ dialect: nodeSqliteDialect(connection) }).transaction().execute(work)
      } finally {
        connection.close()
      }
    } catch (error) {
      throw error instanceof LatchkeyError ? error : unavailable(this.#options.path, error)
    }
  }

  async close(): Promise<void> {
    await this.#writer.close()
    if (this.#reader.isOpen) this.#reader.close()
  }
}

/** SQLite gives its log and shared-memory files the mode of the database, so that one makes them private too. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
