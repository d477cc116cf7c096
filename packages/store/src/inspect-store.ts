import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LatchkeyError } from '@latchkey/core'
import { BOUND_TO } from './data-key.ts'
import type { Engine } from './engine.ts'
import { loadMasterKey } from './master-key.ts'
import { SCHEMA } from './migrations/migrate.ts'
import type { StoreOptions } from './open-store.ts'
import { openPostgres } from './postgres/engine.ts'
import { openBytes } from './sealing.ts'
import { openSqlite } from './sqlite/engine.ts'

/** What {@link inspectStore} saw. */
export interface StoreState {
  readonly kind: 'sqlite' | 'postgres'
  /** Absent where there is no store yet, or it does not answer. */
  readonly schema?: number | undefined
  /** The newest schema that this program knows. */
  readonly knownSchema: number
  /** Whether the master key opens the data key. */
  readonly keyFits?: boolean | undefined
  /** There is no file, or no table in the database: opening makes it. */
  readonly isAbsent?: boolean | undefined
  readonly isEmpty?: boolean | undefined
  /** Why it could not be looked at. Holds no password. */
  readonly error?: string | undefined
}

const BUSY_TIMEOUT_MS = 2_000

/** Looks at a store without changing anything in it: no migration, no key made. Never throws. */
export async function inspectStore({ url, dataDirectory, masterKeyPath }: StoreOptions): Promise<StoreState> {
  const kind = url === undefined ? 'sqlite' : 'postgres'
  const path = join(dataDirectory, 'latchkey.db')
  const nothing = { kind, knownSchema: SCHEMA } as const
  // Opening would make the file.
  if (url === undefined && !existsSync(path)) return { ...nothing, isAbsent: true, error: `there is no ${path}` }
  let engine: Engine | undefined
  try {
    engine =
      url === undefined
        ? openSqlite({ path, busyTimeoutMs: BUSY_TIMEOUT_MS })
        : openPostgres({ url, busyTimeoutMs: BUSY_TIMEOUT_MS })
    const rows = await engine.read(engine.db.selectFrom('store_info').select(['name', 'value']).compile())
    const infoOf = (name: string) => rows.find((row) => row.name === name)?.value
    const schema = Number(infoOf('schema') ?? Number.NaN)
    return {
      ...nothing,
      schema: Number.isSafeInteger(schema) ? schema : undefined,
      keyFits: fits(masterKeyPath, infoOf('data_key')),
    }
  } catch (error) {
    if (lacksTables(error)) return { ...nothing, isEmpty: true, error: 'there are no tables in it' }
    return { ...nothing, error: error instanceof LatchkeyError ? error.message : 'the database does not answer' }
  } finally {
    await engine?.close()
  }
}

const UNDEFINED_TABLE = '42P01'

/** By what the engine says of it; the rest is no answer. */
function lacksTables(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (!(cause instanceof Error)) return false
  return ('code' in cause && cause.code === UNDEFINED_TABLE) || /^no such table/.test(cause.message)
}

function fits(path: string, wrapped: string | undefined): boolean | undefined {
  if (wrapped === undefined) return undefined
  try {
    return openBytes(loadMasterKey({ path, mayCreate: false }), wrapped, BOUND_TO) !== undefined
  } catch {
    return false
  }
}
