import { HASH_TYPES, type HashType } from './app-token.ts'
import type { Primitives } from './primitives.ts'
import type { Secret } from './secret.ts'

/**
 * The proof that somebody knows an app token's value: the digest over a session string and that value, as lower-case
 * hex.
 *
 * @param sessionText exactly as it arrives with the call, white space and all
 */
export function tokenHash(
  primitives: Pick<Primitives, 'digestHex'>,
  hashType: HashType,
  sessionText: string,
  tokenValue: Secret,
): string {
  return primitives.digestHex(HASH_TYPES[hashType], sessionText + tokenValue.expose())
}

/** Whether `claimed` is that proof, to the letter: upper case is not. Takes the same time wherever the two differ. */
export function tokenHashMatches(
  primitives: Primitives,
  hashType: HashType,
  sessionText: string,
  tokenValue: Secret,
  claimed: string,
): boolean {
  const expected = tokenHash(primitives, hashType, sessionText, tokenValue)
  return primitives.equalBytes(primitives.encodeUtf8(expected), primitives.encodeUtf8(claimed))
}
