import { LatchkeyError } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import type { Kysely } from 'kysely'
import type { Database } from './database.ts'
import { loadMasterKey } from './master-key.ts'
import { KEY_LENGTH, openBytes, sealBytes } from './sealing.ts'

// The data key seals what is in the tables and lies in the database itself, wrapped by the master key. So the master key can
// be changed without touching a row, and never seals anything that a stranger chose.

export const BOUND_TO = 'data key'

/**
 * The key that seals the store's secrets; made, like a missing master key, while the store is empty. Called inside the
 * transaction of {@link Engine.exclusively}, so that two processes starting at once agree on it.
 *
 * @returns 32 bytes
 * @throws {LatchkeyError} `MASTER_KEY_MISSING`; `SECRET_UNREADABLE` when the master key is another one; `SETTING_INVALID`
 */
export async function openDataKey(db: Kysely<Database>, masterKeyPath: string): Promise<Uint8Array> {
  const stored = await db.selectFrom('store_info').select('value').where('name', '=', 'data_key').executeTakeFirst()
  const isEmpty = await isWithoutSecrets(db)
  const masterKey = loadMasterKey({ path: masterKeyPath, mayCreate: isEmpty })
  const opened = stored === undefined ? undefined : openBytes(masterKey, stored.value, BOUND_TO)
  if (opened?.length === KEY_LENGTH) return opened
  if (!isEmpty) {
    throw new LatchkeyError('SECRET_UNREADABLE', { what: `the data key, with the master key in ${masterKeyPath}` })
  }
  const dataKey = nodePrimitives.randomBytes(KEY_LENGTH)
  const value = sealBytes(masterKey, dataKey, BOUND_TO)
  await db
    .insertInto('store_info')
    .values({ name: 'data_key', value })
    .onConflict((on) => on.column('name').doUpdateSet({ value }))
    .execute()
  return dataKey
}

async function isWithoutSecrets(db: Kysely<Database>): Promise<boolean> {
  const partner = await db.selectFrom('partners').select('id').limit(1).executeTakeFirst()
  const token = await db.selectFrom('app_tokens').select('id').limit(1).executeTakeFirst()
  return partner === undefined && token === undefined
}
