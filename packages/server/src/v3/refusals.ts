import type { ExchangeReason, HashType } from '@latchkey/core'
import type { ApiError } from '@latchkey/wire'

/** An action's own refusal that is put in the words of the wire already. */
export class WireRefusal extends Error {
  readonly error: ApiError

  constructor(error: ApiError) {
    super(error.code)
    this.error = error
  }
}

/** The exchange said no; its reason goes into the diagnosis. */
export class ExchangeRefused extends Error {
  readonly reason: ExchangeReason
  /** Of the app token, where there is one. */
  readonly hashType: HashType | undefined

  constructor(reason: ExchangeReason, hashType: HashType | undefined) {
    super(reason.code)
    this.reason = reason
    this.hashType = hashType
  }
}
