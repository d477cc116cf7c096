import { featuresAmong, PermissionIndex, type SubjectRole } from '@latchkey/core'
import {
  actionsByItem,
  type ItemIds,
  itemIdsIn,
  ownPermissionIn,
  roleIn,
  withItemIds as translate,
} from '@latchkey/wire/answer'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, type JsonObject, namesIn, numberOf, objectOf, objectsOf, textOf } from '../../connection/json.ts'
import type { ToldCall } from '../../connection/outcome.ts'
import { callSignedIn, signedIn } from '../../connection/sign-in.ts'

/** An app token as the picker shows it. Never with its value. */
export interface TokenChoice {
  readonly id: string
  readonly description: string
  readonly isPaused: boolean
}

/** What the signed-in person can read of the account, as far as it could be read. */
export interface Account {
  readonly partnerId: number
  readonly tokens: readonly TokenChoice[]
  /** Of how many; the list is cut. */
  readonly tokenCount: number
  readonly roles: readonly SubjectRole[]
  readonly roleNames: ReadonlyMap<number, string>
  readonly index: PermissionIndex
  readonly permissionNames: readonly string[]
  readonly features: readonly string[]
  /** Own permissions whose contents could not be told. */
  readonly unknownPermissions: readonly string[]
  /** Absent where they are the catalogue's. */
  readonly itemIds?: ItemIds | undefined
  /** What was refused or did not come. */
  readonly troubles: readonly Made[]
}

const MOST = 500
const MOST_PAGES = 6

/** Several calls at once, with the signed-in session. What is refused is left out and told in `troubles`. */
export async function readAccount(signal?: AbortSignal): Promise<Account> {
  const partnerId = signedIn.value?.partnerId ?? 0
  const ask = (service: string, action: string, params: JsonObject = {}) =>
    callSignedIn({ service, action, params, signal })
  const pager = { objectType: 'KalturaFilterPager', pageSize: MOST, pageIndex: 1 }
  const [tokens, roles, permissions, current] = await Promise.all([
    ask('appToken', 'list', {
      filter: { objectType: 'KalturaAppTokenFilter', orderBy: '-createdAt' },
      pager,
      // Without the values, which nobody here wants to see.
      responseProfile: { objectType: 'KalturaDetachedResponseProfile', type: 1, fields: 'id,description,status' },
    }),
    ask('userRole', 'list', { filter: { objectType: 'KalturaUserRoleFilter' }, pager }),
    ask('permission', 'list', {
      filter: { objectType: 'KalturaPermissionFilter', partnerIdEqual: partnerId },
      pager,
    }),
    ask('permission', 'getCurrentPermissions'),
  ])
  const own = listIn(permissions).filter((permission) => (numberOf(permission.type) ?? 1) === 1)
  const needsItems =
    isLatchkey.value !== true && own.some(({ permissionItemsIds }) => textOf(permissionItemsIds) !== '')
  const items = needsItems ? await readItems(signal) : undefined
  const actionOf = items && actionsByItem(items)
  const named = own.map((permission) => ownPermissionIn(permission, actionOf))
  const currentNames = current.outcome.kind === 'result' ? namesIn(textOf(current.outcome.value)) : []
  const otherKinds = listIn(permissions)
    .filter((permission) => (numberOf(permission.type) ?? 1) !== 1)
    .map(({ name }) => textOf(name))
  const roleList = listIn(roles).map((role) => roleIn(role, partnerId))
  return {
    partnerId,
    tokens: listIn(tokens).map(tokenIn),
    tokenCount: isObject(resultOf(tokens))
      ? (numberOf(objectOf(resultOf(tokens)).totalCount) ?? listIn(tokens).length)
      : 0,
    roles: roleList,
    roleNames: new Map(roleList.map(({ id, name }) => [id, name])),
    index: new PermissionIndex(named.flatMap(({ permission }) => permission)),
    permissionNames: own.map(({ name }) => textOf(name)),
    features: featuresAmong([...currentNames, ...otherKinds]),
    unknownPermissions: named.filter(({ isKnown }) => !isKnown).map(({ permission }) => permission.name),
    itemIds: items,
    troubles: [tokens, roles, permissions, current].filter(({ outcome }) => outcome.kind !== 'result'),
  }
}

/**
 * The numbers by which this server knows its actions. They differ from one installation of the original to the next, so that
 * they have to be asked for before a permission of one's own is made there.
 */
export async function readItems(signal?: AbortSignal): Promise<ItemIds> {
  const ids = new Map<string, number>()
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const made = await callSignedIn({
      service: 'permissionItem',
      action: 'list',
      params: { pager: { objectType: 'KalturaFilterPager', pageSize: MOST, pageIndex: page } },
      signal,
    })
    const items = listIn(made)
    for (const [name, id] of itemIdsIn(items)) ids.set(name, id)
    if (items.length < MOST) break
  }
  return ids
}

export type Translation =
  | { readonly ok: true; readonly change: readonly ToldCall[] }
  | { readonly ok: false; readonly missing: readonly string[] }

/** A change as another server takes it; of no use where it does not know all of the actions. */
export function withItemIds(change: readonly ToldCall[], ids: ItemIds): Translation {
  const { change: translated, missing } = translate(change, ids)
  return missing.length > 0 ? { ok: false, missing } : { ok: true, change: translated }
}

function tokenIn(token: Readonly<Record<string, unknown>>): TokenChoice {
  return { id: textOf(token.id), description: textOf(token.description), isPaused: numberOf(token.status) === 1 }
}

function resultOf({ outcome }: Made): unknown {
  return outcome.kind === 'result' ? outcome.value : undefined
}

function listIn(made: Made): readonly Readonly<Record<string, unknown>>[] {
  return objectsOf(objectOf(resultOf(made)).objects)
}
