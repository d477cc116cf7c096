import { featuresAmong, PermissionIndex, type SubjectRole } from '@latchkey/core'
import { actionsByItem, type ItemIds, itemIdsIn, ownPermissionIn, roleIn } from '@latchkey/wire/answer'
import type { Connection } from '../connect/endpoint.ts'
import { type JsonObject, namesIn, numberOf, objectOf, objectsOf, textOf } from '../connect/json.ts'

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
  const actionOf = actionsByItem(items)
  return {
    partnerId,
    roles: roles.map((role) => roleIn(role, partnerId)),
    index: new PermissionIndex(own.map((one) => ownPermissionIn(one, actionOf).permission)),
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

/**
 * The numbers by which a server knows its actions, by `service.action` in lower case. They differ from one installation of the
 * original to the next, so that they have to be asked for before a permission of one's own is made there.
 */
export async function readItemIds(connection: Connection): Promise<ItemIds> {
  const ids = new Map<string, number>()
  for (let pageIndex = 1; pageIndex <= MOST_PAGES; pageIndex += 1) {
    const pager = { objectType: 'KalturaFilterPager', pageSize: MOST, pageIndex }
    const page = objectsOf(objectOf(await connection.ask('permissionItem', 'list', { pager })).objects)
    for (const [name, id] of itemIdsIn(page)) ids.set(name, id)
    if (page.length < MOST) break
  }
  return ids
}
