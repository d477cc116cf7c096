import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { permissionIndexOf } from '@latchkey/authority'
import { type CatalogueAction, findAction, itemIdOf, PERMISSION_ITEMS, SHARED_PERMISSIONS } from '@latchkey/core'
import { permission } from '@latchkey/testkit'
import { sandboxDeps } from './sandbox-deps.ts'

function action(service: string, name: string): CatalogueAction {
  const found = findAction(service, name)
  assert.ok(found)
  return found
}

const mediaList = action('media', 'list')
const itemIds = [itemIdOf(mediaList) ?? 0]

describe('own permissions', () => {
  test('an account without any decides by the shared ones', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    assert.equal(await permissionIndexOf(deps.store, partner.id), SHARED_PERMISSIONS)
    assert.equal(await permissionIndexOf(deps.store, 0), SHARED_PERMISSIONS)
  })

  test('one opens the actions of its items to whoever holds it, and nothing else', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const property = PERMISSION_ITEMS.find(({ kind }) => kind === 'parameter')?.id ?? 0
    const own = permission({ partnerId: partner.id, name: 'LISTS', itemIds: [...itemIds, property, 5] })
    await deps.store.permissions.create(own)
    const index = await permissionIndexOf(deps.store, partner.id)
    assert.ok(index.neededFor(mediaList).includes('LISTS'))
    assert.ok(index.neededFor(mediaList).includes('BASE_USER_SESSION_PERMISSION'))
    assert.ok(!index.neededFor(action('media', 'get')).includes('LISTS'))
  })

  test('one that is blocked, deleted, of another type or of another account opens nothing', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const add = (overrides: Partial<Parameters<typeof permission>[0]>) =>
      deps.store.permissions.create(permission({ partnerId: partner.id, itemIds, ...overrides }))
    await add({ status: 2 })
    await add({ status: 3 })
    for (const type of [2, 3, 4] as const) await add({ type })
    await add({ partnerId: partner.id + 1 })
    assert.equal(await permissionIndexOf(deps.store, partner.id), SHARED_PERMISSIONS)
  })

  test('the index is the same object again until one of the account’s permissions changes', async () => {
    await using sandbox = await sandboxDeps()
    const { deps, partner } = sandbox
    const own = await deps.store.permissions.create(permission({ partnerId: partner.id, name: 'LISTS', itemIds }))
    assert.ok(own)
    const index = await permissionIndexOf(deps.store, partner.id)
    await deps.store.permissions.create(permission({ partnerId: partner.id + 1 }))
    assert.equal(await permissionIndexOf(deps.store, partner.id), index)
    await deps.store.permissions.update(partner.id, own.id, { itemIds: [] })
    const changed = await permissionIndexOf(deps.store, partner.id)
    assert.notEqual(changed, index)
    assert.ok(!changed.neededFor(mediaList).includes('LISTS'))
  })
})
