import { decodeTolerantBase64 } from './base64.ts'
import { LatchkeyError, type MalformedReason } from './errors.ts'
import type { Primitives } from './primitives.ts'

/** `v2|`, which every session of version 2 starts with and nothing else may. */
const VERSION_2 = [0x76, 0x32, 0x7c] as const
const PIPE = 0x7c
const SEMICOLON = 0x3b
const BLOCK = 16
/** Digits of the longest safe integer, and a sign. */
const PARTNER_ID_LENGTH = 17
const DECIMAL = /^(?:0|-?[1-9][0-9]*)$/

/** What a session string says in clear: enough to find the secrets to open it with. Nothing of it is proven yet. */
export class SessionHeader {
  readonly version: 1 | 2
  readonly partnerId: number
  /** Of the session string, in characters. */
  readonly length: number
  readonly #body: Uint8Array

  /** @param body version 1: signature, `|` and fields; version 2: whole cipher blocks */
  constructor(version: 1 | 2, partnerId: number, length: number, body: Uint8Array) {
    this.version = version
    this.partnerId = partnerId
    this.length = length
    this.#body = body
  }

  /** Kept from printing, since it is as good as the session string. */
  exposeBody(): Uint8Array {
    return this.#body
  }
}

/**
 * Reads version and partner of a session string, which needs no secret.
 *
 * @param text as the client sent it
 * @throws {LatchkeyError} `SESSION_MALFORMED`
 */
export function readSessionHeader(primitives: Primitives, text: string): SessionHeader {
  const bytes = decodeTolerantBase64(primitives, text)
  if (bytes === undefined) throw malformed('not-base64', text.length)
  const isVersion2 = bytes[0] === VERSION_2[0] && bytes[1] === VERSION_2[1] && bytes[2] === VERSION_2[2]
  return isVersion2 ? readVersion2(bytes, text.length) : readVersion1(bytes, text.length)
}

export function malformed(reason: MalformedReason, length: number): LatchkeyError {
  return new LatchkeyError('SESSION_MALFORMED', { reason, length })
}

function readVersion2(bytes: Uint8Array, length: number): SessionHeader {
  const start = VERSION_2.length
  const end = bytes.indexOf(PIPE, start)
  if (end === -1) throw malformed('no-separator', length)
  const partnerId = readPartnerId(bytes, start, end)
  if (partnerId === undefined) throw malformed('partner-not-a-number', length)
  const body = bytes.subarray(end + 1)
  if (body.length === 0 || body.length % BLOCK !== 0) throw malformed('not-whole-blocks', length)
  return new SessionHeader(2, partnerId, length, body)
}

function readVersion1(bytes: Uint8Array, length: number): SessionHeader {
  const separator = bytes.indexOf(PIPE)
  if (separator === -1) throw malformed('no-separator', length)
  const end = bytes.indexOf(SEMICOLON, separator)
  // Partner, pattern and expiry have to be there; all after them may be missing.
  if (end === -1 || bytes.indexOf(SEMICOLON, end + 1) === -1) throw malformed('too-few-fields', length)
  const partnerId = readPartnerId(bytes, separator + 1, end)
  if (partnerId === undefined) throw malformed('partner-not-a-number', length)
  return new SessionHeader(1, partnerId, length, bytes)
}

/** Decimal and nothing else, so that one account has one spelling. */
function readPartnerId(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > PARTNER_ID_LENGTH) return undefined
  let text = ''
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0)
  const id = DECIMAL.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(id) ? id : undefined
}
