import { firstValueOf, type NaiveAccount, type NaiveRole, type NaiveSession, naiveKind } from './session.ts'
import type { Tables } from './tables.ts'

/** What a call holds, or that a role cannot be found, which refuses it. */
export type NaiveHeld =
  | {
      readonly kind: 'held'
      readonly names: readonly string[]
      /** Listed by the role, and lost for lack of what they depend on. */
      readonly lost: readonly string[]
    }
  | { readonly kind: 'role-unknown' }

/** Sections 6.3 and 6.4, one sentence after the other. @param fromInside the call comes from an internal address */
export function naiveHeld(
  tables: Tables,
  account: NaiveAccount,
  session: NaiveSession | undefined,
  fromInside = false,
): NaiveHeld {
  const listed = namesListed(account, session)
  const taken = session === undefined ? [] : namesTaken(account, session)
  if (listed === 'role-unknown' || taken === 'role-unknown') return { kind: 'role-unknown' }

  // `*` is every permission of account 0 and of the account, of whatever type.
  const defined = [...tables.permissions, ...account.ownPermissions]
  const everything = [...defined.map(({ name }) => name), ...account.features]
  const start = listed.includes('*') ? everything : listed

  // A permission stays only while each that it depends on is there too, or is a feature of the account.
  let names = [...start]
  for (;;) {
    const left = names.filter((name) => {
      const dependsOn = defined.find((permission) => permission.name === name)?.dependsOn ?? []
      return dependsOn.every((other) => names.includes(other) || account.features.includes(other))
    })
    if (left.length === names.length) break
    names = left
  }
  const lost = start.filter((name) => !names.includes(name))

  // What is always allowed is added, then the restricting role's names are taken away.
  const all = [...names, ...account.alwaysAllowed]
  if (fromInside) all.push('ALWAYS_ALLOWED_FROM_INTERNAL_IP_ACTIONS')
  const flag = 'DYNAMIC_FLAG_KMC_CHUNKED_CATEGORY_LOAD'
  if (account.features.includes(flag)) all.push(flag)
  return { kind: 'held', names: taken.includes('*') ? [] : all.filter((name) => !taken.includes(name)), lost }
}

/** The first that names a role decides (6.3). */
function namesListed(account: NaiveAccount, session: NaiveSession | undefined): readonly string[] | 'role-unknown' {
  if (session === undefined) return ['ALWAYS_ALLOWED_ACTIONS', 'ALWAYS_ALLOWED_PERMISSION_HYBRID_ECDN']

  if (account.secondaryRole !== undefined) return namesOfRoles(account, [account.secondaryRole])

  const setrole = firstValueOf(session, 'setrole')
  if (setrole === 'null') return []
  if (setrole !== '' && setrole !== '0') {
    const known = [...account.roles, ...account.sharedRoles]
    return known.find((role) => isNamed(role, setrole))?.permissionNames ?? 'role-unknown'
  }

  const kind = naiveKind(session)
  const user = kind === 'widget' ? undefined : account.users.find(({ id }) => id === session.userId)
  if (user?.status === 'active' && user.roleIds.length > 0) return namesOfRoles(account, user.roleIds)

  const { kindRoles } = account
  switch (kind) {
    case 'widget':
      if (kindRoles.widget !== undefined) return namesOfRoles(account, [kindRoles.widget])
      return ['WIDGET_SESSION_PERMISSION']
    case 'admin':
      if (kindRoles.admin !== undefined) return namesOfRoles(account, [kindRoles.admin])
      return ['*']
    default:
      if (kindRoles.user !== undefined && kindRoles.user.length > 0) return namesOfRoles(account, kindRoles.user)
      return ['BASE_USER_SESSION_PERMISSION']
  }
}

/** Several together hold what each of them lists; one that is gone is no role at all. */
function namesOfRoles(account: NaiveAccount, ids: readonly number[]): readonly string[] | 'role-unknown' {
  const known = [...account.roles, ...account.sharedRoles]
  const roles = ids.map((id) => known.find((role) => role.id === id))
  if (roles.includes(undefined)) return 'role-unknown'
  return roles.flatMap((role) => role?.permissionNames ?? [])
}

/** `restrictingrole` names a role by its id, or a shared one by its name (3.3). */
function namesTaken(account: NaiveAccount, session: NaiveSession): readonly string[] | 'role-unknown' {
  const restricting = firstValueOf(session, 'restrictingrole')
  if (restricting === '' || restricting === '0' || restricting === 'null') return []
  const role =
    account.roles.find(({ id }) => String(id) === restricting) ??
    account.sharedRoles.find((shared) => isNamed(shared, restricting))
  return role?.permissionNames ?? 'role-unknown'
}

function isNamed(role: NaiveRole, value: string): boolean {
  return String(role.id) === value || role.systemName === value
}
