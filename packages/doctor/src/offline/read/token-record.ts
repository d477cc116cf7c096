import type { HASH_TYPES, HashType, TokenRecord } from '@latchkey/core'
import type { SeenToken } from '../seen.ts'
import { type Fields, textAt, textOf, wholeNumberOf } from './fields.ts'
import { isMasked, isPlaceholder } from './masked.ts'

/** What only app tokens have. */
const TELLING = ['sessionType', 'sessionDuration', 'sessionPrivileges', 'sessionUserId', 'hashType']
/** Stands for an id that is not there. */
const NO_ID = '0_00000000'
const STATUS = { '1': 'disabled', '2': 'active', '3': 'deleted' } as const
const HASH_TYPE_NAMES: readonly HashType[] = ['SHA1', 'MD5', 'SHA256', 'SHA512'] satisfies (keyof typeof HASH_TYPES)[]

/** Whether fields are those of an app token, rather than of a session or a call. */
export function isTokenRecord(fields: Fields): boolean {
  const objectType = textAt(fields, 'objectType')
  if (objectType === 'KalturaAppToken') return true
  if (objectType !== undefined && !isMasked(objectType)) return false
  if (['ks', 'tokenHash', 'service', 'code'].some((name) => textAt(fields, name) !== undefined)) return false
  const telling = TELLING.filter((name) => has(fields, name)).length
  const others = ['id', 'token', 'expiry', 'status', 'createdAt', 'partnerId'].filter((name) =>
    has(fields, name),
  ).length
  return telling >= 2 || (telling === 1 && others >= 1)
}

/** @param isStored false for what a request is about to make or to change */
export function readToken(fields: Fields, where: string, isStored = true): SeenToken {
  const id = shown(textAt(fields, 'id'))
  const expiry = textAt(fields, 'expiry')?.trim()
  const expiresAt = wholeNumberOf(expiry)
  const record: TokenRecord = {
    // It becomes a privilege of the session, where a comma would begin another.
    id: id !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : NO_ID,
    partnerId: wholeNumberOf(textAt(fields, 'partnerId')) ?? 0,
    status: statusOf(textAt(fields, 'status')),
    expiresAt,
    sessionType: typeOf(textAt(fields, 'sessionType')),
    sessionUserId: userOf(textAt(fields, 'sessionUserId')),
    sessionSeconds: wholeNumberOf(textAt(fields, 'sessionDuration')),
    sessionPrivileges: textAt(fields, 'sessionPrivileges'),
    hashType: hashTypeOf(textAt(fields, 'hashType')),
  }
  return {
    where,
    record,
    createdAt: wholeNumberOf(textAt(fields, 'createdAt')),
    value: shown(textAt(fields, 'token')),
    id,
    isStored,
    oddExpiry:
      expiry !== undefined && expiresAt === undefined && expiry !== '' && !isMasked(expiry) ? expiry : undefined,
  }
}

function has(fields: Fields, name: string): boolean {
  return fields.has(name) || textAt(fields, name) !== undefined
}

/** Not what stands in its place. */
function shown(text: string | undefined): string | undefined {
  const plain = text?.trim()
  return plain === undefined || plain === '' || isMasked(plain) || isPlaceholder(plain) ? undefined : plain
}

/** A masked user is one all the same. */
function userOf(text: string | undefined): string | undefined {
  return text !== undefined && isPlaceholder(text) ? undefined : text
}

function statusOf(text: string | undefined): TokenRecord['status'] {
  const word = lastWord(text)
  return STATUS[word === 'disabled' ? '1' : word === 'deleted' ? '3' : word === '1' || word === '3' ? word : '2']
}

/** Numbers, and the names that client libraries give them: `USER`, `KalturaSessionType.ADMIN (2)`. */
function typeOf(text: string | undefined): number | undefined {
  const number = wholeNumberOf(text)
  if (number !== undefined) return number
  const word = text?.toLowerCase() ?? ''
  if (/\badmin\b|\(2\)/.test(word.slice(0, 80))) return 2
  return /\buser\b|\(0\)/.test(word.slice(0, 80)) ? 0 : undefined
}

/** `SHA256`, and `KalturaAppTokenHashType.SHA256`, `sha-256`. */
export function hashTypeOf(text: string | undefined): HashType | undefined {
  const word = text?.slice(0, 80).toUpperCase().replaceAll(/[-_]/g, '') ?? ''
  return HASH_TYPE_NAMES.findLast((name) => word.endsWith(name))
}

function lastWord(text: string | undefined): string {
  return textOf(text)?.trim().toLowerCase().split('.').at(-1) ?? ''
}
