import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  createSigningKey,
  describeSessionText,
  formatSession,
  LatchkeyError,
  openSession,
  Secret,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'

describe('what is shown of a session string', () => {
  test('its edges and its length', () => {
    assert.equal(describeSessionText(`djJ8${'x'.repeat(100)}lqT=`), 'djJ8…lqT= (108 characters)')
  })

  test('only its length where the edges would be most of it', () => {
    assert.equal(describeSessionText('abcdefghijklmno'), '15 characters')
    assert.equal(describeSessionText('x'), '1 character')
  })

  test('nothing that a terminal or a log line could trip over', () => {
    assert.equal(describeSessionText(`\n\u001b[3${'x'.repeat(30)}é\0\r\n`), '??[3…???? (38 characters)')
  })

  test('no error about a session string holds it or the secret', () => {
    const secret = '77aa77aa77aa77aa77aa77aa77aa77aa'
    const key = createSigningKey(nodePrimitives, new Secret(secret))
    const fields = { partnerId: 7, expiresAt: 1, type: 0, userId: 'ada', privileges: '' }
    const text = formatSession(nodePrimitives, fields, key, 2)
    for (const attempt of [
      () => openSession(nodePrimitives, text, []),
      () => openSession(nodePrimitives, `${text}!`, [key]),
    ]) {
      assert.throws(attempt, (error) => {
        assert.ok(error instanceof LatchkeyError)
        const shown = `${error.message} ${JSON.stringify(error)} ${error.stack}`
        assert.ok(!shown.includes(text.slice(8, 40)) && !shown.includes(secret))
        return true
      })
    }
    assert.ok(!JSON.stringify(key).includes(secret) && !`${key}`.includes(secret))
  })
})
