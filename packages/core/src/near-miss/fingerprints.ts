import type { HashType } from '../app-token.ts'
import type { CauseId } from '../causes/catalogue.ts'
import type { Primitives } from '../primitives.ts'
import { hashOf, rightMaterial } from './material.ts'
import { MUTATIONS } from './mutations.ts'
import { ALGORITHMS, withoutZeros, wrongAlgorithm } from './received.ts'

/** Inputs that anybody may know: made up, and published to be compared with. */
export interface FingerprintVector {
  readonly sessionString: string
  readonly tokenValue: string
  readonly tokenId: string
  readonly hashType: HashType
}

/** "Your tool prints this? Then it …" */
export interface Fingerprint {
  /** `right` for what is wanted. */
  readonly cause: CauseId | 'right'
  readonly did: string
  /** What a tool prints that does so, in whatever form. */
  readonly digest: string
}

/**
 * What each single mistake makes of a test vector, and first of all what is right. Nothing stands twice: of two mistakes
 * that print the same the likelier one is named.
 */
export function fingerprints(primitives: Primitives, vector: FingerprintVector): readonly Fingerprint[] {
  const { hashType, tokenValue, tokenId } = vector
  const right = rightMaterial(vector.sessionString, tokenValue)
  const hex = hashOf(primitives, hashType, right)
  const rows: Fingerprint[] = [
    { cause: 'right', did: 'the digest that is wanted', digest: hex },
    ...written(primitives, hex),
    { cause: 'hash-token-value-sent', did: "the token's value itself, not hashed", digest: tokenValue },
    { cause: 'hash-token-value-sent', did: 'the id of the token, not hashed', digest: tokenId },
    ...ALGORITHMS.filter((other) => other !== hashType).map((other) => ({
      ...wrongAlgorithm(other, hashType),
      digest: hashOf(primitives, other, right),
    })),
    ...MUTATIONS.flatMap((mutation) => {
      const material = mutation.change(right, { primitives, tokenId })
      return material === undefined
        ? []
        : [{ cause: mutation.cause, did: mutation.did, digest: hashOf(primitives, hashType, material) }]
    }),
  ]
  const seen = new Set<string>()
  return rows.filter(({ digest }) => !seen.has(digest) && seen.add(digest))
}

/** The right digest in other clothes. */
function written(primitives: Primitives, hex: string): readonly Fingerprint[] {
  const pairs = hex.match(/../g) ?? []
  const bytes = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
  return [
    { cause: 'hash-upper-case', did: 'the digest in capital letters', digest: hex.toUpperCase() },
    { cause: 'hash-base64', did: 'the digest in Base64', digest: primitives.encodeBase64(bytes) },
    {
      cause: 'hash-base64',
      did: 'the hex of the digest in Base64',
      digest: primitives.encodeBase64(primitives.encodeUtf8(hex)),
    },
    { cause: 'hash-decorated', did: '0x before the digest', digest: `0x${hex}` },
    { cause: 'hash-decorated', did: 'dashes between capitals', digest: pairs.join('-').toUpperCase() },
    { cause: 'hash-decorated', did: 'blanks between the bytes', digest: pairs.join(' ') },
    { cause: 'hash-decorated', did: 'what openssl dgst prints before it', digest: `(stdin)= ${hex}` },
    { cause: 'hash-decorated', did: 'the file name that sha256sum prints behind it', digest: `${hex}  -` },
    {
      cause: 'hash-zeros-dropped',
      did: 'each byte of the digest without its leading zero',
      digest: withoutZeros(hex),
    },
    { cause: 'hash-zeros-dropped', did: 'the digest without the zeros in front', digest: hex.replace(/^0+/, '') },
  ]
}
