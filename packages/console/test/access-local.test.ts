import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  accessOfKind,
  accessOfNames,
  EVERY_FEATURE,
  featuresAmong,
  findAction,
  openedByRole,
  PermissionIndex,
  SHARED_PERMISSIONS,
  STOCK_ROLES,
} from '@latchkey/core'
import { byDefault } from '../src/pages/access/by-default.ts'
import { isOpen } from '../src/pages/access/catalogue-grid.ts'
import { cellsOf, localReason } from '../src/pages/access/local-access.ts'
import { localReading, sessionText } from '../src/pages/access/reading.ts'
import { parseSubject } from '../src/pages/access/subject.ts'

describe('cellsOf', () => {
  test('a stock role opens what its permissions open, and nothing else', () => {
    for (const { name, id, permissionNames } of STOCK_ROLES.filter(
      ({ permissionNames }) => !permissionNames.includes('*'),
    )) {
      const cells = cellsOf(accessOfKind('user', { id, name, permissionNames, isShared: true }))
      const opened = openedByRole({ index: SHARED_PERMISSIONS, features: EVERY_FEATURE }, permissionNames)
      for (const action of opened.actions()) {
        assert.ok(
          isOpen(cells.get(`${action.service}.${action.action}`)),
          `${name}: ${action.service}.${action.action}`,
        )
      }
      const count = [...cells.values()].filter(isOpen).length
      assert.equal(count, opened.size, name)
    }
  })

  test('a USER session may update entries of its own only, an ADMIN one all', () => {
    assert.equal(cellsOf(accessOfKind('user')).get('media.update'), 'own')
    assert.equal(cellsOf(accessOfKind('admin')).get('media.update'), 'allow')
  })

  test('what only internal accounts may call is never open, also to an ADMIN session', () => {
    const never = [...cellsOf(accessOfKind('admin'))].filter(([, cell]) => cell === 'never')
    assert.ok(never.length > 0)
    for (const [name] of never) {
      const [service = '', action = ''] = name.split('.')
      assert.notEqual(findAction(service, action)?.kind, 'ordinary')
    }
  })

  test('without its plugin a service is closed', () => {
    assert.equal(cellsOf(accessOfKind('admin')).get('metadata_metadata.list'), 'allow')
    assert.equal(cellsOf(accessOfKind('admin', undefined, { features: [] })).get('metadata_metadata.list'), 'deny')
  })

  test('what a session says it holds opens just that', () => {
    const cells = cellsOf(accessOfNames('user', ['EP_BASE']))
    assert.equal(cells.get('user.list'), 'allow')
    assert.equal(cells.get('user.add'), 'deny')
  })

  test('a permission of the account’s own counts where it could be read', () => {
    const index = new PermissionIndex([
      { name: 'JUST_USERS', dependsOn: [], actions: [{ service: 'user', action: 'list' }] },
    ])
    const role = { id: 12, name: 'Readers', permissionNames: ['JUST_USERS'], isShared: false }
    assert.equal(cellsOf(accessOfKind('user', role, { index })).get('user.list'), 'allow')
    assert.equal(cellsOf(accessOfKind('user', role)).get('user.list'), 'deny')
  })
})

describe('localReason', () => {
  const role = { id: 12, name: 'Readers', permissionNames: ['CONTENT_MANAGE_BASE'], isShared: false }

  test('a refused action has what is needed, what is held, and ways to open it, the smallest first', () => {
    const reason = localReason('user.list', accessOfKind('user', role))
    assert.equal(reason?.cell, 'deny')
    assert.equal(reason.reason, 'permission-missing')
    assert.ok(reason.needed.includes('EP_BASE'))
    assert.ok(reason.held.some(({ permission }) => permission === 'CONTENT_MANAGE_BASE'))
    assert.ok(reason.fixes.length > 0)
    const opens = reason.fixes.map((fix) => fix.opens)
    assert.deepEqual(
      opens,
      opens.toSorted((a, b) => a - b),
    )
  })

  test('an allowed action names the permission that opened it', () => {
    assert.equal(localReason('media.update', accessOfKind('user'))?.openedBy, 'BASE_USER_SESSION_PERMISSION')
  })

  test('of what is in no catalogue nothing is said', () => {
    assert.equal(localReason('media.nothing', accessOfKind('user')), undefined)
  })
})

test('who may by default is told by the kinds of sessions', () => {
  assert.equal(byDefault('appToken.add'), 'ADMIN sessions only')
  assert.equal(byDefault('media.update'), 'USER sessions and ADMIN sessions; USER ones for their own entries')
  assert.equal(byDefault('session.startWidgetSession'), 'everybody')
  assert.equal(byDefault('no.such'), 'nobody')
})

test('only features are taken for features', () => {
  assert.deepEqual(featuresAmong(['METADATA_PLUGIN_PERMISSION', 'ADMIN_BASE', '']), ['METADATA_PLUGIN_PERMISSION'])
})

test('stock roles and kinds of sessions are read without a server, and cannot be changed', () => {
  for (const text of ['stock:REPORT_VIEWER_ROLE', 'type:widget']) {
    const subject = parseSubject(text)
    assert.ok(subject)
    assert.equal(localReading(subject)?.isChangeable, false)
  }
  const token = parseSubject('token:0_abcd1234')
  assert.ok(token)
  assert.equal(localReading(token), undefined)
})

test('where no session was kept there is none', () => {
  assert.equal(sessionText('pasted'), undefined)
  assert.equal(sessionText('signed-in'), undefined)
})
