import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  addPermission,
  deletePermission,
  getPermission,
  getPermissionItem,
  listPermissionItems,
  listPermissions,
  type PermissionFilter,
  updatePermission,
} from '@latchkey/authority'
import { findAction, itemIdOf, LatchkeyError, PERMISSION_ITEMS, PERMISSIONS } from '@latchkey/core'
import { permission } from '@latchkey/testkit'
import { adminAccess, sandboxDeps } from './sandbox-deps.ts'

const isCode = (code: string) => (error: unknown) => error instanceof LatchkeyError && error.code === code
const ALL = { offset: 0, limit: 1000 } as const
const mediaList = findAction('media', 'list')
const item = (mediaList && itemIdOf(mediaList)) ?? 0

async function opened() {
  const sandbox = await sandboxDeps()
  return { ...sandbox, access: await adminAccess(sandbox.deps, sandbox.partner) }
}

describe('permissions of an account', () => {
  test('of several faults of a new one the first in the original’s order is told', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    await addPermission(deps, access, 'TAKEN', {})
    const bad = { itemIds: [item, 7] }
    for (const name of ['A,B', '', '*', ' A', 'A ']) {
      await assert.rejects(addPermission(deps, access, name, bad), isCode('PERMISSION_NAME_INVALID'), name)
    }
    for (const name of ['TAKEN', 'ADMIN_BASE', 'METADATA_PLUGIN_PERMISSION']) {
      await assert.rejects(addPermission(deps, access, name, bad), isCode('PERMISSION_NAME_TAKEN'), name)
    }
    await assert.rejects(addPermission(deps, access, 'NEW', bad), isCode('PERMISSION_ITEM_UNKNOWN'))
    assert.equal((await deps.store.permissions.list(access.partnerId)).length, 1)
  })

  test('a new one is normal and active, and is called by its name unless told', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const added = await addPermission(deps, access, 'NEW', { itemIds: [item] })
    assert.deepEqual([added.type, added.status, added.friendlyName, added.itemIds], [1, 1, 'NEW', [item]])
    assert.equal((await addPermission(deps, access, 'OTHER', { friendlyName: 'Other' })).friendlyName, 'Other')
    assert.equal((await getPermission(deps, access, 'NEW')).id, added.id)
  })

  test('one that two ask for at once is made once', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const asked = await Promise.allSettled([1, 2, 3].map(() => addPermission(deps, access, 'NEW', {})))
    const refused = asked.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    assert.deepEqual(refused, ['PERMISSION_NAME_TAKEN', 'PERMISSION_NAME_TAKEN'])
  })

  test('shared ones are read with their items, but neither changed nor deleted', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const shared = await getPermission(deps, access, 'BASE_USER_SESSION_PERMISSION')
    assert.deepEqual([shared.partnerId, shared.status], [0, 1])
    assert.ok(shared.itemIds.includes(item))
    await assert.rejects(updatePermission(deps, access, shared.name, { tags: 'x' }), isCode('PERMISSION_NOT_FOUND'))
    await assert.rejects(deletePermission(deps, access, shared.name), isCode('PERMISSION_NOT_FOUND'))
    await assert.rejects(getPermission(deps, access, 'base_user_session_permission'), isCode('PERMISSION_NOT_FOUND'))
  })

  test('one is renamed by the rules for a new one, and is found under its new name only', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    await addPermission(deps, access, 'A', { description: 'd', itemIds: [item] })
    await addPermission(deps, access, 'B', {})
    await assert.rejects(updatePermission(deps, access, 'A', { name: 'A,C' }), isCode('PERMISSION_NAME_INVALID'))
    await assert.rejects(updatePermission(deps, access, 'A', { name: 'B' }), isCode('PERMISSION_NAME_TAKEN'))
    await assert.rejects(updatePermission(deps, access, 'A', { itemIds: [1] }), isCode('PERMISSION_ITEM_UNKNOWN'))
    const renamed = await updatePermission(deps, access, 'A', { name: 'C', description: null })
    assert.deepEqual([renamed.name, renamed.description, renamed.itemIds], ['C', undefined, [item]])
    await assert.rejects(getPermission(deps, access, 'A'), isCode('PERMISSION_NOT_FOUND'))
    assert.deepEqual((await updatePermission(deps, access, 'C', { itemIds: [] })).itemIds, [])
  })

  test('a feature of the account is no permission to change', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    await deps.store.permissions.create(permission({ partnerId: access.partnerId, name: 'F', type: 2 }))
    await assert.rejects(updatePermission(deps, access, 'F', { tags: 'x' }), isCode('PERMISSION_NOT_FOUND'))
  })

  test('a deleted one is gone, and its name is free', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const added = await addPermission(deps, access, 'A', {})
    assert.equal((await deletePermission(deps, access, 'A')).status, 3)
    await assert.rejects(deletePermission(deps, access, 'A'), isCode('PERMISSION_NOT_FOUND'))
    assert.notEqual((await addPermission(deps, access, 'A', {})).id, added.id)
  })

  test('each filter finds just those that it names', async () => {
    await using sandbox = await opened()
    const { deps, access } = sandbox
    const a = await addPermission(deps, access, 'A', {
      friendlyName: 'First',
      description: 'd1',
      dependsOn: ['B', 'X'],
    })
    const b = await addPermission(deps, { ...access, now: access.now + 5 }, 'B', { status: 2, tags: 'kmc' })
    const found = async (filter: PermissionFilter) =>
      (await listPermissions(deps, access, filter, [], ALL)).items.map(({ name }) => name)
    const rows: readonly (readonly [PermissionFilter, readonly string[]])[] = [
      [{ ids: [a.id, 1] }, [PERMISSIONS[0]?.name ?? '', 'A']],
      [{ names: ['B', 'ADMIN_BASE'] }, ['ADMIN_BASE', 'B']],
      [{ friendlyNameLike: 'firs' }, ['A']],
      [{ descriptionLike: 'D1' }, ['A']],
      [{ statuses: [2] }, ['B']],
      [{ partnerIds: [access.partnerId] }, ['A', 'B']],
      [{ partnerIds: [access.partnerId], types: [2] }, []],
      [{ dependsOnLikeAny: ['B', 'Y'], partnerIds: [access.partnerId] }, ['A']],
      [{ dependsOnLikeAll: ['B', 'Y'], partnerIds: [access.partnerId] }, []],
      [{ tagsLikeAny: ['KMC'] }, ['B']],
      [{ createdAt: { from: access.now + 1 } }, ['B']],
      [{ updatedAt: { to: access.now } }, ['A']],
    ]
    for (const [filter, names] of rows) assert.deepEqual(await found(filter), names, JSON.stringify(filter))
    assert.equal((await found({})).length, PERMISSIONS.length + 2)
    assert.ok(b.id > 1000)
  })
})

describe('permission items', () => {
  test('are the same for every account, by id, kind or page', () => {
    assert.equal(getPermissionItem(item).kind, 'action')
    assert.throws(() => getPermissionItem(1), isCode('PERMISSION_ITEM_NOT_FOUND'))
    assert.equal(listPermissionItems({}, [], ALL).total, PERMISSION_ITEMS.length)
    assert.equal(listPermissionItems({ kinds: ['parameter'] }, [], { offset: 0, limit: 1 }).total, 150)
    assert.deepEqual(listPermissionItems({ ids: [item, 1], partnerIds: [0] }, [], ALL).items, [getPermissionItem(item)])
    assert.equal(listPermissionItems({ partnerIds: [4242] }, [], ALL).total, 0)
    const sorted = listPermissionItems({}, [{ field: 'id', direction: 'descending' }], ALL).items.map(({ id }) => id)
    assert.deepEqual(
      sorted,
      sorted.toSorted((a, b) => b - a),
    )
  })
})
