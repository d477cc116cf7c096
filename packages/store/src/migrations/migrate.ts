import { LatchkeyError } from '@latchkey/core'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Engine } from '../engine.ts'
import { firstTables } from './0001-first-tables.ts'
import { journal } from './0002-journal.ts'
import { widgetFields } from './0003-widget-fields.ts'
import { tokenLife } from './0004-token-life.ts'
import { partnerRules } from './0005-partner-rules.ts'
import { type ColumnTypes, columnTypes } from './columns.ts'

type Migration = (db: Kysely<Database>, types: ColumnTypes, engine: Engine['name']) => Promise<void>

/** In order; the schema's number is how many of them have run. One that was released is never changed. */
const MIGRATIONS: readonly Migration[] = [firstTables, journal, widgetFields, tokenLife, partnerRules]

/** The schema that this program knows. */
export const SCHEMA = MIGRATIONS.length

/**
 * Brings the schema up to date. Called inside the transaction of {@link Engine.exclusively}.
 * @throws {LatchkeyError} `STORE_TOO_NEW`
 */
export async function migrate(db: Kysely<Database>, engine: Engine['name']): Promise<void> {
  const types = columnTypes(engine)
  await db.schema
    .createTable('store_info')
    .ifNotExists()
    .addColumn('name', types.text, (column) => column.primaryKey().notNull())
    .addColumn('value', types.text, (column) => column.notNull())
    .execute()
  const found = await db.selectFrom('store_info').select('value').where('name', '=', 'schema').executeTakeFirst()
  const from = found === undefined ? 0 : parseSchema(found.value)
  for (const migration of MIGRATIONS.slice(from)) await migration(db, types, engine)
  if (from === SCHEMA) return
  await db
    .insertInto('store_info')
    .values({ name: 'schema', value: String(SCHEMA) })
    .onConflict((on) => on.column('name').doUpdateSet({ value: String(SCHEMA) }))
    .execute()
}

/** @throws {LatchkeyError} `STORE_TOO_NEW` when a later program made it, or something else altogether */
export function parseSchema(value: string): number {
  const schema = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (schema <= SCHEMA) return schema
  throw new LatchkeyError('STORE_TOO_NEW', { found: value.slice(0, 20), known: String(SCHEMA) })
}
