import {
  actionOfItem,
  featuresAmong,
  findAction,
  type OwnPermission,
  PermissionIndex,
  type SubjectRole,
} from '@latchkey/core'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, type JsonObject, numberOf, objectsOf, textOf } from '../../connection/json.ts'
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
  /** Numbers of permission items on this server, by `service.action` in lower case; absent where they are the catalogue's. */
  readonly itemIds?: ReadonlyMap<string, number> | undefined
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
  const named = own.map((permission) => ownPermission(permission, items))
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
export async function readItems(signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const made = await callSignedIn({
      service: 'permissionItem',
      action: 'list',
      params: { pager: { objectType: 'KalturaFilterPager', pageSize: MOST, pageIndex: page } },
      signal,
    })
    const items = listIn(made)
    for (const { service, action, id } of items) {
      const number = numberOf(id)
      const name = `${textOf(service)}.${textOf(action)}`.toLowerCase()
      if (number !== undefined && name.length > 1) ids.set(name, number)
    }
    if (items.length < MOST) break
  }
  return ids
}

export type Translation =
  | { readonly ok: true; readonly change: readonly ToldCall[] }
  | { readonly ok: false; readonly missing: readonly string[] }

/** A change as another server takes it, whose permission items have other numbers. */
export function withItemIds(change: readonly ToldCall[], ids: ReadonlyMap<string, number>): Translation {
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
  return missing.length > 0 ? { ok: false, missing } : { ok: true, change: translated }
}

function ownPermission(
  { name, permissionItemsIds, dependsOnPermissionNames }: Readonly<Record<string, unknown>>,
  items: ReadonlyMap<string, number> | undefined,
): { readonly permission: OwnPermission; readonly isKnown: boolean } {
  const ids = namesIn(textOf(permissionItemsIds)).map(Number)
  const names = items && new Map([...items].map(([item, id]) => [id, item]))
  const actions = ids.flatMap((id) => {
    if (names === undefined) return actionOfItem(id) ?? []
    const item = names.get(id) ?? ''
    const at = item.lastIndexOf('.')
    return findAction(item.slice(0, at), item.slice(at + 1)) ?? []
  })
  return {
    permission: { name: textOf(name), dependsOn: namesIn(textOf(dependsOnPermissionNames)), actions },
    isKnown: actions.length > 0 || ids.length === 0,
  }
}

function tokenIn(token: Readonly<Record<string, unknown>>): TokenChoice {
  return { id: textOf(token.id), description: textOf(token.description), isPaused: numberOf(token.status) === 1 }
}

export function roleIn(role: Readonly<Record<string, unknown>>, partnerId: number): SubjectRole {
  return {
    id: numberOf(role.id) ?? 0,
    name: textOf(role.name),
    permissionNames: namesIn(textOf(role.permissionNames)),
    isShared: numberOf(role.partnerId) !== partnerId,
  }
}

/** A list with commas between, as the original has it. */
export function namesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function resultOf({ outcome }: Made): unknown {
  return outcome.kind === 'result' ? outcome.value : undefined
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

function listIn(made: Made): readonly Readonly<Record<string, unknown>>[] {
  return objectsOf(objectOf(resultOf(made)).objects)
}
