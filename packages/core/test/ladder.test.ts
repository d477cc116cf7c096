import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ladderOf, passedBefore } from '@latchkey/core'

const BARE = { hasSession: false, hasOwnershipGate: false }
const FULL = { hasSession: true, hasOwnershipGate: true }

describe('the ladder', () => {
  test('leaves out what had nothing to judge', () => {
    const ladder = ladderOf('media', 'update')
    assert.deepEqual(passedBefore(ladder, 'permission', BARE), ['endpoint', 'rate', 'parameters', 'account'])
    assert.deepEqual(passedBefore(ladder, 'permission', FULL), [
      'endpoint',
      'session-readable',
      'rate',
      'parameters',
      'session-alive',
      'account',
      'ownership',
    ])
  })

  test('of the login ends in the session, and a wrong hash proves all below it', () => {
    const ladder = ladderOf('APPTOKEN', 'startsession')
    assert.equal(ladder.at(-1), 'issued')
    assert.deepEqual(passedBefore(ladder, 'hash', { hasSession: true, hasOwnershipGate: false }), [
      'endpoint',
      'session-readable',
      'rate',
      'parameters',
      'session-alive',
      'account',
      'permission',
      'access-control',
      'token-known',
      'token-active',
    ])
    assert.equal(passedBefore(ladder, 'token-in-date', FULL).at(-1), 'hash')
  })

  test('of a login by secret is short', () => {
    for (const action of ['start', 'impersonate'])
      assert.deepEqual(ladderOf('session', action), ['endpoint', 'parameters', 'account', 'secret', 'issued'])
  })

  test('has every rung once, and none below the first', () => {
    for (const ladder of [ladderOf('appToken', 'startSession'), ladderOf('session', 'start'), ladderOf('a', 'b')]) {
      assert.equal(new Set(ladder).size, ladder.length)
      assert.deepEqual(passedBefore(ladder, 'endpoint', FULL), [])
      for (const [index, rung] of ladder.entries())
        assert.deepEqual(passedBefore(ladder, rung, FULL), ladder.slice(0, index))
    }
  })

  test('keeps what was proven where a call stops beside it', () => {
    const bySecret = ladderOf('session', 'start')
    assert.deepEqual(passedBefore(bySecret, 'session-readable', FULL), ['endpoint'])
    assert.deepEqual(passedBefore(bySecret, 'session-alive', FULL), ['endpoint', 'parameters'])
    assert.deepEqual(passedBefore(bySecret, 'permission', FULL), ['endpoint', 'parameters', 'account'])
    assert.ok(!passedBefore(bySecret, 'action', FULL).includes('secret'))
  })
})
