import type { AppTokenFields } from '@latchkey/authority'
import { HASH_TYPES, type HashType } from '@latchkey/core'
import type { BoundObject } from '@latchkey/wire'

/** An app token's settings, from the names of the wire to ours. */
export function fieldsOf(fields: BoundObject | undefined): AppTokenFields {
  return {
    expiresAt: fields?.number('expiry'),
    sessionType: fields?.number('sessionType'),
    sessionUserId: fields?.text('sessionUserId'),
    sessionSeconds: fields?.number('sessionDuration'),
    sessionPrivileges: fields?.text('sessionPrivileges'),
    hashType: hashTypeOf(fields?.text('hashType')),
    description: fields?.text('description'),
  }
}

function hashTypeOf(text: string | null | undefined): HashType | null | undefined {
  if (text === null || text === undefined) return text
  return isHashType(text) ? text : undefined
}

function isHashType(text: string): text is HashType {
  return Object.hasOwn(HASH_TYPES, text)
}
