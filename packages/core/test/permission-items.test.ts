import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  actionOfItem,
  findAction,
  findPermission,
  findPermissionItem,
  itemIdOf,
  itemIdsOf,
  neededPermissions,
  PERMISSION_ITEMS,
  PERMISSIONS,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'

/** Made once from the original's data. A row that changes by accident changes it. */
const PARAMETERS_DIGEST = '78231cd976dcb83072c5638b7a86f925d3a21fc229106335b3f31c764fa93e36'

const compareBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const idOf = (service: string, action: string) => {
  const found = findAction(service, action)
  return found && itemIdOf(found)
}

describe('permission items', () => {
  test('there is one of each action, named in lower case, and there are 150 of properties', () => {
    const actions = PERMISSION_ITEMS.flatMap((item) =>
      item.kind === 'action' ? [`${item.service}.${item.action}`] : [],
    )
    assert.deepEqual(
      actions,
      ACTIONS.map(({ service, action }) => `${service}.${action}`.toLowerCase()),
    )
    assert.equal(PERMISSION_ITEMS.length - actions.length, 150)
  })

  test('the rows of properties are those that the committed digest was made of', () => {
    const rows = PERMISSION_ITEMS.flatMap((item) => {
      if (item.kind === 'action') return []
      const names = item.permissions.map((index) => PERMISSIONS[index]?.name ?? 'none').sort(compareBytes)
      return [`${item.object}.${item.parameter}.${item.access}:${names.join(',')}`]
    })
    assert.equal(nodePrimitives.digestHex('sha256', rows.sort(compareBytes).join('\n')), PARAMETERS_DIGEST)
  })

  test('no two have the same id, and every id is a positive int of 31 bits', () => {
    const ids = PERMISSION_ITEMS.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
    assert.ok(ids.every((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31))
  })

  test('an id never changes, since stored permissions are lists of them', () => {
    const property = PERMISSION_ITEMS.find((item) => item.kind === 'parameter' && item.parameter === 'adminSecret')
    assert.deepEqual(
      [idOf('media', 'list'), idOf('baseEntry', 'get'), idOf('appToken', 'startSession'), property?.id],
      [100_287_838, 1_754_102_675, 1_341_666_121, 1_637_128_359],
    )
  })

  test('an item is found by its id, and its action by the item', () => {
    for (const item of PERMISSION_ITEMS) assert.equal(findPermissionItem(item.id), item)
    for (const action of ACTIONS) assert.equal(actionOfItem(itemIdOf(action) ?? 0), action)
    for (const id of [0, -1, 0.5, Number.NaN, 2 ** 31]) {
      assert.equal(findPermissionItem(id), undefined)
      assert.equal(actionOfItem(id), undefined)
    }
    const property = PERMISSION_ITEMS.find(({ kind }) => kind === 'parameter')
    assert.equal(actionOfItem(property?.id ?? 0), undefined)
  })

  test('an alias has the item of the action that it stands for, and what never opens has none', () => {
    assert.equal(idOf('user', 'addFromBulkUpload'), idOf('bulkUpload_bulk', 'addUsers'))
    assert.ok(idOf('user', 'addFromBulkUpload'))
    assert.equal(idOf('permissionItem', 'add'), undefined)
    assert.equal(idOf('user', 'index'), undefined)
  })

  test('a shared permission holds the items of just the actions that name it', () => {
    for (const { name, index } of PERMISSIONS) {
      const actions = itemIdsOf(index).flatMap((id) => actionOfItem(id) ?? [])
      assert.deepEqual(
        actions,
        ACTIONS.filter((action) => neededPermissions(action).includes(name)),
      )
    }
    const integration = itemIdsOf(findPermission('INTEGRATION_BASE')?.index ?? -1).map(findPermissionItem)
    assert.ok(integration.some((item) => item?.kind === 'parameter' && item.parameter === 'adminSecret'))
    assert.deepEqual(itemIdsOf(PERMISSIONS.length), [])
  })
})
