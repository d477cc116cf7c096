import { LatchkeyError } from '@latchkey/core'

/**
 * @param store what did not answer, without credentials
 * @param cause what the driver said
 */
export function unavailable(store: string, cause?: unknown): LatchkeyError {
  return new LatchkeyError('STORE_UNAVAILABLE', { store }, { cause })
}

/** @param what the kind of value, never the value itself */
export function notStorable(what: string): LatchkeyError {
  return new LatchkeyError('VALUE_NOT_STORABLE', { what })
}
