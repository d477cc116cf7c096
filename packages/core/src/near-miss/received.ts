import type { HashType } from '../app-token.ts'
import type { CauseId } from '../causes/catalogue.ts'
import type { Primitives } from '../primitives.ts'

/** A digest that what was received may stand for, and what was done to it on the way out. */
export interface Candidate {
  /** Lower-case hex. */
  readonly hex: string
  readonly algorithm: HashType
  readonly mistakes: readonly { readonly cause: CauseId; readonly did: string }[]
}

const ALGORITHM_BY_LENGTH: Readonly<Record<number, HashType>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256', 128: 'SHA512' }
const LENGTHS = [128, 64, 40, 32] as const
const DECORATION = { cause: 'hash-decorated' } as const

/** Everything that what was received can be read as, the plainest reading first. */
export function candidatesFor(primitives: Primitives, received: string, hashType: HashType): readonly Candidate[] {
  const found: Candidate[] = []
  const add = (hex: string, mistakes: Candidate['mistakes']) => {
    const algorithm = ALGORITHM_BY_LENGTH[hex.length]
    if (algorithm === undefined || found.some((other) => other.hex === hex.toLowerCase())) return
    const isUpper = /[A-F]/.test(hex)
    const upper = { cause: 'hash-upper-case', did: 'the digest in capital letters' } as const
    const wrong = { cause: 'hash-wrong-algorithm', did: `${algorithm} where the token has ${hashType}` } as const
    found.push({
      hex: hex.toLowerCase(),
      algorithm,
      mistakes: [...mistakes, ...(isUpper ? [upper] : []), ...(algorithm === hashType ? [] : [wrong])],
    })
  }
  if (isHex(received)) add(received, [])
  const bare = undecorated(received)
  if (bare !== undefined) add(bare, [{ ...DECORATION, did: 'the digest with something around it' }])
  for (const text of new Set([received, received.trim().replaceAll(/^["']|["']$/g, '')])) {
    const bytes = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? primitives.decodeBase64Url(text) : undefined
    if (bytes === undefined) continue
    const base64 = { cause: 'hash-base64', did: 'the digest in Base64' } as const
    add(hexOf(bytes), [base64])
    const inner = primitives.decodeUtf8(bytes)
    if (isHex(inner)) add(inner, [{ ...base64, did: 'the hex of the digest in Base64' }])
  }
  return found
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
  const joined = digits.replaceAll(/[\s:-]/g, '')
  if (isHex(joined) && ALGORITHM_BY_LENGTH[joined.length] !== undefined) return joined
  for (const length of LENGTHS) {
    const alone = new RegExp(`(?<![0-9a-f])[0-9a-f]{${length}}(?![0-9a-f])`, 'i').exec(plain)
    if (alone !== null) return alone[0]
  }
  return undefined
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The digest as hand-written hex gives it: each byte without its leading zero. */
export function withoutZeros(hex: string): string {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16).toString(16)).join('')
}
