import {
  actionOfItem,
  featuresAmong,
  findAction,
  type OwnPermission,
  PermissionIndex,
  type SubjectRole,
} from '@latchkey/core'
import type { Connection } from '../connect/endpoint.ts'
import { isObject, type JsonObject, namesIn, numberOf, objectOf, objectsOf, textOf } from '../connect/json.ts'
import type { ToldCall } from '../connect/outcome.ts'

/** What an endpoint without our extras says of the account, as far as it lets itself be read. */
export interface Account {
  readonly partnerId: number
  readonly roles: readonly SubjectRole[]
  readonly index: PermissionIndex
  readonly permissionNames: readonly string[]
  readonly features: readonly string[]
}

const MOST = 500
const MOST_PAGES = 6

export async function readAccount(connection: Connection): Promise<Account> {
  const partnerId = connection.partnerId ?? 0
  const filter = { objectType: 'KalturaPermissionFilter', partnerIdEqual: partnerId }
  const [roles, permissions, current] = await Promise.all([
    listOf(connection, 'userRole', { filter: { objectType: 'KalturaUserRoleFilter' } }),
    listOf(connection, 'permission', { filter }),
    connection.call({ service: 'permission', action: 'getCurrentPermissions' }),
  ])
  const own = permissions.filter(({ type }) => (numberOf(type) ?? 1) === 1)
  const others = permissions.filter(({ type }) => (numberOf(type) ?? 1) !== 1).map(({ name }) => textOf(name))
  const names = current.kind === 'result' ? namesIn(textOf(current.value)) : []
  const items = own.some(({ permissionItemsIds }) => textOf(permissionItemsIds) !== '')
    ? await readItemIds(connection)
    : new Map<string, number>()
  return {
    partnerId,
    roles: roles.map((role) => roleIn(role, partnerId)),
    index: new PermissionIndex(own.map((permission) => ownPermission(permission, items))),
    permissionNames: own.map(({ name }) => textOf(name)),
    features: featuresAmong([...names, ...others]),
  }
}

/** What may not be listed is passed over: the answer is worked out from what is known. */
async function listOf(connection: Connection, service: string, params: JsonObject): Promise<readonly JsonObject[]> {
  const pager = { objectType: 'KalturaFilterPager', pageSize: MOST, pageIndex: 1 }
  const outcome = await connection.call({ service, action: 'list', params: { ...params, pager } })
  return outcome.kind === 'result' ? objectsOf(objectOf(outcome.value).objects) : []
}

export function roleIn(role: JsonObject, partnerId: number): SubjectRole {
  return {
    id: numberOf(role.id) ?? 0,
    name: textOf(role.name),
    permissionNames: namesIn(textOf(role.permissionNames)),
    isShared: numberOf(role.partnerId) !== partnerId,
  }
}

function ownPermission(permission: JsonObject, items: ReadonlyMap<string, number>): OwnPermission {
  const names = new Map([...items].map(([name, id]) => [id, name]))
  const actions = namesIn(textOf(permission.permissionItemsIds)).flatMap((id) => {
    const [service = '', action = ''] = (names.get(Number(id)) ?? '').split('.')
    return findAction(service, action) ?? []
  })
  return { name: textOf(permission.name), dependsOn: namesIn(textOf(permission.dependsOnPermissionNames)), actions }
}

/**
 * The numbers by which a server knows its actions, by `service.action` in lower case. They differ from one installation of the
 * original to the next, so that they have to be asked for before a permission of one's own is made there.
 */
export async function readItemIds(connection: Connection): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  for (let pageIndex = 1; pageIndex <= MOST_PAGES; pageIndex += 1) {
    const pager = { objectType: 'KalturaFilterPager', pageSize: MOST, pageIndex }
    const page = objectsOf(objectOf(await connection.ask('permissionItem', 'list', { pager })).objects)
    for (const { service, action, id } of page) {
      const number = numberOf(id)
      const name = `${textOf(service)}.${textOf(action)}`.toLowerCase()
      if (number !== undefined && name.length > 1) ids.set(name, number)
    }
    if (page.length < MOST) break
  }
  return ids
}

/** A change as that server takes it. @returns the actions that it does not know, where there are any */
export function withItemIds(
  change: readonly ToldCall[],
  ids: ReadonlyMap<string, number>,
): { readonly change: readonly ToldCall[]; readonly missing: readonly string[] } {
  const missing: string[] = []
  const translated = change.map((call): ToldCall => {
    const { permission } = call.params
    if (call.service !== 'permission' || !isObject(permission)) return call
    const own = namesIn(textOf(permission.permissionItemsIds)).flatMap((id) => {
      const action = actionOfItem(Number(id))
      const name = action === undefined ? '' : `${action.service}.${action.action}`
      const number = ids.get(name.toLowerCase())
      if (number !== undefined) return [String(number)]
      missing.push(name === '' ? id : name)
      return []
    })
    return { ...call, params: { ...call.params, permission: { ...permission, permissionItemsIds: own.join(',') } } }
  })
  return { change: translated, missing }
}
