import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type AppToken,
  createSigningKey,
  decideExchange,
  type Exchange,
  type ExchangeRequest,
  type ExchangeWarning,
  explainExchangeWarning,
  formatSession,
  openSession,
  Secret,
  tokenHash,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { loadVectors, type Vector } from '@latchkey/testkit'
import fc from 'fast-check'
import { asJson, describeBoth } from './both-primitives.ts'

interface Input {
  readonly token: (Omit<AppToken, 'value' | 'createdAt' | 'updatedAt'> & { readonly value: string }) | null
  readonly requestedId: string
  readonly tokenHash: string
  readonly session: string
  readonly request: ExchangeRequest
  readonly now: number
  readonly policy?: 'vendor' | 'strict'
}

describeBoth('exchange', (primitives) => {
  for (const { name, input, expect } of loadVectors<Vector<Input, object>>('exchange')) {
    test(name, () => {
      const { token, session, ...rest } = input
      const stored = token ? { ...token, value: new Secret(token.value), createdAt: 0, updatedAt: 0 } : undefined
      assert.deepEqual(asJson(decideExchange(primitives, { ...rest, sessionText: session, token: stored })), expect)
    })
  }
})

describe('exchange, on generated input', () => {
  const anyNumber = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constantFrom(0, -0, Number.NaN, Infinity, 2 ** 53, -(2 ** 63)),
  )
  const orAbsent = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
  const rarely = <T>(values: fc.Arbitrary<T>) =>
    fc.oneof({ arbitrary: fc.constant(undefined), weight: 9 }, { arbitrary: values, weight: 1 })
  const text = fc.string({ unit: 'binary' })
  const token: fc.Arbitrary<AppToken> = fc.record({
    id: fc.constant('0_t0ken01a'),
    partnerId: fc.constant(7),
    value: text.map((value) => new Secret(value)),
    status: fc.constantFrom('active', 'active', 'active', 'active', 'disabled', 'deleted'),
    expiresAt: rarely(anyNumber),
    sessionType: orAbsent(anyNumber),
    sessionUserId: orAbsent(text),
    sessionSeconds: anyNumber,
    sessionPrivileges: orAbsent(text),
    hashType: fc.constantFrom('MD5', 'SHA1', 'SHA256', 'SHA512'),
    createdAt: fc.constant(0),
    updatedAt: fc.constant(0),
  })
  const request: fc.Arbitrary<ExchangeRequest> = fc.record(
    { userId: text, type: anyNumber, expirySeconds: anyNumber, privileges: text },
    { requiredKeys: [] },
  )
  const exchange: fc.Arbitrary<Exchange> = fc
    .record({
      token: orAbsent(token),
      requestedId: text,
      sessionText: text,
      request,
      now: anyNumber,
      wrong: rarely(text),
    })
    .map(({ wrong, ...rest }) => ({
      ...rest,
      tokenHash:
        wrong ?? (rest.token ? tokenHash(nodePrimitives, rest.token.hashType, rest.sessionText, rest.token.value) : ''),
    }))

  test('answers whatever comes, and every grant can be signed and read back', () => {
    const key = createSigningKey(nodePrimitives, new Secret('of the account'))
    let grants = 0
    fc.assert(
      fc.property(exchange, (input) => {
        const decision = decideExchange(nodePrimitives, input)
        if (decision.effect === 'deny') return
        grants += 1
        const { fields } = decision.grant
        assert.ok(Number.isSafeInteger(decision.grant.expiresAt))
        const read = openSession(nodePrimitives, formatSession(nodePrimitives, fields, key, 2), [key])
        assert.equal(read.expiresAt, fields.expiresAt)
        assert.equal(read.type, fields.type)
        assert.equal(read.userId, fields.userId?.toWellFormed())
        assert.ok(read.privileges.startsWith('sessionid:0_t0ken01a'))
      }),
      { numRuns: 1000 },
    )
    assert.ok(grants > 100, `only ${grants} grants`)
  })

  test('no request makes a session live longer than the token alone allows', () => {
    fc.assert(
      fc.property(exchange, (input) => {
        const asked = decideExchange(nodePrimitives, input)
        const alone = decideExchange(nodePrimitives, { ...input, request: {} })
        assert.equal(asked.effect, alone.effect)
        if (asked.effect === 'allow' && alone.effect === 'allow') {
          assert.ok(asked.grant.expiresAt <= alone.grant.expiresAt)
          assert.ok(asked.grant.fields.expiresAt < asked.grant.expiresAt + 300)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('user and type of the token are never those of the request', () => {
    fc.assert(
      fc.property(exchange, (input) => {
        const decision = decideExchange(nodePrimitives, input)
        if (decision.effect === 'deny' || input.token === undefined) return
        const { sessionUserId, sessionType } = input.token
        if (sessionUserId !== undefined) assert.equal(decision.grant.userId, sessionUserId)
        const alone = decideExchange(nodePrimitives, { ...input, request: {} })
        if (sessionType !== undefined && alone.effect === 'allow') assert.equal(decision.grant.type, alone.grant.type)
        else assert.ok(decision.grant.type === 0 || decision.grant.type === 2)
      }),
    )
  })
})

test('every warning has a sentence of its own', () => {
  const warnings: readonly ExchangeWarning[] = [
    { code: 'wildcard-added', privilege: '*' },
    { code: 'values-replaced', privilege: 'urirestrict:*' },
    { code: 'user-fixed-by-token', asked: 'ada', granted: 'svc' },
    { code: 'type-fixed-by-token', asked: 2, granted: 0 },
    { code: 'lifetime-shortened', askedSeconds: 7200, grantedSeconds: 3600 },
    { code: 'expired-on-arrival', lifetimeSeconds: 0 },
  ]
  assert.equal(new Set(warnings.map(explainExchangeWarning)).size, warnings.length)
})

describe('a token that was rotated', () => {
  const now = 1_800_000_000
  const sessionText = 'any session string'
  const [older, newer] = [
    new Secret('0123456789abcdef0123456789abcdef'),
    new Secret('fedcba9876543210fedcba9876543210'),
  ]
  const ask = (proof: Secret, more: Partial<AppToken> = {}, at = now) =>
    decideExchange(nodePrimitives, {
      token: {
        id: '0_r0tated1',
        partnerId: 7,
        value: newer,
        status: 'active',
        sessionSeconds: 60,
        hashType: 'SHA256',
        previous: { value: older, until: now + 10 },
        createdAt: 0,
        updatedAt: 0,
        ...more,
      },
      requestedId: '0_r0tated1',
      tokenHash: tokenHash(nodePrimitives, 'SHA256', sessionText, proof),
      sessionText,
      request: {},
      now: at,
      address: '10.1.2.3',
      isInRange: (address, range) => address.startsWith(range),
    })

  test('takes the old value until its time is over, and says that it is the old one', () => {
    const early = ask(older)
    assert.ok(early.effect === 'allow')
    assert.equal(early.grant.provedBy, 'previous')
    assert.deepEqual(early.grant.warnings, [{ code: 'token-value-old', until: now + 10 }])
    const late = ask(older, {}, now + 10)
    assert.equal(late.effect === 'deny' && late.reason.code, 'hash-mismatch')
  })

  test('takes the old value without end where none was set, and never once it is gone', () => {
    assert.equal(ask(older, { previous: { value: older } }, now + 1e9).effect, 'allow')
    assert.equal(ask(older, { previous: undefined }).effect, 'deny')
  })

  test('takes the new value at once', () => {
    const answer = ask(newer)
    assert.ok(answer.effect === 'allow')
    assert.equal(answer.grant.provedBy, undefined)
    assert.deepEqual(answer.grant.warnings, [])
  })

  test('tells only who knows a value that the address is not among its own, and binds its sessions to them', () => {
    const elsewhere = ask(newer, { addresses: ['192.168.'] })
    assert.equal(elsewhere.effect === 'deny' && elsewhere.reason.code, 'address-not-allowed')
    const unknown = ask(new Secret('?'), { addresses: ['192.168.'] })
    assert.equal(unknown.effect === 'deny' && unknown.reason.code, 'hash-mismatch')
    const allowed = ask(newer, { addresses: ['10.1.0.0/16', '10.'], sessionPrivileges: 'latchkey_addresses:0.0.0.0-0' })
    assert.ok(allowed.effect === 'allow')
    assert.match(allowed.grant.privileges, /,latchkey_addresses:10\.1\.0\.0-16\/10\.$/)
    assert.deepEqual(allowed.grant.dropped, [{ privilege: 'latchkey_addresses:0.0.0.0-0', reason: 'reserved' }])
  })
})
