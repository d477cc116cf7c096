import assert from 'node:assert/strict'
import { type ErrorCode, LatchkeyError, Secret } from '@latchkey/core'

/** The whole of a small set in one page. */
export const ALL = { offset: 0, limit: 500 } as const

/**
 * That two values say the same. An absent field and one that is undefined do; two secrets do only with the same text, which
 * `deepEqual` can't see.
 */
export function assertSame(actual: unknown, expected: unknown): void {
  assert.deepEqual(shown(actual), shown(expected))
}

/** For `assert.rejects`: that it is our error, with this code. */
export function isCode(code: ErrorCode): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof LatchkeyError, `not our error: ${String(error)}`)
    assert.equal(error.code, code)
    return true
  }
}

function shown(value: unknown): unknown {
  if (value instanceof Secret) return { secret: value.expose() }
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, shown(field)]),
  )
}
