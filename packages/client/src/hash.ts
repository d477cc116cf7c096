import { Secret, tokenHash } from '@latchkey/core'
import { hexBy, SHORT_DIGESTS } from '@latchkey/core/noble/digests'

/** The algorithm of an app token, as its `hashType` has it. */
export type HashType = 'SHA256' | 'SHA1' | 'SHA512' | 'MD5'

/**
 * In which order they are tried where nobody said which it is: what guides and presets make tokens with, then what a
 * token has that was made without saying, then the rest.
 */
export const HASH_TYPES: readonly HashType[] = ['SHA256', 'SHA1', 'SHA512', 'MD5']

const SHORT = { SHA256: 'sha256', SHA1: 'sha1', MD5: 'md5' } as const

/** The proof that somebody knows the value of an app token. The value itself is never sent. */
export async function hashOf(hashType: HashType, ks: string, tokenValue: string): Promise<string> {
  const digest = hashType === 'SHA512' ? (await import('./sha512.ts')).sha512 : SHORT_DIGESTS[SHORT[hashType]]
  return tokenHash({ digestHex: hexBy(digest) }, hashType, ks, new Secret(tokenValue))
}
