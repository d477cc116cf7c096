import type { EpochSeconds, Primitives } from '@latchkey/core'

/** How long the code of a link can be used. */
export const LINK_SECONDS = 600
const CODE_BYTES = 16

/**
 * The one-time link that a start of the server prints. Of its code only a digest is kept, in memory: a new start makes the
 * last one's worthless.
 */
export class SignInLink {
  readonly #primitives: Primitives
  readonly #clock: () => EpochSeconds
  #issued: { readonly digest: Uint8Array; readonly until: EpochSeconds } | undefined
  #isUsed = false

  constructor(primitives: Primitives, clock: () => EpochSeconds) {
    this.#primitives = primitives
    this.#clock = clock
  }

  /** A new code, base64url without padding; the one before it is worth nothing from now on. */
  issue(): string {
    const code = this.#primitives.encodeBase64Url(this.#primitives.randomBytes(CODE_BYTES)).replaceAll('=', '')
    this.#issued = { digest: this.#digestOf(code), until: this.#clock() + LINK_SECONDS }
    this.#isUsed = false
    return code
  }

  /** Whether the code is right; if so, it is used up at once, so that of two that come together one is refused. */
  use(code: string): boolean {
    // By digest, so that neither length nor prefix shows in the time taken.
    const digest = this.#digestOf(code)
    const issued = this.#issued
    if (issued === undefined || !this.#primitives.equalBytes(issued.digest, digest)) return false
    if (this.#isUsed || this.#clock() >= issued.until) return false
    this.#isUsed = true
    return true
  }

  /** For the server's own failure to make a session: the person may try the same link again. */
  giveBack(): void {
    this.#isUsed = false
  }

  #digestOf(code: string): Uint8Array {
    return this.#primitives.digest('sha256', this.#primitives.encodeUtf8(code))
  }
}
