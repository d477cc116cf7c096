import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { ColumnTypes } from './columns.ts'

/** What an app token has beyond the original's fields: its value before the last rotation, and what people say of it. */
export async function tokenLife(db: Kysely<Database>, { text, integer }: ColumnTypes): Promise<void> {
  const columns = [
    ['previous_value', text],
    ['previous_until', integer],
    ['rotated_at', integer],
    ['labels', text],
    ['note', text],
    ['addresses', text],
    ['starts_per_minute', integer],
  ] as const
  // One a statement: SQLite adds no more at once.
  for (const [name, type] of columns) await db.schema.alterTable('app_tokens').addColumn(name, type).execute()
}
