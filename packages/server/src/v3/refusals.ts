import type { ExchangeReason, HashType } from '@latchkey/core'
import { type ApiError, type BoundObject, readOnlyViolation } from '@latchkey/wire'
import type { NearMissSearch } from './near-miss-searches.ts'

/** An action's own refusal that is put in the words of the wire already. */
export class WireRefusal extends Error {
  readonly error: ApiError
  /** What would have been taken. */
  readonly accepted: string | undefined
  /** What came instead, where that is a name of a list. */
  readonly received: string | undefined

  constructor(error: ApiError, accepted?: string, received?: string) {
    super(error.code)
    this.error = error
    this.accepted = accepted
    this.received = received
  }
}

/** The exchange said no; its reason goes into the diagnosis. */
export class ExchangeRefused extends Error {
  readonly reason: ExchangeReason
  /** Of the app token, where there is one. */
  readonly hashType: HashType | undefined
  /** Of the mistake behind a wrong hash. */
  readonly search: (() => NearMissSearch) | undefined

  constructor(reason: ExchangeReason, hashType: HashType | undefined, search?: () => NearMissSearch) {
    super(reason.code)
    this.reason = reason
    this.hashType = hashType
    this.search = search
  }
}

/**
 * Refuses an object in which a client sets what it cannot.
 *
 * @param current what there is, in the words of the wire; a value equal to it is let pass
 */
export function refuseReadOnly(object: BoundObject | undefined, current?: Readonly<Record<string, unknown>>): void {
  const violation = object && readOnlyViolation(object, current)
  if (violation) throw new WireRefusal(violation)
}
