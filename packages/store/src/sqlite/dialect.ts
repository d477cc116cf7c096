import type { DatabaseSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { bindable } from './statements.ts'

/** Kysely on one connection of `node:sqlite`, whose owner closes it. Transactions take the write lock at once. */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

class NodeSqliteDriver implements Driver {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new NodeSqliteConnection(this.#database)
  }

  async beginTransaction(): Promise<void> {
    // Immediate: one that starts by reading and writes later fails at once when another process wrote in between.
    this.#database.exec('begin immediate')
  }

  async commitTransaction(): Promise<void> {
    this.#database.exec('commit')
  }

  async rollbackTransaction(): Promise<void> {
    if (this.#database.isTransaction) this.#database.exec('rollback')
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#database.prepare(query.sql)
    const parameters = bindable(query.parameters)
    if (statement.columns().length === 0) {
      return { rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) }
    }
    // Rows have the shape the query says; this is the boundary where that begins to be believed.
    return { rows: statement.all(...parameters) as R[] }
  }

  // biome-ignore lint/correctness/useYield: says what is missing rather than giving nothing
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new TypeError('this dialect does not stream')
  }
}
