import { ActionSet, actionScopeOf, type CatalogueAction, LatchkeyError, nameOf, openedByRole } from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { findRole } from './roles.ts'
import { accountOf } from './token-facts.ts'

// Under the policy `strict` a session makes nothing beyond itself, by whatever way: not only by app tokens, but also by what
// these get their rights from. Under `vendor` it may, as in the original, unless it is limited to some actions: the original
// has no such sessions, and the limit would be none for whoever could make a token without it.

const MOST_NAMED = 3

/** Whether what a session makes may do no more than itself. */
export function isKeptToItself(
  { privileges }: Pick<Deps, 'privileges'>,
  { session }: Pick<Access, 'session'>,
): boolean {
  return privileges === 'strict' || (session !== undefined && actionScopeOf(session) !== undefined)
}

/** A role of these permissions opens nothing that the session cannot call. @throws {LatchkeyError} `TOKEN_BEYOND_MAKER` */
export async function refuseNamesBeyond(deps: Deps, access: Access, permissionNames: readonly string[]): Promise<void> {
  if (!isKeptToItself(deps, access)) return
  const account = await accountOf(deps, access)
  refuseBeyond(access, openedByRole(account, permissionNames).minus(openedByRole(account, [])))
}

/** As {@link refuseNamesBeyond}, of roles that a user is given. Roles that are not there are told elsewhere. */
export async function refuseRolesBeyond(deps: Deps, access: Access, roleIds: readonly number[]): Promise<void> {
  if (!isKeptToItself(deps, access)) return
  const roles = await Promise.all(roleIds.map((id) => findRole(deps.store, access.partnerId, id)))
  await refuseNamesBeyond(
    deps,
    access,
    roles.flatMap((role) => role?.permissionNames ?? []),
  )
}

/** As {@link refuseNamesBeyond}, of what a permission is to open. */
export function refuseActionsBeyond(deps: Deps, access: Access, actions: Iterable<CatalogueAction>): void {
  if (isKeptToItself(deps, access)) refuseBeyond(access, ActionSet.of(actions))
}

function refuseBeyond({ held }: Access, opened: ActionSet): void {
  const more = opened.minus(held.opened).actions().map(nameOf)
  if (more.length === 0) return
  const rest = more.length > MOST_NAMED ? ` and ${more.length - MOST_NAMED} more actions` : ''
  throw new LatchkeyError('TOKEN_BEYOND_MAKER', { what: `${more.slice(0, MOST_NAMED).join(', ')}${rest}` })
}
