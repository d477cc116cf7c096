import type { BlockCipher, Primitives } from './primitives.ts'
import type { Secret } from './secret.ts'

const AES_KEY_LENGTH = 16
const SCRATCH_LENGTH = 512

/**
 * An admin secret made ready to sign and open sessions: its bytes, and the AES key of version 2 with its schedule.
 * Worth keeping; making one costs more than using it. Never prints.
 */
export class SigningKey {
  readonly #secret: Uint8Array
  readonly #cipher: BlockCipher
  readonly #scratch = new Uint8Array(SCRATCH_LENGTH)

  constructor(primitives: Primitives, secret: Secret) {
    this.#secret = primitives.encodeUtf8(secret.expose())
    this.#cipher = primitives.aes128Cbc(primitives.digest('sha1', this.#secret).subarray(0, AES_KEY_LENGTH))
  }

  /** The secret's bytes, which version 1 signs with. */
  exposeSecret(): Uint8Array {
    return this.#secret
  }

  exposeCipher(): BlockCipher {
    return this.#cipher
  }

  /**
   * Room to put a message together in, for the time of one synchronous call: holds what was there before. A new array
   * of this size costs as much as signing.
   */
  borrowScratch(length: number): Uint8Array {
    return length <= SCRATCH_LENGTH ? this.#scratch.subarray(0, length) : new Uint8Array(length)
  }

  toJSON(): string {
    return '[signing key]'
  }

  toString(): string {
    return '[signing key]'
  }
}

/** Makes an admin secret ready to sign and to open; keep the result beside the secret. */
export function createSigningKey(primitives: Primitives, secret: Secret): SigningKey {
  return new SigningKey(primitives, secret)
}
