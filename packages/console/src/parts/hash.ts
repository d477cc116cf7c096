import { type HashType, Secret, tokenHash } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'

export const HASH_CHOICES: readonly { readonly id: HashType; readonly title: HashType }[] = [
  { id: 'SHA256', title: 'SHA256' },
  { id: 'SHA1', title: 'SHA1' },
  { id: 'SHA512', title: 'SHA512' },
  { id: 'MD5', title: 'MD5' },
]

/** @param text of a draft; whatever else stands in it counts as the fallback */
export function hashTypeOf(text: string, fallback: HashType = 'SHA256'): HashType {
  return HASH_CHOICES.find(({ id }) => id === text)?.id ?? fallback
}

/** The hash of a login, as the wire wants it: lower-case hex over session and value. */
export function loginHash(hashType: HashType, session: string, value: string): string {
  return tokenHash(noblePrimitives, hashType, session, new Secret(value))
}
