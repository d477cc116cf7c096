import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  accessOfKind,
  accessOfNames,
  decide,
  EVERY_FEATURE,
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
