import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  accessOfKind,
  accessOfNames,
  cellOf,
  decide,
  EVERY_FEATURE,
  explainAction,
  featuresAmong,
  findAction,
  type LocalAccess,
} from '../src/index.ts'

function isOpen(name: string, { context }: LocalAccess): boolean {
  const [service = '', action = ''] = name.split('.')
  const found = findAction(service, action)
  assert.ok(found, name)
  return decide(found, context).effect === 'allow'
}

describe('an access that is decided without its server', () => {
  test('opens to an ADMIN session what it does not open to a USER session', () => {
    assert.ok(isOpen('user.list', accessOfKind('admin')))
    assert.ok(!isOpen('user.list', accessOfKind('user')))
    assert.ok(!isOpen('media.list', accessOfKind('none')))
  })

  test('of a role opens what the role holds, and no more', () => {
    const role = { id: 7, name: 'Users', permissionNames: ['ADMIN_BASE'], isShared: false }
    const access = accessOfKind('admin', role)
    assert.deepEqual(access.subject, { role })
    assert.ok(isOpen('user.list', access))
    assert.ok(!isOpen('media.delete', access))
  })

  test('by names opens what stands behind a plugin only where the plugin is among them', () => {
    const plugin = EVERY_FEATURE.find((name) => name === 'METADATA_PLUGIN_PERMISSION')
    assert.ok(plugin)
    const names = ['METADATA_PLUGIN_PERMISSION', 'CONTENT_MANAGE_BASE', 'NOTHING_KNOWN']
    assert.deepEqual(featuresAmong(names), [plugin])
    const without = accessOfNames('admin', names.slice(1))
    assert.deepEqual(without.context.partner?.features, [])
    assert.deepEqual(accessOfNames('admin', names).context.partner?.features, [plugin])
  })
})

describe('an explanation', () => {
  const explained = (name: string, access: LocalAccess) => {
    const [service = '', action = ''] = name.split('.')
    const found = findAction(service, action) ?? assert.fail(name)
    return { ...explainAction(found, access), cell: cellOf(found, access) }
  }

  test('of what is open names what opens it, and has nothing to mend', () => {
    const { effect, openedBy, text, fixes, cell } = explained('user.list', accessOfKind('admin'))
    assert.equal(effect, 'allow')
    assert.equal(text, `user.list is open by ${openedBy}`)
    assert.deepEqual({ fixes, cell }, { fixes: [], cell: 'allow' })
    assert.equal(
      explained('attachment_attachmentasset.list', accessOfKind('none')).text,
      'attachment_attachmentasset.list is open without any session',
    )
  })

  test('of what is shut has a reason, what is needed and a way to open it', () => {
    const role = { id: 7, name: 'Own', permissionNames: ['BASE_USER_SESSION_PERMISSION'], isShared: false }
    const { effect, openedBy, reason, needed, fixes, cell } = explained('user.list', accessOfKind('admin', role))
    assert.deepEqual(
      { effect, openedBy, reason, cell },
      { effect: 'deny', openedBy: undefined, reason: 'permission-missing', cell: 'deny' },
    )
    assert.ok(needed.length > 0 && fixes.length > 0)
  })

  test('an action on entries is open to a USER session for its own, and to an ADMIN session for all', () => {
    const role = {
      id: 7,
      name: 'Manage',
      permissionNames: ['CONTENT_MANAGE_BASE', 'CONTENT_MANAGE_METADATA'],
      isShared: false,
    }
    assert.equal(explained('media.update', accessOfKind('user', role)).cell, 'own')
    assert.equal(explained('media.update', accessOfKind('admin', role)).cell, 'allow')
  })
})
