import type { Statement } from './engine.ts'
import { notStorable } from './failures.ts'

// PostgreSQL cannot hold U+0000, neither engine holds half a surrogate pair, and a number beyond 2^53 would come back
// changed. Each is refused when written, on both engines alike, and found by nothing when asked for.

/** Longest text that names a row, in UTF-16 units; an index row of PostgreSQL holds no more than 2704 bytes. */
export const MAX_KEY_LENGTH = 512

export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed()
}

/** True of what could name a row. Whatever else is asked for isn't there. */
export function isStorableKey(key: string | number): boolean {
  return typeof key === 'number' ? Number.isSafeInteger(key) : key.length <= MAX_KEY_LENGTH && isStorableText(key)
}

/** Why a value cannot be stored, or undefined when it can. Never quotes it. */
export function whyNotStorable(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      if (value.includes('\u0000')) return 'text with U+0000'
      return value.isWellFormed() ? undefined : 'text with half a surrogate pair'
    case 'number':
      return Number.isSafeInteger(value) ? undefined : 'a number that is no integer within 2^53'
    default:
      return value === null ? undefined : `a ${typeof value}`
  }
}

/**
 * The text that a row is to be named or found by; what is absent passes.
 * @throws {LatchkeyError} `VALUE_NOT_STORABLE` when it is too long for that
 */
export function storableKey<Key extends string | null | undefined>(key: Key): Key {
  if (typeof key === 'string' && key.length > MAX_KEY_LENGTH) {
    throw notStorable(`a name of more than ${MAX_KEY_LENGTH} characters`)
  }
  return key
}

/** @throws {LatchkeyError} `VALUE_NOT_STORABLE` when a value of the unit would come back changed or not at all */
export function assertStorable(unit: readonly Statement[]): void {
  for (const { parameters } of unit) {
    for (const value of parameters) {
      const why = whyNotStorable(value)
      if (why !== undefined) throw notStorable(why)
    }
  }
}
