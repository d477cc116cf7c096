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

/** Sections 6.3 and 6.4, one sentence after the other. */
export function naiveHeld(tables: Tables, account: NaiveAccount, session: NaiveSession | undefined): NaiveHeld {
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
  return { kind: 'held', names: taken.includes('*') ? [] : all.filter((name) => !taken.includes(name)), lost }
}

/** The first that names a role decides (6.3). */
function namesListed(account: NaiveAccount, session: NaiveSession | undefined): readonly string[] | 'role-unknown' {
  if (session === undefined) return ['ALWAYS_ALLOWED_ACTIONS', 'ALWAYS_ALLOWED_PERMISSION_HYBRID_ECDN']

  const setrole = firstValueOf(session, 'setrole')
  if (setrole === 'null') return []
  if (setrole !== '' && setrole !== '0') {
    const known = [...account.roles, ...account.sharedRoles]
    return known.find((role) => isNamed(role, setrole))?.permissionNames ?? 'role-unknown'
  }

  const kind = naiveKind(session)
  const user = kind === 'widget' ? undefined : account.users.find(({ id }) => id === session.userId)
  if (user?.status === 'active' && user.roleIds.length > 0) {
    const known = [...account.roles, ...account.sharedRoles]
    const roles = user.roleIds.map((id) => known.find((role) => role.id === id))
    if (roles.includes(undefined)) return 'role-unknown'
    return roles.flatMap((role) => role?.permissionNames ?? [])
  }

  switch (kind) {
    case 'widget':
      return ['WIDGET_SESSION_PERMISSION']
    case 'admin':
      return ['*']
    default:
      return ['BASE_USER_SESSION_PERMISSION']
  }
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
