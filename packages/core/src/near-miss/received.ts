import type { HashType } from '../app-token.ts'
import type { CauseId } from '../causes/catalogue.ts'
import type { Primitives } from '../primitives.ts'

/** A digest that what was received may stand for, and what was done to it on the way out. */
export interface Reading {
  readonly algorithm: HashType
  /** `likely` where digits are missing, and what is left fits. */
  readonly confidence: 'certain' | 'likely'
  readonly mistakes: readonly { readonly cause: CauseId; readonly did: string }[]
  /** Takes the same time wherever the two differ: of what was received, a stranger chooses every character. */
  matches(digest: string): boolean
}

export const DIGEST_LENGTHS: Readonly<Record<HashType, number>> = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 }
export const ALGORITHMS: readonly HashType[] = ['SHA512', 'SHA256', 'SHA1', 'MD5']
const ALONE: Readonly<Record<HashType, RegExp>> = {
  MD5: /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/i,
  SHA1: /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/i,
  SHA256: /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i,
  SHA512: /(?<![0-9a-f])[0-9a-f]{128}(?![0-9a-f])/i,
}
/** Leading zeros that a digest may lose as a number, and as bytes: more than one in a million does. */
const MOST_ZEROS = 5
const MOST_BYTE_ZEROS = 18
/** Longer than any digest with anything that people put around it. */
const LONGEST = 1_024

/** Everything that what was received can be read as, the plainest reading first. */
export function readingsOf(
  primitives: Primitives,
  received: string,
  hashType: HashType,
  formerHashType?: HashType | undefined,
): readonly Reading[] {
  if (received.length > LONGEST) return []
  const found: Reading[] = []
  const seen = new Set<string>()
  const add = (hex: string, before: Reading['mistakes']) => {
    const lower = hex.toLowerCase()
    if (seen.has(lower)) return
    seen.add(lower)
    const mistakes = /[A-F]/.test(hex)
      ? [...before, { cause: 'hash-upper-case', did: 'the digest in capital letters' } as const]
      : before
    found.push(...whole(lower, mistakes, hashType, formerHashType), ...shortened(lower, mistakes, hashType))
  }
  if (isHex(received)) add(received, [])
  // Plain hex of a known length is read in no other way.
  if (isHex(received) && algorithmOf(received) !== undefined) return found
  const bare = undecorated(received)
  if (bare !== undefined) {
    add(bare, [{ cause: 'hash-decorated', did: 'the digest with something around it or between its digits' }])
  }
  const base64 = received.replaceAll(/^["']|["']$|\s|^sha-?\d+[:-]/gi, '')
  const bytes = /^[A-Za-z0-9+/_-]+={0,2}$/.test(base64) ? primitives.decodeBase64Url(base64) : undefined
  if (bytes !== undefined) {
    const mistake = { cause: 'hash-base64', did: 'the digest in Base64' } as const
    const hex = hexOf(bytes)
    if (algorithmOf(hex) !== undefined) add(hex, [mistake])
    const inner = primitives.decodeUtf8(bytes).trim()
    if (isHex(inner) && algorithmOf(inner) !== undefined) {
      add(inner, [{ ...mistake, did: 'the hex of the digest in Base64' }])
    }
  }
  return found
}

function whole(
  hex: string,
  mistakes: Reading['mistakes'],
  hashType: HashType,
  formerHashType: HashType | undefined,
): readonly Reading[] {
  const algorithm = algorithmOf(hex)
  if (algorithm === undefined) return []
  return [
    {
      algorithm,
      confidence: 'certain',
      mistakes: algorithm === hashType ? mistakes : [...mistakes, wrongAlgorithm(algorithm, hashType, formerHashType)],
      matches: (digest) => sameText(digest, hex),
    },
  ]
}

/** Hex that has lost zeros: those in front, as numbers do, or that of each byte, as hand-written hex does. */
function shortened(hex: string, mistakes: Reading['mistakes'], hashType: HashType): readonly Reading[] {
  const lost = DIGEST_LENGTHS[hashType] - hex.length
  if (lost <= 0 || lost > MOST_BYTE_ZEROS) return []
  const cause = 'hash-zeros-dropped' as const
  const byBytes: Reading = {
    algorithm: hashType,
    confidence: 'likely',
    mistakes: [{ cause, did: 'each byte of the digest without its leading zero' }, ...mistakes],
    matches: (digest) => sameText(withoutZeros(digest), hex),
  }
  if (lost > MOST_ZEROS) return [byBytes]
  const padded = hex.padStart(DIGEST_LENGTHS[hashType], '0')
  const byNumber: Reading = {
    algorithm: hashType,
    confidence: 'likely',
    mistakes: [{ cause, did: 'the digest without the zeros in front' }, ...mistakes],
    matches: (digest) => sameText(digest, padded),
  }
  return [byNumber, byBytes]
}

export function wrongAlgorithm(algorithm: HashType, hashType: HashType, formerHashType?: HashType | undefined) {
  const did = `${algorithm}, where the token has ${hashType}`
  return algorithm === formerHashType
    ? ({ cause: 'hash-type-unchanged', did: `${did} since it was changed` } as const)
    : ({ cause: 'hash-wrong-algorithm', did } as const)
}

function algorithmOf(hex: string): HashType | undefined {
  return ALGORITHMS.find((algorithm) => DIGEST_LENGTHS[algorithm] === hex.length)
}

function isHex(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text)
}

/** Without what stands around a digest: prefixes, marks between the digits, a name behind them. */
function undecorated(received: string): string | undefined {
  const plain = received.trim()
  const digits = plain
    .replace(/^(?:0x|\\x|x')/i, '')
    .replace(/^(?:\(stdin\)=\s*|(?:sha-?\d+|md5)\s*(?:\([^)]*\))?\s*[:=]\s*)/i, '')
    .replaceAll(/["'<>[\]]/g, '')
    // As bytes are listed in programs.
    .replaceAll(/\b0x(?=[0-9a-f]{2}\b)/gi, '')
  const joined = digits.replaceAll(/[\s:,-]/g, '')
  if (isHex(joined) && algorithmOf(joined) !== undefined) return joined
  for (const algorithm of ALGORITHMS) {
    const alone = ALONE[algorithm].exec(plain)
    if (alone !== null) return alone[0]
  }
  return undefined
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The digest as hand-written hex gives it: each byte without its leading zero. */
export function withoutZeros(hex: string): string {
  return hex.replaceAll(/../g, (pair) => (pair.startsWith('0') ? pair.slice(1) : pair))
}

/** Of two texts whose lengths anybody may know; reads both to the end. */
export function sameText(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}
