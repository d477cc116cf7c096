import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ERROR_CATALOGUE, LatchkeyError } from '@latchkey/core'

describe('errors', () => {
  test('carry code, details, summary, remedy and cause', () => {
    const cause = new Error('disk full')
    const error = new LatchkeyError('STORE_UNAVAILABLE', { store: 'entries' }, { cause })
    assert.equal(error.code, 'STORE_UNAVAILABLE')
    assert.deepEqual(error.details, { store: 'entries' })
    assert.equal(error.summary, ERROR_CATALOGUE.STORE_UNAVAILABLE.summary)
    assert.equal(error.remedy, ERROR_CATALOGUE.STORE_UNAVAILABLE.remedy)
    assert.equal(error.cause, cause)
    assert.equal(error.message, `${error.summary} (store "entries")`)
  })

  test('do not repeat an app token value that somebody gave for an id, nor pages of anything', () => {
    const value = 'c0ffee00c0ffee11c0ffee22c0ffee33'
    assert.ok(!new LatchkeyError('ALREADY_EXISTS', { what: 'partner', id: `x${value}` }).message.includes(value))
    assert.ok(new LatchkeyError('PRIVILEGE_NAME_INVALID', { name: 'é'.repeat(100_000) }).message.length < 400)
  })

  test('summaries start in lower case and end without a full stop; every code has a remedy', () => {
    for (const [code, { summary, remedy }] of Object.entries(ERROR_CATALOGUE)) {
      assert.match(code, /^[A-Z][A-Z0-9_]+$/)
      assert.match(summary, /^[a-z].*[^.]$/, code)
      assert.match(remedy, /^.{10,}[^.]$/, code)
    }
  })
})
