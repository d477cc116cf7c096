/** Digests that an app token may ask for, by their usual lower-case names. */
export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha512'

/** AES-128-CBC with an all-zero IV and no padding, holding one key and its schedule. */
export interface BlockCipher {
  /** @param plain a multiple of 16 bytes */
  encrypt(plain: Uint8Array): Uint8Array
  /** @param sealed a multiple of 16 bytes */
  decrypt(sealed: Uint8Array): Uint8Array
}

/**
 * All that core asks of a platform. `@latchkey/core/node` implements it with `node:crypto`, `@latchkey/core/noble` for
 * browsers; both answer every vector alike.
 */
export interface Primitives {
  digest(name: DigestName, bytes: Uint8Array): Uint8Array
  /** Lower-case hex over the UTF-8 bytes of a text, or over bytes. */
  digestHex(name: DigestName, input: string | Uint8Array): string
  hmacHex(name: DigestName, key: Uint8Array, input: Uint8Array): string
  /** @param key 16 bytes */
  aes128Cbc(key: Uint8Array): BlockCipher
  randomBytes(length: number): Uint8Array
  encodeUtf8(text: string): Uint8Array
  /** Malformed sequences become U+FFFD. */
  decodeUtf8(bytes: Uint8Array): string
  /** Standard alphabet, padded. */
  encodeBase64(bytes: Uint8Array): string
  /** Standard alphabet, padding complete; `undefined` for anything else. */
  decodeBase64(text: string): Uint8Array | undefined
  /** URL alphabet, padded: the form in which session strings of version 2 travel. */
  encodeBase64Url(bytes: Uint8Array): string
  /** Either alphabet, also mixed; padding right or missing altogether; `undefined` for anything else. */
  decodeBase64Url(text: string): Uint8Array | undefined
  /** Takes the same time wherever the two differ; false where their lengths do. */
  equalBytes(a: Uint8Array, b: Uint8Array): boolean
}
