import type { CatalogueAction } from '../catalogue/actions.ts'
import type { PermissionIndex } from '../catalogue/permission-index.ts'
import { itemIdOf } from '../catalogue/permission-items.ts'
import {
  addPermission,
  addRole,
  type Change,
  LONGEST_NAME,
  markOf,
  resultId,
  systemNameFor,
  updateRole,
  updateTokenPrivileges,
  updateUserRoles,
} from './change.ts'
import { type AccessSubject, withPrivilege } from './subject.ts'

/** A permission of the account's own that holds just some actions. */
export interface NewPermission {
  readonly name: string
  readonly itemIds: readonly number[]
  readonly actions: readonly CatalogueAction[]
}

/** Permission names to be given, of which one may have to be made first. */
export interface Grant {
  readonly names: readonly string[]
  readonly own?: NewPermission | undefined
}

/**
 * Undefined where an action among them is in no catalogue of permission items, so that none can hold it.
 *
 * @param taken names that are in no index and cannot be had all the same: of permissions that are blocked
 */
export function ownPermissionFor(
  actions: readonly CatalogueAction[],
  index: PermissionIndex,
  wanted?: string,
  taken: readonly string[] = [],
): NewPermission | undefined {
  const itemIds = actions.flatMap((action) => itemIdOf(action) ?? [])
  if (itemIds.length === 0 || itemIds.length < actions.length) return undefined
  const [first] = actions
  const name = wanted ?? `LATCHKEY_${first?.service}_${first?.action}`.toUpperCase().slice(0, LONGEST_NAME)
  return { name: freeName(name, index, taken), itemIds: [...new Set(itemIds)], actions }
}

function freeName(name: string, index: PermissionIndex, taken: readonly string[]): string {
  let free = name
  for (let number = 2; index.find(free) !== undefined || taken.includes(free); number += 1) free = `${name}_${number}`
  return free
}

/**
 * The calls that give names to whoever it is: to its own role where that can be changed, else by a new role, in the place of
 * an app token's old one, so with what that held, or beside those of a user. Where one of them is refused, those that
 * follow give nothing more; done twice, they do no more than once.
 *
 * @param purpose goes into the name of a new role
 */
export function grantChanges(
  base: readonly string[],
  { names, own }: Grant,
  subject: AccessSubject,
  purpose: string,
): readonly Change[] {
  const changes: Change[] = []
  if (own !== undefined) {
    const opened = own.actions.map(({ service, action }) => `${service}.${action}`)
    changes.push(addPermission(own.name, `Opens ${opened.slice(0, 3).join(', ')} only`, own.itemIds))
  }
  const all = [...new Set([...base, ...names])]
  const { role, user, token } = subject
  const editable = role ?? (user?.roles.length === 1 ? user.roles[0] : undefined)
  if (editable !== undefined && !editable.isShared && editable.id > 0) return [...changes, updateRole(editable.id, all)]
  const owner = user === undefined ? `app token ${token?.id ?? 'session'}` : `user ${user.id}`
  // A user keeps the roles there are: without any, what the type of the session holds would count.
  const permissionNames = user === undefined ? all : names
  const mark = markOf([...permissionNames, ...(own?.itemIds ?? [])].join(','))
  const name = `${`${owner}: ${purpose}`.slice(0, LONGEST_NAME - mark.length - 3)} (${mark})`
  const systemName = systemNameFor(`${owner}: ${purpose}`, mark)
  changes.push(addRole({ name, systemName, description: 'Made from the explanation of a refusal', permissionNames }))
  if (user !== undefined) {
    const roleIds = [...user.roles.map(({ id }) => String(id)), resultId(changes.length)]
    changes.push(updateUserRoles(user.id, roleIds.join(',')))
  } else if (token !== undefined) {
    changes.push(updateTokenPrivileges(token.id, withPrivilege(token.sessionPrivileges, 'setrole', [systemName])))
  }
  return changes
}
