import { type Expression, sql } from 'kysely'
import type { Engine } from '../engine.ts'

/** The three types a column has, so that both engines hold and compare the same. */
export interface ColumnTypes {
  /** Compared byte by byte: SQLite does so anyway, PostgreSQL in whatever way its database was set up unless told. */
  readonly text: Expression<unknown> | 'text'
  /** 64 bits on both. */
  readonly integer: 'bigint'
}

export function columnTypes(engine: Engine['name']): ColumnTypes {
  return { text: engine === 'postgres' ? sql`text collate "C"` : 'text', integer: 'bigint' }
}
