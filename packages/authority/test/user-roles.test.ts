import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  addRole,
  addUser,
  cloneRole,
  deleteRole,
  getRole,
  listRoles,
  permissionNamesOf,
  type RoleFilter,
  updateRole,
} from '@latchkey/authority'
import { LatchkeyError, PERMISSIONS, STOCK_ROLES } from '@latchkey/core'
import { permission } from '@latchkey/testkit'
import { adminAccess, sandboxDeps } from './sandbox-deps.ts'

const isCode = (code: string) => (error: unknown) => error instanceof LatchkeyError && error.code === code
const ALL = { offset: 0, limit: 500 } as const
const ADMIN_ROLE = 2

async function opened() {
  const sandbox = await sandboxDeps()
  return { ...sandbox, access: await adminAccess(sandbox.deps, sandbox.partner) }
}

describe('roles of an account', () => {
  test('of several faults of a new role the first in the original’s order is told', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    await addRole(deps, access, 'taken', { systemName: 'TAKEN' })
    const bad = { permissionNames: ['NO_SUCH'], systemName: 'TAKEN' }
    await assert.rejects(addRole(deps, access, 'taken', bad), isCode('ROLE_NAME_TAKEN'))
    await assert.rejects(addRole(deps, access, 'No Session', bad), isCode('ROLE_NAME_TAKEN'))
    await assert.rejects(addRole(deps, access, '', bad), isCode('ROLE_PERMISSION_UNKNOWN'))
    await assert.rejects(addRole(deps, access, '', { systemName: 'TAKEN' }), isCode('ROLE_NAME_EMPTY'))
    for (const systemName of ['TAKEN', 'KMS_USER_ROLE']) {
      await assert.rejects(addRole(deps, access, 'new', { systemName }), isCode('ROLE_SYSTEM_NAME_TAKEN'))
    }
    assert.equal((await deps.store.roles.list(access.partnerId)).length, 1)
  })

  test('a role may list what is normal and active at its account, and what it depends on may be missing', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const own = (name: string, more: object = {}) =>
      deps.store.permissions.create(permission({ partnerId: access.partnerId, name, ...more }))
    await own('OWN')
    await own('BLOCKED', { status: 2 })
    await own('PLUGIN', { type: 3 })
    const special = PERMISSIONS.find(({ type }) => type === 2)?.name ?? 'none'
    for (const name of ['BLOCKED', 'PLUGIN', special, 'METADATA_PLUGIN_PERMISSION', 'admin_base', '*']) {
      const permissionNames = ['ADMIN_BASE', name]
      await assert.rejects(addRole(deps, access, name, { permissionNames }), isCode('ROLE_PERMISSION_UNKNOWN'))
    }
    const lone = ['KMC_READ_ONLY', 'OWN', 'BULK_LOG_DELETE']
    assert.deepEqual((await addRole(deps, access, 'lone', { permissionNames: lone })).permissionNames, lone)
    assert.deepEqual((await addRole(deps, access, 'all', { permissionNames: ['*'] })).permissionNames, ['*'])
  })

  test('a role of everything shows all that the account has, and stays one whatever is named', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    await deps.store.permissions.create(permission({ partnerId: access.partnerId, name: 'OWN' }))
    const all = await addRole(deps, access, 'all', { permissionNames: ['*'] })
    for (const role of [all, await getRole(deps, access, ADMIN_ROLE)]) {
      const names = await permissionNamesOf(deps, access, role)
      assert.deepEqual(new Set(names), new Set([...PERMISSIONS.map(({ name }) => name), 'OWN']))
    }
    const changed = await updateRole(deps, access, all.id, { permissionNames: ['NO_SUCH'], tags: 'kmc' })
    assert.deepEqual([changed.permissionNames, changed.tags], [['*'], 'kmc'])
  })

  test('shared roles are read, listed and copied, but neither changed nor deleted', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    assert.equal((await getRole(deps, access, ADMIN_ROLE)).partnerId, 0)
    await assert.rejects(updateRole(deps, access, ADMIN_ROLE, { tags: 'x' }), isCode('ROLE_NOT_FOUND'))
    await assert.rejects(deleteRole(deps, access, ADMIN_ROLE), isCode('ROLE_NOT_FOUND'))
    for (const id of [0, -1, 24, 999_999]) await assert.rejects(getRole(deps, access, id), isCode('ROLE_NOT_FOUND'))
    const copy = await cloneRole(deps, access, ADMIN_ROLE)
    assert.deepEqual([copy.partnerId, copy.permissionNames, copy.tags], [access.partnerId, ['*'], 'kmc,partner_admin'])
  })

  test('a copy is named after its date, has no system name, and there may be several of one second', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const role = await addRole(deps, access, 'Reader', { systemName: 'READER', permissionNames: ['ADMIN_BASE'] })
    const copies = [await cloneRole(deps, access, role.id), await cloneRole(deps, access, role.id)]
    assert.deepEqual(
      copies.map(({ name }) => name),
      ['Reader copy (2023-11-14 22:13:20)', 'Reader copy (2023-11-14 22:13:20) 2'],
    )
    for (const copy of copies) {
      assert.deepEqual([copy.systemName, copy.permissionNames], [undefined, ['ADMIN_BASE']])
      assert.notEqual(copy.id, role.id)
    }
  })

  test('a role that is changed keeps what is not named, loses what is cleared, and takes no name of another', async () => {
    await using sandbox = await opened()
    const { deps, access, clock } = sandbox
    await addRole(deps, access, 'other', { systemName: 'OTHER' })
    const { id } = await addRole(deps, access, 'one', { systemName: 'ONE', description: 'd', tags: 't' })
    clock.advance(10)
    const later = { ...access, now: access.now + 10 }
    const changed = await updateRole(deps, later, id, { description: null, systemName: '', status: 2 })
    assert.deepEqual(
      [changed.name, changed.systemName, changed.description, changed.tags, changed.status, changed.updatedAt],
      ['one', undefined, undefined, 't', 2, access.now + 10],
    )
    await assert.rejects(updateRole(deps, access, id, { name: 'other' }), isCode('ROLE_NAME_TAKEN'))
    await assert.rejects(updateRole(deps, access, id, { systemName: 'OTHER' }), isCode('ROLE_SYSTEM_NAME_TAKEN'))
    await assert.rejects(updateRole(deps, access, id, { name: null }), isCode('ROLE_NAME_EMPTY'))
    await assert.rejects(updateRole(deps, access, id, { permissionNames: ['X'] }), isCode('ROLE_PERMISSION_UNKNOWN'))
    assert.equal((await updateRole(deps, access, id, { name: 'one' })).name, 'one')
  })

  test('a role that a user has is not deleted, and one that nobody has is gone', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const { id } = await addRole(deps, access, 'used', {})
    await addUser(deps, access, 'holder', { roleIds: [id] })
    await assert.rejects(deleteRole(deps, access, id), isCode('ROLE_IN_USE'))
    await deps.store.users.delete(access.partnerId, 'holder', 1, () => [])
    assert.equal((await deleteRole(deps, access, id)).status, 3)
    await assert.rejects(getRole(deps, access, id), isCode('ROLE_NOT_FOUND'))
    await assert.rejects(deleteRole(deps, access, id), isCode('ROLE_NOT_FOUND'))
  })

  test('each filter finds just the roles that it names, and several all of what they name', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const a = await addRole(deps, access, 'a', { systemName: 'A', description: 'Reads %', tags: 'kmc,x' })
    const b = await addRole(deps, { ...access, now: access.now + 100 }, 'b', { tags: 'x_y', status: 2 })
    const found = async (filter: RoleFilter) =>
      (await listRoles(deps, access, { partnerIds: [access.partnerId], ...filter }, [], ALL)).items.map(({ id }) => id)
    const both = [a.id, b.id]
    const rows: readonly (readonly [RoleFilter, readonly number[]])[] = [
      [{}, both],
      [{ ids: [b.id, 5] }, [b.id]],
      [{ ids: [] }, []],
      [{ names: ['a', 'c'] }, [a.id]],
      [{ systemNames: ['A', 'B'] }, [a.id]],
      [{ descriptionLike: 'reads %' }, [a.id]],
      [{ descriptionLike: 'reads_' }, []],
      [{ statuses: [2] }, [b.id]],
      [{ partnerIds: [access.partnerId + 1] }, []],
      [{ tagsLikeAny: ['kmc', 'y'] }, both],
      [{ tagsLikeAll: ['x', 'KMC'] }, [a.id]],
      [{ createdAt: { from: access.now + 1 } }, [b.id]],
      [{ createdAt: { to: access.now } }, [a.id]],
      [{ updatedAt: { from: access.now, to: access.now + 100 } }, both],
      [{ names: ['a'], statuses: [2] }, []],
    ]
    for (const [filter, ids] of rows) assert.deepEqual(await found(filter), ids, JSON.stringify(filter))
    assert.equal((await listRoles(deps, access, { partnerIds: [0] }, [], ALL)).total, STOCK_ROLES.length)
    assert.equal((await listRoles(deps, access, { createdAt: { from: 0 } }, [], ALL)).total, 2)
  })

  test('lists are sorted as asked and cut into pages that neither overlap nor leave out', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    for (const name of ['c', 'a', 'b']) await addRole(deps, access, name, {})
    const total = STOCK_ROLES.length + 3
    const byName = [{ field: 'name', direction: 'descending' }] as const
    const names: string[] = []
    for (let offset = 0; offset < total; offset += 4) {
      const listed = await listRoles(deps, access, {}, byName, { offset, limit: 4 })
      assert.equal(listed.total, total)
      names.push(...listed.items.map(({ name }) => name))
    }
    assert.deepEqual(names.slice(0, 3), ['c', 'b', 'a'])
    assert.deepEqual(names, names.toSorted().toReversed())
    assert.equal(new Set(names).size, total)
    const times = await listRoles(deps, access, {}, [{ field: 'createdAt', direction: 'descending' }], ALL)
    assert.deepEqual(
      times.items.slice(0, 3).map(({ name }) => name),
      ['c', 'a', 'b'],
    )
  })
})
