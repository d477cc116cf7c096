import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  formatPrivileges,
  hasPrivilege,
  hasPrivilegeFlag,
  isPrivilegeName,
  isReservedPrivilege,
  isWidgetSession,
  type Privilege,
  parseAppTokenPrivileges,
  parsePrivileges,
  privilegeValues,
  RESERVED_PRIVILEGES,
  readRolePrivilege,
  sessionKind,
} from '@latchkey/core'
import { loadVectors, type Vector } from '@latchkey/testkit'
import fc from 'fast-check'

type Parse = { readonly session: string } | { readonly appToken: string }
type Has = { readonly privileges: string; readonly has: string; readonly value?: string }

describe('parsing privileges', () => {
  const vectors =
    loadVectors<Vector<Parse | Has, { readonly privileges: readonly Privilege[] } | { readonly has: boolean }>>(
      'privileges-parse',
    )
  for (const { name, input, expect } of vectors) {
    test(name, () => {
      if ('has' in input) assert.deepEqual({ has: hasPrivilege(input, input.has, input.value) }, expect)
      else {
        const parsed = 'session' in input ? parsePrivileges(input.session) : parseAppTokenPrivileges(input.appToken)
        assert.deepEqual({ privileges: parsed }, expect)
      }
    })
  }

  test('formatting what was parsed, and parsing that, changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', ',', ' ', '*', '\0', 'é') }), (text) => {
        for (const parse of [parsePrivileges, parseAppTokenPrivileges]) {
          const parsed = parse(text)
          assert.deepEqual(parse(formatPrivileges(parsed)), parsed)
        }
      }),
    )
  })
})

describe('privileges of a session', () => {
  test('the wildcard has no values, since it restricts nothing', () => {
    assert.equal(privilegeValues({ privileges: '*' }, 'iprestrict'), undefined)
  })

  test('a switch counts only without a value', () => {
    assert.equal(hasPrivilegeFlag({ privileges: 'list:*, enableentitlement' }, 'enableentitlement'), true)
    assert.equal(hasPrivilegeFlag({ privileges: 'enableentitlement:1' }, 'enableentitlement'), false)
    assert.equal(hasPrivilegeFlag({ privileges: 'disableentitlementforentry:0_a' }, 'disableentitlement'), false)
    assert.equal(hasPrivilegeFlag({ privileges: '*' }, 'disableentitlement'), false)
  })
})

describe('names of privileges', () => {
  test('there are 33 reserved ones, and the free ones are not among them', () => {
    assert.equal(Object.keys(RESERVED_PRIVILEGES).length, 33)
    for (const name of ['view', 'widget', 'caption', 'all', '*', 'SETROLE', 'constructor', '']) {
      assert.equal(isReservedPrivilege(name), false, name)
    }
    for (const name of ['setrole', 'sessionid', 'apptoken', 'list']) assert.equal(isReservedPrivilege(name), true, name)
  })

  test('every reserved name can be written into a session', () => {
    for (const name of Object.keys(RESERVED_PRIVILEGES)) assert.equal(isPrivilegeName(name), true, name)
  })

  test('names that would be read back as something else cannot', () => {
    for (const name of ['_e', '_t', '_u', '_m', '_d', 'a.b', 'a b', 'a[', 'a]', 'a;b', 'é', '', 'a\n', 'a\0']) {
      assert.equal(isPrivilegeName(name), false, name)
    }
  })
})

describe('the role of a session', () => {
  type Input = { readonly privileges: string; readonly name?: 'setrole' | 'restrictingrole' }
  for (const { name, input, expect } of loadVectors<Vector<Input, object>>('set-role')) {
    test(name, () => assert.deepEqual(readRolePrivilege(input, input.name), expect))
  }
})

describe('the kind of a session', () => {
  const widget = { type: 0, userId: '0', privileges: 'view:*,widget:1' }

  test('no session is none', () => assert.equal(sessionKind(undefined), 'none'))

  test('a widget session has no user: absent, empty or 0', () => {
    for (const userId of [undefined, '', '0']) assert.equal(sessionKind({ ...widget, userId }), 'widget')
    assert.equal(sessionKind({ ...widget, userId: 'ada' }), 'user')
    assert.equal(sessionKind({ ...widget, userId: '00' }), 'user')
  })

  test('a widget session has widget:1 and nothing that merely contains it', () => {
    for (const privileges of ['widget:1', 'widget:2/1']) assert.equal(isWidgetSession({ ...widget, privileges }), true)
    for (const privileges of ['', '*', 'widget', 'widget:10', 'xwidget:1', 'x:widget:1']) {
      assert.equal(isWidgetSession({ ...widget, privileges }), false, privileges)
    }
  })

  test('every type from 1 up is an administrator, whatever its privileges', () => {
    for (const type of [1, 2, 99]) assert.equal(sessionKind({ ...widget, type }), 'admin')
    for (const type of [0, -1]) assert.equal(sessionKind({ ...widget, type, userId: 'ada' }), 'user')
  })
})
