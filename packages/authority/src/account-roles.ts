import type { AccountRoles, AccountRules, NamedRoles } from '@latchkey/core'
import type { Deps } from './deps.ts'
import { findRole, type KnownRole } from './roles.ts'

/**
 * The roles of an account's rules, looked up. The one for every session stands in the way of the others, which then are not
 * looked for.
 *
 * @param kind the only one that matters; leave it out for all
 */
export async function accountRolesOf(
  deps: Pick<Deps, 'store'>,
  partnerId: number,
  rules: AccountRules,
  kind?: 'widget' | 'user' | 'admin',
): Promise<AccountRoles | undefined> {
  const { secondaryRoleId, widgetRoleId, userRoleIds, adminRoleId } = rules
  const secondary = await rolesOf(deps, partnerId, listOf(secondaryRoleId))
  if (secondary !== undefined) return { secondary }
  const ids = { widget: listOf(widgetRoleId), user: userRoleIds ?? [], admin: listOf(adminRoleId) }
  const found = async (of: 'widget' | 'user' | 'admin') =>
    kind === undefined || kind === of ? rolesOf(deps, partnerId, ids[of]) : undefined
  const roles = { widget: await found('widget'), user: await found('user'), admin: await found('admin') }
  return (roles.widget ?? roles.user ?? roles.admin) ? roles : undefined
}

function listOf(id: number | undefined): readonly number[] {
  return id === undefined ? [] : [id]
}

/** Undefined for no ids. */
async function rolesOf(
  { store }: Pick<Deps, 'store'>,
  partnerId: number,
  ids: readonly number[],
): Promise<NamedRoles | undefined> {
  const roles: KnownRole[] = []
  for (const id of ids) {
    const role = await findRole(store, partnerId, id)
    if (role === undefined) return { roles, lost: id }
    roles.push(role)
  }
  return roles.length === 0 ? undefined : { roles }
}
