import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decideValidity, revocationKeys, type Session, uriIsAllowed, type ValidityContext } from '@latchkey/core'
import { loadVectors, type Vector } from '@latchkey/testkit'
import fc from 'fast-check'
import { uriPatternsCover } from '../src/validity-uri.ts'
import { describeBoth } from './both-primitives.ts'

const session: fc.Arbitrary<Session> = fc.record({
  version: fc.constantFrom(1, 2),
  partnerId: fc.nat(),
  expiresAt: fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, 9_007_199_254_740_991)),
  type: fc.constantFrom(0, 2),
  privileges: fc
    .array(fc.constantFrom('iprestrict:a/b', 'urirestrict:/x/*', 'actionslimit:2', 'actionslimit:no', 'widget:1', '*'))
    .map((items) => items.join(',')),
  fingerprint: fc.constant('00'.repeat(20)),
})
const context: fc.Arbitrary<ValidityContext> = fc.record({
  now: fc.integer(),
  address: fc.constantFrom('a', 'c', undefined),
  uri: fc.constantFrom('/x/1', '/y', undefined),
  isRevoked: fc.boolean(),
  hasCallLeft: fc.constantFrom(true, false, undefined),
})

describe('validity', () => {
  type Input = { readonly session: Session; readonly context: ValidityContext }
  for (const { name, input, expect } of loadVectors<Vector<Input, object>>('validity')) {
    test(name, () => assert.deepEqual(decideValidity(input.session, input.context), expect))
  }

  test('an unknown address or URI passes no restriction', () => {
    const held = { version: 2, partnerId: 7, expiresAt: 9, type: 0, fingerprint: '' } as const
    const known = { now: 1, isRevoked: false }
    assert.equal(decideValidity({ ...held, privileges: 'iprestrict:a' }, known).effect, 'deny')
    assert.equal(decideValidity({ ...held, privileges: 'urirestrict:*' }, known).effect, 'deny')
    assert.equal(decideValidity({ ...held, privileges: '' }, known).effect, 'allow')
  })

  test('an expiry or a clock that is no number has expired', () => {
    const held = { version: 2, partnerId: 7, expiresAt: 9, type: 0, privileges: '', fingerprint: '' } as const
    const byExpiry = decideValidity({ ...held, expiresAt: Number.NaN }, { now: 1, isRevoked: false })
    const byClock = decideValidity(held, { now: Number.NaN, isRevoked: false })
    assert.equal(byExpiry.effect, 'deny')
    assert.equal(byClock.effect, 'deny')
  })

  test('a later clock never revives a session', () => {
    fc.assert(
      fc.property(session, context, fc.nat(), (held, at, later) => {
        if (decideValidity(held, at).effect === 'allow') return
        assert.equal(decideValidity(held, { ...at, now: at.now + later }).effect, 'deny')
      }),
      { numRuns: 2000 },
    )
  })

  test('a session that has expired is told as expired, whatever else is wrong', () => {
    fc.assert(
      fc.property(session, context, (held, at) => {
        const expired = decideValidity({ ...held, expiresAt: at.now }, at)
        assert.deepEqual(expired, { effect: 'deny', reason: { code: 'expired', expiredAt: at.now } })
      }),
    )
  })

  test('no revoked session counts, of whatever kind', () => {
    fc.assert(
      fc.property(session, context, (held, at) => {
        assert.equal(decideValidity(held, { ...at, isRevoked: true }).effect, 'deny')
      }),
    )
  })
})

describe('restriction to URIs', () => {
  for (const { name, input, expect } of loadVectors<Vector<{ value: string; uri: string }, object>>(
    'uri-restriction',
  )) {
    test(name, () => assert.deepEqual({ allowed: uriIsAllowed(input.value.split('/'), input.uri) }, expect))
  }

  test('patterns that are covered allow nothing more', () => {
    const piece = fc
      .string({ unit: fc.constantFrom('/', 'a', 'b', '*', '|'), maxLength: 6 })
      .map((text) => text.split('/'))
    const uri = fc.string({ unit: fc.constantFrom('/', 'a', 'b', '*'), maxLength: 6 })
    let covered = 0
    fc.assert(
      fc.property(piece, piece, uri, (outer, inner, path) => {
        if (!uriPatternsCover(outer, inner) || !uriIsAllowed(inner, path)) return
        covered += 1
        assert.equal(uriIsAllowed(outer, path), true)
      }),
      { numRuns: 5000 },
    )
    assert.ok(covered > 20, `only ${covered} of the runs told anything`)
  })
})

describeBoth('revocation keys', (primitives) => {
  type Input = Pick<Session, 'partnerId' | 'privileges' | 'fingerprint'>
  for (const { name, input, expect } of loadVectors<Vector<Input, object>>('revocation-keys')) {
    test(name, () => assert.deepEqual(revocationKeys(primitives, input), expect))
  }
})
