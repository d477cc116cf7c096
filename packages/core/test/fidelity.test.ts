import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  CORE_FIDELITY,
  createSigningKey,
  LatchkeyError,
  mergePrivileges,
  openSession,
  Secret,
  sealSession,
  sessionKind,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import fc from 'fast-check'

const KEY = createSigningKey(nodePrimitives, new Secret('0123456789abcdef0123456789abcdef'))
const { mended, vendor } = CORE_FIDELITY

describe('fidelity', () => {
  test('what is granted when names are compared whole is granted when they are searched for as text', () => {
    const part = fc.constantFrom('list', 'xlist', 'edit', '0_ab', '0_abc', '*', '1')
    const privileges = fc.array(fc.tuple(part, part).map((pair) => pair.join(':'))).map((items) => items.join(','))
    fc.assert(
      fc.property(privileges, part, part, (text, name, value) => {
        if (mended.hasPrivilege({ privileges: text }, name, value)) {
          assert.ok(vendor.hasPrivilege({ privileges: text }, name, value))
        }
      }),
    )
  })

  test('a longer name or value passes for a shorter one only where it is searched for as text', () => {
    for (const [privileges, name, value] of [
      ['xlist:*', 'list', 'anything'],
      ['edit:0_abc', 'edit', '0_ab'],
    ] as const) {
      assert.equal(mended.hasPrivilege({ privileges }, name, value), false)
      assert.equal(vendor.hasPrivilege({ privileges }, name, value), true)
    }
    assert.equal(vendor.hasPrivilege({ privileges: 'list:0_a' }, 'list', '0_b'), false)
  })

  test('an ADMIN session, or one of a user, is no widget session in either', () => {
    for (const { isWidgetSession } of [mended, vendor]) {
      assert.equal(sessionKind({ type: 2, privileges: 'widget:1' }, isWidgetSession), 'admin')
      assert.equal(sessionKind({ type: 0, userId: 'ana', privileges: 'widget:1' }, isWidgetSession), 'user')
      assert.equal(sessionKind({ type: 0, userId: '0', privileges: 'widget:1' }, isWidgetSession), 'widget')
    }
  })

  test('a name that reads back as the master partner, and a semicolon, are written in vendor fidelity only', () => {
    const fields = { partnerId: 102, expiresAt: 1_800_000_000, type: 0, userId: 'ana' } as const
    const renamed = { ...fields, privileges: '.m:5' }
    const shifted = { ...fields, userId: 'ana;*', privileges: '' }
    const code = { code: 'PRIVILEGE_NAME_INVALID' }
    assert.throws(() => sealSession(nodePrimitives, renamed, KEY, 2), code)
    assert.throws(() => sealSession(nodePrimitives, shifted, KEY, 1), { code: 'SESSION_FIELD_INVALID' })
    const second = openSession(nodePrimitives, sealSession(nodePrimitives, renamed, KEY, 2, 'vendor').text, [KEY])
    assert.deepEqual([second.masterPartnerId, second.privileges, second.expiresAt], ['5', '', fields.expiresAt])
    const first = openSession(nodePrimitives, sealSession(nodePrimitives, shifted, KEY, 1, 'vendor').text, [KEY])
    assert.deepEqual([first.userId, first.privileges], ['ana', '*'])
  })

  test('whatever the privileges are, what vendor fidelity writes keeps its account, expiry, type and user, or is unreadable', () => {
    fc.assert(
      fc.property(fc.string(), (privileges) => {
        const fields = { partnerId: 102, expiresAt: 1_800_000_000, type: 0, userId: 'ana', privileges } as const
        const { text } = sealSession(nodePrimitives, fields, KEY, 2, 'vendor')
        try {
          const { partnerId, expiresAt, type, userId } = openSession(nodePrimitives, text, [KEY])
          assert.deepEqual({ partnerId, expiresAt, type, userId, privileges }, fields)
        } catch (error) {
          assert.ok(error instanceof LatchkeyError && error.code === 'SESSION_MALFORMED', String(error))
        }
      }),
    )
  })

  test('no request widens the addresses of an app token in either', () => {
    for (const fidelity of ['mended', 'vendor'] as const) {
      const { privileges } = mergePrivileges({
        tokenId: '0_abcd1234',
        addresses: ['192.0.2.7'],
        requested: 'latchkey_addresses:0.0.0.0-0',
        fidelity,
      })
      assert.ok(privileges.includes('latchkey_addresses:192.0.2.7'))
      assert.ok(!privileges.includes('0.0.0.0'))
    }
  })
})
