import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import { forgetSecrets, mask, noteSecret, redact } from '../src/connection/secrets.ts'

const VALUE = '0123456789abcdef0123456789abcdef'
const SESSION = 'djJ8NDI0Mnx+/eXo9PQ=='

afterEach(forgetSecrets)

describe('a masked secret', () => {
  test('shows its edges only', () => assert.equal(mask(VALUE), '0123••••••••cdef'))
  test('shows nothing where its edges would be most of it', () => assert.equal(mask('short'), '•••••'))
  test('of nothing is nothing', () => assert.equal(mask(''), ''))
})

describe('a redacted text', () => {
  test('holds no secret that passed through the page, wherever it stands', () => {
    noteSecret(VALUE)
    noteSecret(SESSION)
    const text = `{"token":"${VALUE}","again":"${VALUE}","ks":"${SESSION}"} ?ks=${encodeURIComponent(SESSION)}`
    const redacted = redact(text)
    for (const secret of [VALUE, SESSION, encodeURIComponent(SESSION)]) assert.ok(!redacted.includes(secret), redacted)
    assert.equal(redacted.match(/0123•+cdef/g)?.length, 2)
  })

  test('is not left with half of a longer secret that holds a shorter one', () => {
    noteSecret(VALUE)
    noteSecret(`${VALUE}-and-more-of-it`)
    assert.ok(!redact(`${VALUE}-and-more-of-it`).includes('-and-more-of'))
  })

  test('keeps ordinary words, which a short secret could be', () => {
    noteSecret('list')
    noteSecret('')
    noteSecret(undefined)
    assert.equal(redact('media.list'), 'media.list')
  })
})
