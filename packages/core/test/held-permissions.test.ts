import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTION_COUNT,
  ACTIONS,
  type DecisionContext,
  decide,
  findAction,
  type HeldQuestion,
  type OwnPermission,
  PERMISSIONS,
  PermissionIndex,
  resolveHeld,
  SHARED_PERMISSIONS,
} from '@latchkey/core'
import fc from 'fast-check'

const READER: OwnPermission = {
  name: 'MEDIA_READER',
  dependsOn: [],
  actions: [
    { service: 'MEDIA', action: 'get' },
    { service: 'exportcsv', action: 'entryExportToCsv' },
  ],
}
const own = (...permissions: readonly OwnPermission[]) => new PermissionIndex(permissions)
const holding = (permissionNames: readonly string[], more: Partial<HeldQuestion> = {}) =>
  resolveHeld({ kind: 'user', features: [], role: { from: 'role:7', permissionNames }, ...more })

function called(name: string) {
  const [service = '', action = ''] = name.split('.')
  const found = findAction(service, action)
  assert.ok(found, name)
  return found
}

function ask(name: string, held: DecisionContext['held']) {
  return decide(called(name), {
    session: { version: 2, partnerId: 1, expiresAt: 9, type: 0, userId: 'u', privileges: '', fingerprint: '' },
    kind: 'user',
    role: { kind: 'use' },
    held,
    isHttps: true,
  })
}

function openerOf(name: string, held: DecisionContext['held']): string | undefined {
  const decision = ask(name, held)
  return decision.effect === 'allow' ? decision.openedBy : undefined
}

describe('a permission of an account’s own', () => {
  const permissions = own(READER)

  test('opens just its actions, and what is checked as one of them', () => {
    const held = holding(['MEDIA_READER'], { permissions })
    assert.equal(openerOf('media.get', held), 'MEDIA_READER')
    assert.equal(openerOf('baseEntry.exportToCsv', held), 'MEDIA_READER')
    const opened = ACTIONS.filter((action) => held.openerOf(action) !== undefined)
    const always = ACTIONS.filter((action) => holding([]).openerOf(action) !== undefined)
    assert.equal(opened.length, always.length + 2)
  })

  test('is one of the needed where the account has it, and is nothing to an account that has not', () => {
    const denied = ask('media.get', holding([], { permissions }))
    assert.ok(denied.effect === 'deny' && denied.reason.code === 'permission-missing')
    assert.ok(denied.reason.needed.includes('MEDIA_READER'))
    const elsewhere = ask('media.get', holding(['MEDIA_READER']))
    assert.ok(elsewhere.effect === 'deny' && elsewhere.reason.code === 'permission-missing')
    assert.ok(!elsewhere.reason.needed.includes('MEDIA_READER'))
  })

  test('is part of everything, and is lost like any other where it lacks what it depends on', () => {
    const needy = own({ ...READER, dependsOn: ['KMC_READ_ONLY'] })
    assert.ok(resolveHeld({ kind: 'admin', features: [], permissions: needy }).hasName('MEDIA_READER'))
    assert.deepEqual(holding(['MEDIA_READER', 'KMC_READ_ONLY'], { permissions: needy }).dropped, [
      { permission: 'KMC_READ_ONLY', missing: 'KMC_ACCESS' },
      { permission: 'MEDIA_READER', missing: 'KMC_READ_ONLY' },
    ])
  })

  test('takes no shared permission’s name, and opens nothing outside the catalogue', () => {
    const greedy = own(
      { name: 'KMC_ACCESS', dependsOn: [], actions: [{ service: 'media', action: 'get' }] },
      {
        name: 'ODD',
        dependsOn: [],
        actions: [
          { service: 'nix', action: 'nix' },
          { service: 'user', action: 'index' },
        ],
      },
    )
    assert.equal(greedy.permissions.length, PERMISSIONS.length + 1)
    assert.deepEqual(greedy.neededFor(called('media.get')), SHARED_PERMISSIONS.neededFor(called('media.get')))
    assert.equal(ask('user.index', holding(['ODD'], { permissions: greedy })).effect, 'deny')
  })

  test('changes nothing for the actions that it does not open', () => {
    for (const action of ACTIONS) {
      if (action === called('media.get') || action === called('exportcsv.entryExportToCsv')) continue
      assert.equal(permissions.openersOf(action), action.permissions)
    }
    assert.deepEqual(
      ACTIONS.map(({ index }) => index),
      [...Array(ACTION_COUNT).keys()],
    )
  })
})

describe('what is held by default', () => {
  test('includes the features of the account where everything is held, and nowhere else', () => {
    const features = ['METADATA_PLUGIN_PERMISSION']
    assert.ok(resolveHeld({ kind: 'admin', features }).names().includes('METADATA_PLUGIN_PERMISSION'))
    assert.ok(!resolveHeld({ kind: 'user', features }).hasName('METADATA_PLUGIN_PERMISSION'))
  })

  test('has the account’s own list in place of what is always allowed, as it is', () => {
    const held = resolveHeld({ kind: 'user', features: [], alwaysAllowed: ['KMC_READ_ONLY'] })
    assert.deepEqual(held.list(), [
      { permission: 'BASE_USER_SESSION_PERMISSION', from: 'session-kind' },
      { permission: 'KMC_READ_ONLY', from: 'always' },
    ])
    assert.deepEqual(resolveHeld({ kind: 'user', features: [] }).names(), [
      'BASE_USER_SESSION_PERMISSION',
      'ALWAYS_ALLOWED_ACTIONS',
    ])
  })

  test('is nothing under a role that takes away everything', () => {
    for (const kind of ['none', 'widget', 'user', 'admin'] as const)
      assert.deepEqual(resolveHeld({ kind, features: [], restricting: ['*'] }).names(), [])
  })
})

describe('laws of what is held', () => {
  const names = fc.subarray(PERMISSIONS.map(({ name }) => name))

  test('all that is held has what it depends on; what is dropped lacks it', () => {
    fc.assert(
      fc.property(names, (permissionNames) => {
        const held = holding(permissionNames)
        for (const name of held.names())
          for (const other of SHARED_PERMISSIONS.find(name)?.dependsOn ?? []) assert.ok(held.hasName(other), name)
        for (const { permission, missing } of held.dropped) {
          assert.ok(!held.hasName(permission) && !held.hasName(missing))
          assert.ok(SHARED_PERMISSIONS.find(permission)?.dependsOn.includes(missing))
        }
        assert.equal(
          held.names().length + held.dropped.length,
          new Set([...permissionNames, 'ALWAYS_ALLOWED_ACTIONS']).size,
        )
      }),
    )
  })

  test('a bit is set for each name, and for no other', () => {
    fc.assert(
      fc.property(names, names, (permissionNames, restricting) => {
        const held = holding(permissionNames, { restricting })
        for (const { name, index } of PERMISSIONS) assert.equal(held.has(index), held.hasName(name))
        for (const name of restricting) assert.ok(!held.hasName(name))
      }),
    )
  })
})
