import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  findAction,
  findPermission,
  isKnownService,
  neededPermissions,
  PERMISSIONS,
  STOCK_ROLES,
  servicesNamedAlike,
  stockRole,
  stockRoleByName,
  TEMPLATE_ROLES,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'

/** Made once from the original's data. A row that changes by accident changes a digest. */
const ACTIONS_DIGEST = '3499a58182a6c3598099b42097181f62164a233b50fcbb49a49420f2681ed088'
const MARKS_DIGEST = 'b1910f89b9b446e178d463e2a1182140f31840b7efddbc992b04569cf3864fbf'
const PERMISSIONS_DIGEST = '753c7ea6ccbd2dd774270816ca5a4ddfb0339152a2e3fb52a46c241486aba121'
const counts: Record<string, number> = JSON.parse(
  readFileSync(new URL('./catalogue-counts.json', import.meta.url), 'utf8'),
)

const digestOf = (rows: readonly string[]) =>
  nodePrimitives.digestHex('sha256', [...rows].sort(compareBytes).join('\n'))
const compareBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

describe('the catalogue', () => {
  test('holds 772 actions, as many of each service as the committed count says', () => {
    const found: Record<string, number> = {}
    for (const { service } of ACTIONS) found[service] = (found[service] ?? 0) + 1
    assert.equal(ACTIONS.length, 772)
    assert.deepEqual(found, counts)
  })

  test('holds the rows that the committed digest was made of', () => {
    const rows = ACTIONS.map(
      (action) => `${action.service}.${action.action}:${[...neededPermissions(action)].sort(compareBytes).join(',')}`,
    )
    assert.equal(digestOf(rows), ACTIONS_DIGEST)
  })

  test('marks what is public, owned or not to be found as the committed digest says', () => {
    const marks = ACTIONS.flatMap(({ service, action, isPublic, isFound, ownership }) => {
      const gate = ownership && `${ownership.object}/${ownership.idParameter}/${ownership.privilege}`
      const owned = gate === undefined ? [] : [ownership?.isOwnerOnly ? `${gate}/owner` : gate]
      const all = [...(isPublic ? ['public'] : []), ...(isFound ? [] : ['unfound']), ...owned]
      return all.map((mark) => `${service}.${action}:${mark}`)
    })
    const have = (text: string) => marks.filter((mark) => mark.includes(text)).length
    assert.deepEqual([have(':public'), have(':unfound'), have('/')], [42, 19, 66])
    assert.equal(digestOf(marks), MARKS_DIGEST)
  })

  test('lets only owners delete an entry, and asks nobody who owns what there is not', () => {
    assert.deepEqual(findAction('baseEntry', 'delete')?.ownership, {
      object: 'entry',
      idParameter: 'entryId',
      privilege: 'edit',
      isOwnerOnly: true,
    })
    assert.equal(findAction('media', 'list')?.ownership, undefined)
  })

  test('names in no row a permission that it does not hold', () => {
    for (const action of ACTIONS)
      assert.ok(neededPermissions(action).every((name) => findPermission(name)?.name === name))
    for (const [index, permission] of PERMISSIONS.entries()) assert.equal(permission.index, index)
  })

  test('knows the plugin of its services', () => {
    assert.equal(findAction('metadata_metadata', 'list')?.plugin?.feature, 'METADATA_PLUGIN_PERMISSION')
    assert.equal(findAction('media', 'list')?.plugin, undefined)
    assert.equal(findAction('schedule_scheduleEvent', 'list')?.plugin, undefined)
  })

  test('holds the 189 permissions that the committed digest was made of', () => {
    assert.equal(PERMISSIONS.length, 189)
    assert.equal(
      digestOf(PERMISSIONS.map(({ name, type, dependsOn }) => `${name}:${type}:${dependsOn.join(',')}`)),
      PERMISSIONS_DIGEST,
    )
  })

  test('finds services and actions in any case, and nothing by parts of a name', () => {
    assert.equal(findAction('APPTOKEN', 'startsession')?.action, 'startSession')
    assert.equal(findAction('appToken', 'start'), undefined)
    assert.ok(isKnownService('SCHEDULE_scheduleEvent'))
    assert.ok(!isKnownService('scheduleEvent'))
    assert.deepEqual(servicesNamedAlike('scheduleEvent'), ['schedule_scheduleevent'])
    for (const name of ['__proto__', 'constructor', '']) assert.equal(findAction(name, name), undefined)
  })

  test('checks an alias under the permissions of the action that it stands for', () => {
    const alias = findAction('user', 'addFromBulkUpload')
    assert.equal(alias?.kind, 'ordinary')
    assert.deepEqual(alias?.permissions, findAction('bulkUpload_bulk', 'addUsers')?.permissions)
    assert.equal(findAction('user', 'index')?.kind, 'rowless')
    assert.equal(findAction('permissionItem', 'add')?.kind, 'internal')
  })

  test('finds a shared role by id and by system name, and names no permission in one that there is not', () => {
    assert.equal(STOCK_ROLES.length, 23)
    for (const role of STOCK_ROLES) {
      assert.equal(stockRole(role.id), role)
      assert.equal(stockRoleByName(role.systemName), role)
    }
    for (const id of [0, -1, 24, 0.5, Number.NaN]) assert.equal(stockRole(id), undefined)
    assert.deepEqual(
      TEMPLATE_ROLES.map(({ name }) => name),
      ['Manager', 'Content Uploader', 'Content Moderator', 'Player Designer'],
    )
    const names = [...STOCK_ROLES, ...TEMPLATE_ROLES].flatMap((role) => role.permissionNames)
    assert.ok(names.filter((name) => findPermission(name) !== undefined).length > 100)
  })
})
