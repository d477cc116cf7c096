import type { CompiledQuery, Kysely } from 'kysely'
import type { Database } from './database.ts'

/** One row as an engine gives it. */
export type Row = Readonly<Record<string, unknown>>

/** Anything of Kysely's that compiles; written out because a statement's own rows don't matter in a unit. */
export interface Compilable<T = unknown> {
  compile(): CompiledQuery<T>
}

/** A compiled statement of a unit. It can cross to another thread. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** What must be true of it, or the whole unit is undone: that it touched or found a row, or that it did not. */
  readonly expect?: 'some' | 'none' | undefined
}

export interface StatementResult {
  /** Rows changed, or returned where it returns some. */
  readonly count: number
  readonly rows: readonly Row[]
}

/** What became of a unit. Of a refused one nothing remains. */
export type UnitOutcome =
  | { readonly done: true; readonly results: readonly StatementResult[] }
  /** `refused` is the first statement whose expectation failed, or, with `isDuplicate`, that met a row with its key. */
  | { readonly done: false; readonly refused: number; readonly isDuplicate: boolean }

/** What the queries need of an engine; SQLite and PostgreSQL differ here and nowhere else. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  /** Builds and compiles queries; they are run by `read` and `write`. */
  readonly db: Kysely<Database>
  /** @throws {LatchkeyError} `STORE_UNAVAILABLE` */
  read<T>(query: CompiledQuery<T>): Promise<readonly T[]>
  /**
   * All of the statements, in order, or none. Resolves once they are on disk.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE` (nothing was done), `VALUE_NOT_STORABLE`
   */
  write(unit: readonly Statement[]): Promise<UnitOutcome>
  /**
   * Changes whenever what was read before may no longer hold because of someone else's write. Cheap enough to ask at
   * every read.
   */
  readonly version: () => number
  /**
   * Runs the work in one transaction, alone among all processes that use the database. For opening: it may hold up the
   * thread that calls it.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`, and whatever the work throws of ours
   */
  exclusively<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Any number of rows will do. */
export function run(query: Compilable): Statement {
  const { sql, parameters } = query.compile()
  return { sql, parameters }
}

/** Must change or find a row, or nothing of its unit is done. */
export function mustTouch(query: Compilable): Statement {
  return { ...run(query), expect: 'some' }
}

/** Must find no row, or nothing of its unit is done. */
export function mustFindNone(query: Compilable): Statement {
  return { ...run(query), expect: 'none' }
}

/**
 * Compiles a query once and from then on only swaps its parameters, since building one costs more than running it.
 * The query must use the arguments as its parameters, each once and in order; the first call checks it.
 */
export function prepared<Args extends readonly (string | number)[], T>(
  build: (...args: Args) => Compilable<T>,
): (...args: Args) => CompiledQuery<T> {
  let compiled: CompiledQuery<T> | undefined
  return (...args) => {
    if (compiled === undefined) {
      const first = build(...args).compile()
      if (first.parameters.length !== args.length || first.parameters.some((value, at) => value !== args[at])) {
        throw new TypeError(`a prepared query must take its arguments as parameters, in order: ${first.sql}`)
      }
      compiled = first
    }
    return { ...compiled, parameters: args }
  }
}
