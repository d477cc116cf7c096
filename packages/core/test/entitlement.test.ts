import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { entitlementOf, type Session } from '@latchkey/core'

const ON = ['FEATURE_ENTITLEMENT']
const session = (privileges: string, more: Partial<Session> = {}): Session => ({
  version: 2,
  partnerId: 7,
  expiresAt: 1,
  type: 0,
  userId: 'ann',
  privileges,
  fingerprint: '',
  ...more,
})

describe('entitlement', () => {
  test('keeps nothing from anybody where the account does not have it', () => {
    assert.equal(entitlementOf(session('enableentitlement'), ['FEATURE_OTHER']), undefined)
    assert.equal(entitlementOf(undefined, []), undefined)
  })

  test('is lifted by disableentitlement alone, unless the session switches it on as well', () => {
    assert.equal(entitlementOf(session('list:*,disableentitlement'), ON), undefined)
    assert.notEqual(entitlementOf(session('disableentitlement,enableentitlement'), ON), undefined)
    assert.notEqual(entitlementOf(session('disableentitlement:0_a'), ON), undefined)
  })

  test('holds for ADMIN sessions and for calls without one', () => {
    assert.notEqual(entitlementOf(session('', { type: 2 }), ON), undefined)
    assert.deepEqual(entitlementOf(undefined, ON), { entryIds: [] })
  })

  test('sees by user, by context and by entry', () => {
    assert.deepEqual(entitlementOf(session('privacycontext:site,disableentitlementforentry:0_a/0_b'), ON), {
      userId: 'ann',
      context: 'site',
      entryIds: ['0_a', '0_b'],
    })
  })
})
