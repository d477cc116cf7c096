import { LatchkeyError } from './errors.ts'
import { CORE_FIDELITY, type Fidelity } from './fidelity.ts'
import type { Primitives } from './primitives.ts'
import { isPrivilegeName } from './privilege-names.ts'
import { trimItem } from './privileges.ts'
import { formatQueryString } from './query-string.ts'
import type { Session } from './session.ts'
import type { SigningKey } from './session-key.ts'
import { readPrivileges } from './session-open.ts'

/** What is written into a session string. */
export type SessionFields = Pick<
  Session,
  'partnerId' | 'expiresAt' | 'type' | 'userId' | 'privileges' | 'masterPartnerId' | 'additionalData'
>

export interface SealedSession {
  readonly text: string
  /** As `Session.fingerprint` reads it back. Safe to log. */
  readonly fingerprint: string
}

const SIGNATURE_BYTES = 20
const RANDOM_BYTES = 16
const BLOCK = 16

/**
 * Signs a session string; `sealSession` also tells its fingerprint.
 *
 * @throws {LatchkeyError} as `sealSession`
 */
export function formatSession(primitives: Primitives, fields: SessionFields, key: SigningKey, version: 1 | 2): string {
  return sealSession(primitives, fields, key, version).text
}

/**
 * Signs a session string. In version 2 the privileges are trimmed, of a repeated name the last value stays, and `*`
 * beside others becomes `all:*`; in version 1 they are written as they are. In `vendor` fidelity no name and no `;` is
 * looked at.
 *
 * @throws {LatchkeyError} `PRIVILEGE_NAME_INVALID` where a name would come back as another or overwrite a field;
 *   `SESSION_FIELD_INVALID` for a number that is none, or a `;` in version 1, which would shift all fields behind it
 */
export function sealSession(
  primitives: Primitives,
  fields: SessionFields,
  key: SigningKey,
  version: 1 | 2,
  fidelity: Fidelity = 'mended',
): SealedSession {
  for (const field of ['partnerId', 'expiresAt', 'type'] as const) {
    if (!Number.isSafeInteger(fields[field])) throw new LatchkeyError('SESSION_FIELD_INVALID', { field, version })
  }
  const { checksWhatIsWritten } = CORE_FIDELITY[fidelity]
  if (version === 2) return sealVersion2(primitives, fields, key, checksWhatIsWritten)
  if (checksWhatIsWritten) refuseShift(fields)
  return sealVersion1(primitives, fields, key)
}

/** @throws {LatchkeyError} `SESSION_FIELD_INVALID`, `PRIVILEGE_NAME_INVALID` */
function refuseShift(fields: SessionFields): void {
  for (const field of ['userId', 'privileges', 'masterPartnerId', 'additionalData'] as const) {
    if (fields[field]?.includes(';')) throw new LatchkeyError('SESSION_FIELD_INVALID', { field, version: 1 })
  }
  for (const item of fields.privileges.split(',')) readName(trimItem(item))
}

function sealVersion1(primitives: Primitives, fields: SessionFields, key: SigningKey): SealedSession {
  const { partnerId, expiresAt, type, userId = '', privileges, masterPartnerId = '', additionalData = '' } = fields
  const random = randomNumber(primitives)
  const info = primitives.encodeUtf8(
    `${partnerId};${partnerId};${expiresAt};${type};${random};${userId};${privileges};${masterPartnerId};${additionalData}`,
  )
  const secret = key.exposeSecret()
  const signed = key.borrowScratch(secret.length + info.length)
  signed.set(secret)
  signed.set(info, secret.length)
  const fingerprint = primitives.digestHex('sha1', signed)
  const sealed = key.borrowScratch(fingerprint.length + 1 + info.length)
  writeAscii(sealed, 0, fingerprint)
  writeAscii(sealed, fingerprint.length, '|')
  sealed.set(info, fingerprint.length + 1)
  return { text: primitives.encodeBase64(sealed), fingerprint }
}

// The original writes the time in fractions of a second here. Core has no clock, and this repeats less.
function randomNumber(primitives: Primitives): string {
  let digits = ''
  for (const byte of primitives.randomBytes(RANDOM_BYTES)) digits += byte % 10
  return `${digits.slice(0, 10)}.${digits.slice(10)}`
}

function sealVersion2(
  primitives: Primitives,
  fields: SessionFields,
  key: SigningKey,
  checksNames: boolean,
): SealedSession {
  const privileges = privilegesInQuery(primitives, fields.privileges, checksNames)
  const text = `${privileges}${formatQueryString(primitives, ownFields(fields))}`
  const bodyLength = RANDOM_BYTES + text.length
  const end = SIGNATURE_BYTES + bodyLength
  const plain = key.borrowScratch(Math.ceil(end / BLOCK) * BLOCK)
  plain.set(primitives.randomBytes(RANDOM_BYTES), SIGNATURE_BYTES)
  writeAscii(plain, SIGNATURE_BYTES + RANDOM_BYTES, text)
  plain.fill(0, end)
  const fingerprint = primitives.digestHex('sha1', plain.subarray(SIGNATURE_BYTES, end))
  for (let index = 0; index < SIGNATURE_BYTES; index += 1) {
    plain[index] = readHexDigit(fingerprint, 2 * index) * 16 + readHexDigit(fingerprint, 2 * index + 1)
  }
  const encrypted = key.exposeCipher().encrypt(plain)
  const prefix = `v2|${fields.partnerId}|`
  const sealed = key.borrowScratch(prefix.length + encrypted.length)
  writeAscii(sealed, 0, prefix)
  sealed.set(encrypted, prefix.length)
  return { text: primitives.encodeBase64Url(sealed), fingerprint }
}

/** An app token's sessions have the same privileges one after the other: each text is taken apart once. */
const inQuery = new Map<string, string>()
const MOST_KEPT = 1_000
const LONGEST_KEPT = 1_000

function privilegesInQuery(primitives: Primitives, privileges: string, checksNames: boolean): string {
  const kept = checksNames ? inQuery.get(privileges) : undefined
  if (kept !== undefined) return kept
  const gathered = gatherPrivileges(privileges, checksNames)
  const text = gathered.size === 0 ? '' : `${formatQueryString(primitives, gathered)}&`
  if (!checksNames || privileges.length > LONGEST_KEPT) return text
  if (inQuery.size >= MOST_KEPT) inQuery.clear()
  inQuery.set(privileges, text)
  return text
}

function gatherPrivileges(privileges: string, checksNames: boolean): Map<string, string> {
  const gathered = new Map<string, string>()
  for (const item of privileges.split(',')) {
    const trimmed = trimItem(item)
    if (trimmed === '' || trimmed === '0') continue
    const name = checksNames ? readName(trimmed) : nameOf(trimmed)
    if (name === '*') gathered.set('all', '*')
    else gathered.set(name, trimmed.slice(name.length + 1))
  }
  return gathered
}

/** None of them has the name of a privilege: those are refused. */
function ownFields(fields: SessionFields): ReadonlyMap<string, string> {
  const gathered = new Map<string, string>()
  gathered.set('_e', String(fields.expiresAt))
  gathered.set('_t', String(fields.type))
  if (fields.userId !== undefined) gathered.set('_u', fields.userId)
  if (fields.masterPartnerId !== undefined) gathered.set('_m', fields.masterPartnerId)
  if (fields.additionalData !== undefined) gathered.set('_d', fields.additionalData)
  return gathered
}

/**
 * The privileges of a session as they are read back once they are written, so that what is told of a session beforehand is
 * what it will be.
 *
 * @throws {LatchkeyError} `PRIVILEGE_NAME_INVALID` as `sealSession`
 */
export function privilegesReadBack(privileges: string, version: 1 | 2): string {
  if (version === 1) return privileges
  return readPrivileges(gatherPrivileges(privileges, true))
}

/** @throws {LatchkeyError} `PRIVILEGE_NAME_INVALID` */
function readName(item: string): string {
  if (item === '' || item === '*') return item
  const name = nameOf(item)
  if (!isPrivilegeName(name)) throw new LatchkeyError('PRIVILEGE_NAME_INVALID', { name })
  return name
}

function nameOf(item: string): string {
  const colon = item.indexOf(':')
  return colon === -1 ? item : item.slice(0, colon)
}

function writeAscii(target: Uint8Array, start: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) target[start + index] = text.charCodeAt(index)
}

function readHexDigit(hex: string, at: number): number {
  const code = hex.charCodeAt(at)
  return code < 0x3a ? code - 0x30 : code - 0x57
}
