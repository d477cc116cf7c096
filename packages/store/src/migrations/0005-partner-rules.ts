import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { ColumnTypes } from './columns.ts'

/** What an account has of its own in the place of what all accounts start with, as JSON. */
export async function partnerRules(db: Kysely<Database>, { text }: ColumnTypes): Promise<void> {
  await db.schema.alterTable('partners').addColumn('rules', text).execute()
}
