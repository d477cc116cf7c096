import { actionOfItem, type CatalogueAction, findAction, type OwnPermission, type SubjectRole } from '@latchkey/core'
import { type Fields, isObject, namesIn, numberOf, textOf } from './json.ts'
import type { ToldCall } from './told.ts'

// What the API tells of roles and permissions, for whoever works out access without our extras.

/** @param partnerId the account's; a role of another is shared with it */
export function roleIn(role: Fields, partnerId: number): SubjectRole {
  return {
    id: numberOf(role.id) ?? 0,
    name: textOf(role.name),
    permissionNames: namesIn(textOf(role.permissionNames)),
    isShared: numberOf(role.partnerId) !== partnerId,
  }
}

/** Numbers of permission items on a server, by `service.action` in lower case. They differ from one installation to the next. */
export type ItemIds = ReadonlyMap<string, number>

/** Those on one page of `permissionItem.list`. */
export function itemIdsIn(page: readonly Fields[]): readonly (readonly [name: string, id: number])[] {
  return page.flatMap(({ service, action, id }) => {
    const number = numberOf(id)
    const name = `${textOf(service)}.${textOf(action)}`.toLowerCase()
    return number === undefined || name === '.' ? [] : [[name, number] as const]
  })
}

/** What a number of that server stands for, as the catalogue has it. */
export function actionsByItem(items: ItemIds): (id: number) => CatalogueAction | undefined {
  const names = new Map([...items].map(([name, id]) => [id, name]))
  return (id) => {
    const name = names.get(id) ?? ''
    const at = name.lastIndexOf('.')
    return findAction(name.slice(0, at), name.slice(at + 1))
  }
}

/**
 * A permission of the account's own.
 *
 * @param actionOf what a permission item opens; left out, its numbers are the catalogue's
 * @returns `isKnown` unless it holds items of which none could be told
 */
export function ownPermissionIn(
  { name, permissionItemsIds, dependsOnPermissionNames }: Fields,
  actionOf: (id: number) => CatalogueAction | undefined = actionOfItem,
): { readonly permission: OwnPermission; readonly isKnown: boolean } {
  const ids = namesIn(textOf(permissionItemsIds)).map(Number)
  const actions = ids.flatMap((id) => actionOf(id) ?? [])
  return {
    permission: { name: textOf(name), dependsOn: namesIn(textOf(dependsOnPermissionNames)), actions },
    isKnown: actions.length > 0 || ids.length === 0,
  }
}

/**
 * A change as another server takes it, whose permission items have other numbers.
 *
 * @returns in `missing` the actions that it does not know; they are not in the change
 */
export function withItemIds(
  change: readonly ToldCall[],
  ids: ItemIds,
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
