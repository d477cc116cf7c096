import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

const MAX_KEPT = 500

/** Prepared statements of one connection by their text; the longest unused ones go first. */
export class Statements {
  readonly #database: DatabaseSync
  readonly #kept = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  of(sql: string): StatementSync {
    let statement = this.#kept.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      if (this.#kept.size >= MAX_KEPT) {
        for (const oldest of this.#kept.keys()) {
          this.#kept.delete(oldest)
          break
        }
      }
    } else {
      this.#kept.delete(sql)
    }
    this.#kept.set(sql, statement)
    return statement
  }
}

/**
 * Parameters as SQLite takes them.
 * @throws {TypeError} for a value that no query of ours has
 */
export function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    // A whole number goes as an integer: node:sqlite binds numbers as floating point, which reads `5.0` where it becomes text.
    if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
    if (typeof value === 'string' || value === null || typeof value === 'bigint') return value
    throw new TypeError(`a ${typeof value} cannot be bound`)
  })
}
