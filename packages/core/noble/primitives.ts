/** What core asks of a platform, without a platform: for browsers, also where Web Crypto is missing. */
import { cbc } from '@noble/ciphers/aes.js'
import { hmac } from '@noble/hashes/hmac.js'
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js'
import type { Primitives } from '../src/primitives.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { hexBy, SHORT_DIGESTS } from './digests.ts'
import { sha512 } from './sha512.ts'

const DIGESTS = { ...SHORT_DIGESTS, sha512 }
const ZERO_BLOCK = new Uint8Array(16)
const encoder = new TextEncoder()
// A byte order mark is part of a text like any other character.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** `Primitives` by `@noble/hashes` and `@noble/ciphers`. */
export const noblePrimitives: Primitives = {
  digest: (name, bytes) => DIGESTS[name](bytes),
  digestHex: (name, input) => hexBy(DIGESTS[name])(name, input),
  hmacHex: (name, key, input) => bytesToHex(hmac(DIGESTS[name], key, input)),
  aes128Cbc(key) {
    if (key.length !== 16) throw new RangeError(`an AES-128 key has 16 bytes, not ${key.length}`)
    const kept = Uint8Array.from(key)
    // A cipher of this library serves one message in each direction only.
    const fresh = () => cbc(kept, ZERO_BLOCK, { disablePadding: true })
    return { encrypt: (plain) => fresh().encrypt(plain), decrypt: (sealed) => fresh().decrypt(sealed) }
  },
  randomBytes: (length) => randomBytes(length),
  encodeUtf8: (text) => encoder.encode(text),
  decodeUtf8: (bytes) => decoder.decode(bytes),
  encodeBase64: (bytes) => encodeBase64(bytes, 'standard'),
  decodeBase64: (text) => (text.length % 4 === 0 && !/[-_]/.test(text) ? decodeBase64(text) : undefined),
  encodeBase64Url: (bytes) => encodeBase64(bytes, 'url'),
  decodeBase64Url: decodeBase64,
  equalBytes(a, b) {
    if (a.length !== b.length) return false
    let difference = 0
    for (let index = 0; index < a.length; index += 1) difference |= (a[index] ?? 0) ^ (b[index] ?? 0)
    return difference === 0
  },
}
