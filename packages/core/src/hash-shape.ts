import { HASH_TYPES, type HashType } from './app-token.ts'
import type { CauseId } from './causes/catalogue.ts'

const LENGTHS: Readonly<Record<HashType, number>> = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 }
const PLACEHOLDER = /[{}]|^(?:null|undefined|none|nan)$|\$\(/i
const PREFIXED = /^(?:0x|\\x|(?:md5|sha-?\d+)[:=(]|\(stdin\)=)/i
/** Digits and what people put between them. */
const SPACED = /^[0-9a-f\s:-]+$/i
/** What is left of a digest, whatever stands around it. */
const HOLDS_DIGEST = /[0-9a-f]{32}/i
/** Of the four digests in Base64, with padding and without. */
const BASE64_LENGTHS = [22, 24, 27, 28, 43, 44, 86, 88]
const APP_TOKEN_ID = /^\d+_[0-9a-z]{8}$/

/** What the form of a wrong hash alone tells: no digest is made for it. */
export function judgeHashShape(
  received: string,
  hashType: HashType | undefined,
): { readonly cause: CauseId; readonly saw: string } {
  const expected = hashType === undefined ? undefined : LENGTHS[hashType]
  const length = received.length
  const wants = hashType === undefined ? '' : `; ${hashType} gives ${expected} lower-case hex characters`
  const saw = (what: string) => `tokenHash is ${what}${wants}`
  if (length === 0) return { cause: 'hash-placeholder', saw: saw('empty') }
  if (PLACEHOLDER.test(received))
    return { cause: 'hash-placeholder', saw: saw(`${length} characters with braces or a word for nothing`) }
  if (APP_TOKEN_ID.test(received)) return { cause: 'hash-token-value-sent', saw: saw('of the form of an app token id') }
  if (/^[0-9A-Fa-f]+$/.test(received) && /[A-F]/.test(received) && length === expected) {
    return { cause: 'hash-upper-case', saw: saw(`${length} hex characters, some of them capitals`) }
  }
  if (/^[0-9a-fA-F]+$/.test(received)) return judgeHex(received, hashType, expected, saw)
  if (PREFIXED.test(received) || SPACED.test(received) || HOLDS_DIGEST.test(received))
    return { cause: 'hash-decorated', saw: saw(`${length} characters, and not only digits`) }
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(received) && BASE64_LENGTHS.includes(length))
    return { cause: 'hash-base64', saw: saw(`${length} characters as Base64 has them`) }
  return { cause: 'hash-unexplained', saw: saw(`${length} characters, and no hex digest among them`) }
}

function judgeHex(
  received: string,
  hashType: HashType | undefined,
  expected: number | undefined,
  saw: (what: string) => string,
): { cause: CauseId; saw: string } {
  const { length } = received
  if (length === expected) return { cause: 'hash-unexplained', saw: saw(`${length} hex characters, as it should be`) }
  const other = Object.keys(HASH_TYPES).find((name) => isHashType(name) && LENGTHS[name] === length)
  if (length === LENGTHS.MD5 && hashType !== undefined) {
    return {
      cause: 'hash-wrong-algorithm',
      saw: saw(`${length} hex characters, as MD5 gives, or as app token values have`),
    }
  }
  if (other !== undefined && hashType !== undefined)
    return { cause: 'hash-wrong-algorithm', saw: saw(`${length} hex characters, as ${other} gives`) }
  if (expected !== undefined && length < expected && expected - length <= 16) {
    return { cause: 'hash-zeros-dropped', saw: saw(`${length} hex characters`) }
  }
  return { cause: 'hash-unexplained', saw: saw(`${length} hex characters`) }
}

function isHashType(name: string): name is HashType {
  return Object.hasOwn(HASH_TYPES, name)
}
