import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ActionScope, actionScopeValues, createSigningKey, formatSession, presetActions, Secret } from '@latchkey/core'
import { nodePrimitives as primitives } from '@latchkey/core/node'
import { inspectSession } from '../../src/offline/inspect-session.ts'

const NOW = 1_700_000_000
const SECRET = new Secret('5f1d0c9be27a4c66a3d8b0417e92f3ad')
const KEY = createSigningKey(primitives, SECRET)
const FIELDS = { partnerId: 102, expiresAt: NOW + 60, type: 2, userId: 'jane', privileges: 'setrole:77,list:*' }
const V1 = formatSession(primitives, FIELDS, KEY, 1)
const V2 = formatSession(primitives, FIELDS, KEY, 2)

describe('inspect', () => {
  test('shows version 1 in clear, without taking it for proven', () => {
    const seen = inspectSession(primitives, V1, { now: NOW })
    assert.deepEqual(
      {
        version: seen.version,
        partnerId: seen.partnerId,
        kind: seen.kind,
        userId: seen.userId,
        expiresAt: seen.expiresAt,
        signature: seen.signature,
      },
      { version: 1, partnerId: 102, kind: 'admin', userId: 'jane', expiresAt: NOW + 60, signature: 'unproven' },
    )
    assert.deepEqual(
      seen.privileges?.map(({ text }) => text),
      ['setrole:77', 'list:*'],
    )
    assert.deepEqual(seen.findings, [])
  })

  test('shows of version 2 what is not encrypted', () => {
    const seen = inspectSession(primitives, V2)
    assert.equal(seen.partnerId, 102)
    assert.equal(seen.isWhole, true)
    assert.equal(seen.privileges, undefined)
    assert.equal(seen.blocks, 6)
  })

  test('names the actions that a session is limited to, also where they are packed', () => {
    const scope = new ActionScope(presetActions('get-and-list') ?? [])
    assert.ok(scope.actions.length > 12, 'so many are packed')
    const limited = (privileges: string) => {
      const text = formatSession(primitives, { ...FIELDS, privileges }, KEY, 1)
      return inspectSession(primitives, text, { now: NOW }).privileges?.[0]
    }
    const packed = limited(`latchkey_actions:${actionScopeValues(scope).join('/')}`)
    assert.deepEqual(packed?.actions, scope.names())
    assert.equal(packed?.meaning, `only these ${scope.actions.length} actions: ${scope.names().join(', ')}`)
    assert.deepEqual(limited('latchkey_actions:media.list/media.get')?.actions, ['media.get', 'media.list'])
    assert.equal(limited('latchkey_actions:media.list')?.meaning, 'only this action: media.list')
    assert.equal(limited('latchkey_actions:????')?.meaning, 'no action at all')
    assert.match(limited('latchkey_addresses:10.0.0.0-24')?.meaning ?? '', /only from these addresses: 10\.0\.0\.0\/24/)
    assert.match(limited('latchkey_parents:abc')?.meaning ?? '', /narrowed/)
  })

  test('opens version 2 with one of several secrets', () => {
    const seen = inspectSession(primitives, V2, { secrets: [new Secret('another'), SECRET], now: NOW })
    assert.equal(seen.signature, 'proven')
    assert.equal(seen.userId, 'jane')
  })

  test('says that a secret did not sign it', () => {
    for (const text of [V1, V2]) {
      const seen = inspectSession(primitives, text, { secrets: [new Secret('another')] })
      assert.equal(seen.signature, 'not-this-secret')
      assert.equal(seen.findings[0]?.cause, 'wrong-endpoint')
    }
  })

  test('tells that it has ended', () => {
    assert.equal(inspectSession(primitives, V1, { now: NOW + 60 }).findings[0]?.cause, 'session-expired')
    assert.equal(
      inspectSession(primitives, V2, { secrets: [SECRET], now: NOW + 60 }).findings[0]?.cause,
      'session-expired',
    )
  })

  const DAMAGE: readonly (readonly [string, string])[] = [
    [V2.slice(0, 60), 'session-truncated'],
    [V2.slice(0, 61), 'session-truncated'],
    [V1.slice(0, 30), 'session-truncated'],
    [`"${V2}"`, 'session-quoted'],
    [` ${V2}`, 'hash-whitespace-in-session'],
    [V2.replace(/=+$/, '%3D'), 'session-url-mangled'],
    [`{"ks":"${V2}"}`, 'session-is-whole-response'],
    [`\ufeff${V2}`, 'hash-bom'],
    ['{{ks}}', 'hash-placeholder'],
    ['c0ffee00c0ffee11c0ffee22c0ffee33', 'session-not-sent'],
  ]
  for (const [text, cause] of DAMAGE) {
    test(`tells ${cause} of ${JSON.stringify(text.slice(0, 12))}`, () => {
      assert.equal(inspectSession(primitives, text).findings[0]?.cause, cause)
    })
  }

  test('reads on where only the edges are wrong', () => {
    assert.equal(inspectSession(primitives, `"${V2}"`).partnerId, 102)
    assert.equal(inspectSession(primitives, `\n${V1} `).userId, 'jane')
  })

  test('does not repeat the session string', () => {
    for (const text of [V1, V2, V2.slice(0, 61)]) {
      assert.ok(!JSON.stringify(inspectSession(primitives, text)).includes(text.slice(8, 24)))
    }
  })
})
