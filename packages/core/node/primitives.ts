/**
 * What core asks of a platform, by `node:crypto`, and the sealing that the store needs: the only file that imports it.
 * Digests are one-shot, a key keeps its schedule, and random bytes are drawn in blocks; each was measured to matter on
 * inputs the size of a session string.
 */
import {
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type Decipheriv,
  hash,
  type KeyObject,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto'
import type { BlockCipher, Primitives } from '../src/primitives.ts'

/** `Primitives` for servers, the command line and tests. */
export const nodePrimitives: Primitives = {
  digest: (name, bytes) => Buffer.from(hash(name, bytes, 'binary'), 'binary'),
  digestHex: (name, input) => hash(name, input, 'hex'),
  hmacHex: (name, key, input) => createHmac(name, key).update(input).digest('hex'),
  aes128Cbc: (key) => new ChainedCipher(key),
  randomBytes,
  encodeUtf8: (text) => Buffer.from(text, 'utf8'),
  decodeUtf8: (bytes) => asBuffer(bytes).toString('utf8'),
  encodeBase64: (bytes) => asBuffer(bytes).toString('base64'),
  decodeBase64: (text) => (text.length % 4 === 0 && !/[-_]/.test(text) ? decodeBase64Url(text) : undefined),
  encodeBase64Url(bytes) {
    const text = asBuffer(bytes).toString('base64url')
    const over = text.length % 4
    return over === 0 ? text : over === 2 ? `${text}==` : `${text}=`
  },
  decodeBase64Url,
  equalBytes: (a, b) => a.length === b.length && timingSafeEqual(a, b),
}

const NONCE_LENGTH = 12
const TAG_LENGTH = 16

/**
 * AES-256-GCM under a fresh random nonce.
 *
 * @param key 32 bytes
 * @param bound what the result is bound to, such as its table, row and column; it opens with the same only
 * @returns nonce (12 bytes), ciphertext, tag (16 bytes)
 */
export function sealGcm(key: Uint8Array, plain: Uint8Array, bound: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_LENGTH)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH })
  cipher.setAAD(bound)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Undoes `sealGcm`. `undefined` when the key, the binding or a single bit differs. */
export function openGcm(key: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Uint8Array | undefined {
  if (sealed.length < NONCE_LENGTH + TAG_LENGTH) return undefined
  const tagAt = sealed.length - TAG_LENGTH
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH })
  decipher.setAAD(bound)
  decipher.setAuthTag(sealed.subarray(tagAt))
  const plain = decipher.update(sealed.subarray(NONCE_LENGTH, tagAt))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch {
    return undefined
  }
}

const BLOCK = 16
const ZERO_BLOCK = new Uint8Array(BLOCK)

/**
 * Setting up a cipher costs three times what it takes to run it over a session, so one is kept for each direction and
 * never finished. It goes on from the last block it saw, where each message should start from zeros; in CBC that
 * differs in the first block alone, by the XOR of that last block, which is taken out again.
 */
class ChainedCipher implements BlockCipher {
  readonly #key: KeyObject
  #cipher: Cipheriv | undefined
  #decipher: Decipheriv | undefined
  readonly #sealedBefore = new Uint8Array(BLOCK)
  readonly #openedBefore = new Uint8Array(BLOCK)

  constructor(key: Uint8Array) {
    if (key.length !== BLOCK) throw new RangeError(`an AES-128 key has 16 bytes, not ${key.length}`)
    this.#key = createSecretKey(key)
  }

  encrypt(plain: Uint8Array): Uint8Array {
    checkWholeBlocks(plain)
    if (plain.length === 0) return plain
    this.#cipher ??= createCipheriv('aes-128-cbc', this.#key, ZERO_BLOCK).setAutoPadding(false)
    const adjusted = Buffer.from(plain)
    xorFirstBlock(adjusted, this.#sealedBefore)
    const sealed = this.#cipher.update(adjusted)
    copyLastBlock(sealed, this.#sealedBefore)
    return sealed
  }

  decrypt(sealed: Uint8Array): Uint8Array {
    checkWholeBlocks(sealed)
    if (sealed.length === 0) return sealed
    this.#decipher ??= createDecipheriv('aes-128-cbc', this.#key, ZERO_BLOCK).setAutoPadding(false)
    const plain = this.#decipher.update(sealed)
    xorFirstBlock(plain, this.#openedBefore)
    copyLastBlock(sealed, this.#openedBefore)
    return plain
  }
}

// Part of a block would stay inside the cipher and spoil every message after this one.
function checkWholeBlocks(bytes: Uint8Array): void {
  if (bytes.length % BLOCK !== 0) throw new RangeError(`${bytes.length} bytes are not whole blocks of ${BLOCK}`)
}

function xorFirstBlock(bytes: Uint8Array, mask: Uint8Array): void {
  for (let index = 0; index < BLOCK; index += 1) bytes[index] = (bytes[index] ?? 0) ^ (mask[index] ?? 0)
}

function copyLastBlock(from: Uint8Array, to: Uint8Array): void {
  const start = from.length - BLOCK
  for (let index = 0; index < BLOCK; index += 1) to[index] = from[start + index] ?? 0
}

const POOL_LENGTH = 4096
const pool = new Uint8Array(POOL_LENGTH)
let drawn = POOL_LENGTH

function randomBytes(length: number): Uint8Array {
  if (length > POOL_LENGTH / 4) return randomFillSync(new Uint8Array(length))
  if (drawn + length > POOL_LENGTH) {
    randomFillSync(pool)
    drawn = 0
  }
  // A copy, wiped where it came from: what was handed out is neither handed out again nor left behind.
  const bytes = Buffer.from(pool.subarray(drawn, drawn + length))
  pool.fill(0, drawn, drawn + length)
  drawn += length
  return bytes
}

function decodeBase64Url(text: string): Uint8Array | undefined {
  let length = text.length
  while (length > 0 && text.charCodeAt(length - 1) === 0x3d) length -= 1
  const padding = text.length - length
  if (length % 4 === 1 || (padding > 0 && (padding > 2 || text.length % 4 !== 0))) return undefined
  const bytes = Buffer.from(text, 'base64url')
  // The decoder skips what it does not know, and takes a character beyond Latin-1 by its low byte. Skipping shows in
  // the length: one character less always gives a byte less.
  return bytes.length === Math.floor((length * 3) / 4) && Buffer.byteLength(text) === text.length ? bytes : undefined
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
