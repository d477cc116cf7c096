import type { Primitives } from '@latchkey/core'

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'
/** The largest multiple of 36 that a byte can hold; bytes from there up would make the first letters likelier. */
const FAIR = 252

/** `0_` and eight of `[0-9a-z]`: the public name of an app token or an entry. */
export function newObjectId(primitives: Primitives): string {
  let id = '0_'
  while (id.length < 10) {
    for (const byte of primitives.randomBytes(16)) {
      if (byte < FAIR && id.length < 10) id += ALPHABET[byte % 36]
    }
  }
  return id
}

/** 32 lower-case hex characters from 16 random bytes: an app token's value, a partner's secret. */
export function newSecretText(primitives: Primitives): string {
  let hex = ''
  for (const byte of primitives.randomBytes(16)) hex += byte.toString(16).padStart(2, '0')
  return hex
}
