import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ACTIONS, actionOfItem, findAction, itemIdOf } from '@latchkey/core'
import { namesIn } from '../src/connection/json.ts'
import { withItemIds } from '../src/pages/access/account.ts'
import { becauseInWords, leastIn, localLeast, namedRole, nameFor, roleOnly } from '../src/pages/access/least-role.ts'

describe('localLeast', () => {
  test('the exact way opens what was wanted and nothing else', () => {
    const least = localLeast(['media.get', 'media.list'], undefined)
    assert.deepEqual(least.exact.actions, ['media.get', 'media.list'])
    assert.deepEqual(least.exact.surplus, [])
    const opened = namesIn(least.exact.permissionItemsIds).map((id) => actionOfItem(Number(id))?.action)
    assert.deepEqual(opened.sort(), ['get', 'list'])
  })

  test('the named way lists what else it opens', () => {
    const { named } = localLeast(['media.get', 'category.add'], undefined)
    assert.ok(named && named.surplus.length > 0)
    assert.ok(!named.surplus.includes('media.get'))
  })

  test('what changes roles is left out unless it was asked for', () => {
    const { leftOut, named } = localLeast(['user.list'], undefined)
    assert.ok(leftOut.length > 0)
    for (const { permission } of leftOut) assert.ok(!named?.permissions.includes(permission))
  })

  test('what is open to every session needs no role, and what nobody may call is said to be so', () => {
    const least = localLeast(['session.startWidgetSession'], undefined)
    assert.deepEqual(least.exact.actions, [])
    assert.deepEqual(least.always, ['session.startWidgetSession'])
    const internal = ACTIONS.find(({ kind }) => kind === 'internal')
    const name = `${internal?.service}.${internal?.action}`
    const never = localLeast([name], undefined)
    assert.deepEqual(never.exact.actions, [])
    assert.deepEqual(
      never.impossible.map(({ action }) => action),
      [name],
    )
  })
})

test('a role is made without the token, under the name that was chosen', () => {
  const least = localLeast(['media.get'], undefined)
  assert.ok(least.change.some(({ service }) => service === 'appToken'))
  const change = roleOnly(least, 'Nightly')
  assert.deepEqual(
    change.map(({ service, action }) => `${service}.${action}`),
    ['permission.add', 'userRole.add'],
  )
  assert.ok(JSON.stringify(change[1]).includes('"name":"Nightly"'))
  assert.ok(JSON.stringify(namedRole(['EP_BASE'], 'N')).includes('EP_BASE'))
})

test('an answer of the server is read, and one that is none is not', () => {
  const answer = {
    objectType: 'LatchkeySuggestion',
    named: { permissions: ['EP_BASE'], surplus: ['x.y'], proven: false, bound: 1, missing: [] },
    exact: { permissionItemsIds: '5', actions: ['user.list'], surplus: [] },
    impossible: [{ action: 'foo.bar', reason: 'unknown', text: 'there is no action of that name' }],
    leftOut: [{ permission: 'ADMIN_BASE', because: ['changes-roles'], opensWanted: 1, surplus: 96 }],
    always: ['session.end', 'system.ping'],
    change: [{ service: 'userRole', action: 'add', params: {} }],
  }
  const least = leastIn(answer, ['user.list', 'session.end'])
  assert.equal(least?.named?.bound, 1)
  assert.deepEqual(least.always, ['session.end'])
  assert.equal(least.leftOut[0]?.surplus, 96)
  assert.equal(leastIn('nonsense', []), undefined)
  assert.equal(leastIn({}, []), undefined)
})

test('names of roles stay short whatever the list', () => {
  assert.equal(nameFor(['a.b', 'c.d', 'e.f', 'g.h']), 'a.b, c.d and 2 more')
  assert.equal(becauseInWords(['shows-secrets', 'changes-roles']), 'shows secrets and changes roles or users')
})

describe('withItemIds', () => {
  const list = findAction('user', 'list')
  const id = list && itemIdOf(list)
  const change = [
    {
      service: 'permission',
      action: 'add',
      params: { permission: { name: 'X', permissionItemsIds: String(id) } },
    },
    { service: 'userRole', action: 'add', params: { userRole: { permissionNames: 'X' } } },
  ]

  test('a server that numbers its items otherwise is sent its own numbers', () => {
    const translated = withItemIds(change, new Map([['user.list', 77]]))
    assert.ok(translated.ok)
    assert.deepEqual(translated.change[0]?.params, { permission: { name: 'X', permissionItemsIds: '77' } })
    assert.equal(translated.change[1], change[1])
  })

  test('nothing is sent where the server has no such item', () => {
    assert.deepEqual(withItemIds(change, new Map()), { ok: false, missing: ['user.list'] })
  })
})
