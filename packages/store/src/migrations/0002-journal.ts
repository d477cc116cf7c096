import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Engine } from '../engine.ts'
import type { ColumnTypes } from './columns.ts'

/** Counted calls on both engines; lines in a table on PostgreSQL, where the embedded store has files. */
export async function journal(
  db: Kysely<Database>,
  { text, integer }: ColumnTypes,
  engine: Engine['name'],
): Promise<void> {
  await db.schema
    .createTable('token_usage')
    .addColumn('partner_id', integer, (column) => column.notNull())
    .addColumn('token_id', text, (column) => column.notNull())
    .addColumn('calls', integer, (column) => column.notNull())
    .addColumn('last_call_at', integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('token_usage_pkey', ['partner_id', 'token_id'])
    .execute()
  if (engine !== 'postgres') return

  await db.schema
    .createTable('journal')
    .addColumn('id', integer, (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('at', integer, (column) => column.notNull())
    .addColumn('partner_id', integer, (column) => column.notNull())
    .addColumn('request_id', text, (column) => column.notNull())
    .addColumn('door', text, (column) => column.notNull())
    .addColumn('action', text, (column) => column.notNull())
    .addColumn('outcome', text, (column) => column.notNull())
    .addColumn('token_id', text)
    .addColumn('actor', text)
    .addColumn('cause', text)
    .addColumn('code', text)
    .addColumn('object', text)
    .addColumn('address', text)
    .addColumn('client', text)
    .addColumn('value', text)
    .execute()
  await db.schema.createIndex('journal_by_partner').on('journal').columns(['partner_id', 'at', 'id']).execute()
  await db.schema
    .createIndex('journal_by_token')
    .on('journal')
    .columns(['partner_id', 'token_id', 'at', 'id'])
    .execute()
}
