import type { AccountRules } from './account-rules.ts'
import type { PermissionIndex } from './catalogue/permission-index.ts'
import { alwaysAllowedIn, type HeldPermissions, resolveHeld } from './held-permissions.ts'
import { chooseRestriction, chooseRole, type FoundRole, type NamedRoles, type RoleChoice } from './role-choice.ts'
import type { Session, SessionKind } from './session.ts'

/** The roles that a session names or that its user has, looked up; what is absent was not found. */
export interface FoundRoles {
  readonly setRole?: FoundRole | undefined
  readonly restrictingRole?: FoundRole | undefined
  readonly userRoles: readonly FoundRole[]
  readonly lostUserRole?: number | undefined
  /** Absent where the account has none of its own. */
  readonly accountRoles?: AccountRoles | undefined
}

/** The roles of an account's rules, looked up: the one for every session, and those by kind. */
export interface AccountRoles {
  readonly secondary?: NamedRoles | undefined
  readonly widget?: NamedRoles | undefined
  readonly user?: NamedRoles | undefined
  readonly admin?: NamedRoles | undefined
}

export interface AccessParts extends FoundRoles {
  readonly session?: Session | undefined
  readonly kind: SessionKind
  readonly features: readonly string[]
  readonly index: PermissionIndex
  readonly rules?: AccountRules | undefined
  /** The call comes from an address that the operator calls internal. */
  readonly isInternal?: boolean | undefined
}

export interface ResolvedAccess {
  /** Whose role counts, or which role is named and not there. */
  readonly role: RoleChoice
  readonly held: HeldPermissions
}

/** From what a session says to what it holds: the one way to it for calls, explanations and what-ifs. */
export function resolveAccess(parts: AccessParts): ResolvedAccess {
  const { session, kind, features, index, accountRoles, rules, isInternal } = parts
  const chosen = chooseRole({
    session,
    setRole: parts.setRole,
    userRoles: parts.userRoles,
    lostUserRole: parts.lostUserRole,
    secondaryRole: accountRoles?.secondary,
    kindRoles: accountRoles === undefined || kind === 'none' ? undefined : accountRoles[kind],
  })
  const restriction = chooseRestriction(session, parts.restrictingRole)
  return {
    role: restriction.kind === 'refuse' ? restriction : chosen,
    held: resolveHeld({
      kind,
      role: chosen.kind === 'use' ? chosen.role : undefined,
      features,
      restricting: restriction.kind === 'use' ? restriction.permissionNames : undefined,
      permissions: index,
      alwaysAllowed: alwaysAllowedIn(rules?.alwaysAllowed, isInternal),
    }),
  }
}
