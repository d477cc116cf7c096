import type { PermissionIndex } from './catalogue/permission-index.ts'
import { type HeldPermissions, resolveHeld } from './held-permissions.ts'
import { chooseRestriction, chooseRole, type FoundRole, type RoleChoice } from './role-choice.ts'
import type { Session, SessionKind } from './session.ts'

/** The roles that a session names or that its user has, looked up; what is absent was not found. */
export interface FoundRoles {
  readonly setRole?: FoundRole | undefined
  readonly restrictingRole?: FoundRole | undefined
  readonly userRoles: readonly FoundRole[]
  readonly lostUserRole?: number | undefined
}

export interface AccessParts extends FoundRoles {
  readonly session?: Session | undefined
  readonly kind: SessionKind
  readonly features: readonly string[]
  readonly index: PermissionIndex
}

export interface ResolvedAccess {
  /** Whose role counts, or which role is named and not there. */
  readonly role: RoleChoice
  readonly held: HeldPermissions
}

/** From what a session says to what it holds: the one way to it for calls, explanations and what-ifs. */
export function resolveAccess(parts: AccessParts): ResolvedAccess {
  const { session, kind, features, index } = parts
  const chosen = chooseRole({
    session,
    setRole: parts.setRole,
    userRoles: parts.userRoles,
    lostUserRole: parts.lostUserRole,
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
    }),
  }
}
