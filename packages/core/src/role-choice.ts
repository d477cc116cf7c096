import type { RoleSource } from './held-permissions.ts'
import { readRolePrivilege } from './privilege-role.ts'
import type { Session } from './session.ts'

export interface FoundRole {
  readonly id: number
  readonly permissionNames: readonly string[]
}

export interface RoleQuestion {
  readonly session?: Session | undefined
  /** The role that `setrole` names, looked up; absent where there is none. */
  readonly setRole?: FoundRole | undefined
  /** The roles of the session's user, where that user is there and active. */
  readonly userRoles: readonly FoundRole[]
}

export type RoleChoice =
  /** Absent role: what the session's kind holds. */
  | { readonly kind: 'use'; readonly role?: RoleSource | undefined }
  /** `setrole` names no role, or a number below zero. */
  | { readonly kind: 'refuse'; readonly role: string; readonly isInvalid: boolean }

const BY_KIND: RoleChoice = { kind: 'use' }
/** Of `setrole:null`: one object, so that what is compiled from it is found again. */
const NO_ROLE: RoleChoice = { kind: 'use', role: { from: 'role:0', permissionNames: [] } }

/** Whose role counts: `setrole` before the user's roles before the kind, whatever the session's type. */
export function chooseRole({ session, setRole, userRoles }: RoleQuestion): RoleChoice {
  if (session === undefined) return BY_KIND
  const named = readRolePrivilege(session)
  switch (named.kind) {
    case 'invalid':
      return { kind: 'refuse', role: named.value, isInvalid: true }
    case 'null':
      return NO_ROLE
    case 'id':
    case 'name': {
      if (setRole !== undefined) return { kind: 'use', role: sourceOf(setRole) }
      return { kind: 'refuse', role: named.kind === 'id' ? String(named.id) : named.name, isInvalid: false }
    }
    case 'none':
      return userRoles.length === 0 ? BY_KIND : { kind: 'use', role: unionOf(userRoles) }
  }
}

/** One source object a role, so that what is compiled from it is found again. */
const sources = new WeakMap<FoundRole, RoleSource>()

function sourceOf(role: FoundRole): RoleSource {
  const kept = sources.get(role)
  if (kept !== undefined) return kept
  const source: RoleSource = { from: `role:${role.id}`, permissionNames: role.permissionNames }
  sources.set(role, source)
  return source
}

function unionOf(roles: readonly FoundRole[]): RoleSource {
  return { from: 'user', permissionNames: [...new Set(roles.flatMap((role) => role.permissionNames))] }
}
