import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { ColumnTypes } from './columns.ts'

/** What widgets that somebody adds have besides; SQLite takes one column at a time. */
export async function widgetFields(db: Kysely<Database>, { integer }: ColumnTypes): Promise<void> {
  for (const column of ['ui_conf_id', 'security_type']) {
    await db.schema.alterTable('widgets').addColumn(column, integer).execute()
  }
}
