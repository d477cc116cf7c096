import { LatchkeyError } from './errors.ts'
import type { Primitives } from './primitives.ts'
import { parseQueryString } from './query-string.ts'
import type { Session } from './session.ts'
import { malformed, readSessionHeader, type SessionHeader } from './session-header.ts'
import type { SigningKey } from './session-key.ts'
import type { EpochSeconds } from './time.ts'

const SIGNATURE_BYTES = 20
const RANDOM_BYTES = 16

/**
 * Opens a session string: finds the key that signed it, then reads its fields. Whether the session is still live is
 * for `decideValidity` to say.
 *
 * @param session the string as the client sent it, or what `readSessionHeader` made of it
 * @param keys of the session's partner, tried in turn
 * @throws {LatchkeyError} `SESSION_MALFORMED`; `SESSION_SIGNATURE_MISMATCH` when none of the keys signed it
 */
export function openSession(
  primitives: Primitives,
  session: string | SessionHeader,
  keys: readonly SigningKey[],
): Session {
  const header = typeof session === 'string' ? readSessionHeader(primitives, session) : session
  const { version, partnerId } = header
  for (const key of keys) {
    const opened = version === 2 ? openVersion2(primitives, header, key) : openVersion1(primitives, header, key)
    if (opened !== undefined) return opened
  }
  throw new LatchkeyError('SESSION_SIGNATURE_MISMATCH', { version, partnerId, secretsTried: keys.length })
}

/**
 * Opens a session string where the keys of every partner are at hand.
 *
 * @param keysOf `undefined` for a partner that does not exist
 * @throws {LatchkeyError} as `openSession`, and `SESSION_PARTNER_UNKNOWN`
 */
export function parseSession(
  primitives: Primitives,
  text: string,
  keysOf: (partnerId: number) => readonly SigningKey[] | undefined,
): Session {
  const header = readSessionHeader(primitives, text)
  const keys = keysOf(header.partnerId)
  if (keys === undefined) throw new LatchkeyError('SESSION_PARTNER_UNKNOWN', { partnerId: header.partnerId })
  return openSession(primitives, header, keys)
}

function openVersion1(primitives: Primitives, header: SessionHeader, key: SigningKey): Session | undefined {
  const body = header.exposeBody()
  const info = body.subarray(body.indexOf(PIPE) + 1)
  const secret = key.exposeSecret()
  const signed = key.borrowScratch(secret.length + info.length)
  signed.set(secret)
  signed.set(info, secret.length)
  const signature = primitives.digestHex('sha1', signed)
  const claimed = body.subarray(0, body.length - info.length - 1)
  if (!primitives.equalBytes(claimed, primitives.encodeUtf8(signature))) return undefined
  const fields = primitives.decodeUtf8(info).split(';', FIELDS_OF_VERSION_1)
  return {
    version: 1,
    partnerId: header.partnerId,
    expiresAt: readExpiry(fields[2]),
    type: readType(fields[3]),
    userId: fields[5],
    privileges: fields[6] ?? '',
    // Always written, so an empty one says nothing.
    masterPartnerId: fields[7] || undefined,
    additionalData: fields[8] || undefined,
    fingerprint: signature,
  }
}

const PIPE = 0x7c
const FIELDS_OF_VERSION_1 = 9

function openVersion2(primitives: Primitives, header: SessionHeader, key: SigningKey): Session | undefined {
  const plain = key.exposeCipher().decrypt(header.exposeBody())
  let end = plain.length
  while (end > 0 && plain[end - 1] === 0) end -= 1
  const signature = primitives.digestHex('sha1', plain.subarray(SIGNATURE_BYTES, end))
  if (!matchesHex(plain, signature)) return undefined
  const text = primitives.decodeUtf8(plain.subarray(SIGNATURE_BYTES + RANDOM_BYTES, end))
  const fields = parseQueryString(primitives, text)
  if (fields === undefined) throw malformed('array-name', header.length)
  return {
    version: 2,
    partnerId: header.partnerId,
    expiresAt: readExpiry(fields.get('_e')),
    type: readType(fields.get('_t')),
    userId: fields.get('_u'),
    privileges: readPrivileges(fields),
    masterPartnerId: fields.get('_m'),
    additionalData: fields.get('_d'),
    fingerprint: signature,
  }
}

/** Compares the first bytes with hex digits, all of them whatever differs. */
function matchesHex(bytes: Uint8Array, hex: string): boolean {
  let difference = 0
  for (let index = 0; index < SIGNATURE_BYTES; index += 1) {
    const byte = bytes[index] ?? 0
    difference |= hex.charCodeAt(2 * index) ^ hexDigitCode(byte >> 4)
    difference |= hex.charCodeAt(2 * index + 1) ^ hexDigitCode(byte & 15)
  }
  return difference === 0
}

function hexDigitCode(value: number): number {
  return value < 10 ? 0x30 + value : 0x57 + value
}

/** The privileges among the fields of version 2, as one text. */
export function readPrivileges(fields: ReadonlyMap<string, string>): string {
  let privileges = ''
  for (const [name, value] of fields) {
    if (name === '_e' || name === '_t' || name === '_u' || name === '_m' || name === '_d') continue
    if (privileges !== '') privileges += ','
    privileges += value === '' ? name : `${name}:${value}`
  }
  return privileges === 'all:*' ? '*' : privileges
}

const DIGITS = /^[0-9]{1,15}$/
/** What the original takes for a number. */
const NUMERIC = /^[ \t\n\r\v\f]*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?[ \t\n\r\v\f]*$/i

/** A part of a second counts as a whole one. What is no number has been over since 1970. */
function readExpiry(text: string | undefined): EpochSeconds {
  if (text === undefined) return 0
  if (DIGITS.test(text)) return Number(text)
  return NUMERIC.test(text) ? clamp(Math.ceil(Number(text))) : 0
}

/** What is no number is a user's, who has the fewest rights. */
function readType(text: string | undefined): number {
  if (text === undefined || !NUMERIC.test(text)) return 0
  return clamp(Math.trunc(Number(text)))
}

function clamp(value: number): number {
  const safe = Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value))
  // Rounding makes a negative zero of -0.5.
  return safe === 0 ? 0 : safe
}
