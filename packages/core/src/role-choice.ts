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
  /** Id of a role that the user has and that is gone: without it the user would hold what nobody gave. */
  readonly lostUserRole?: number | undefined
}

export type RoleChoice =
  /** Absent role: what the session's kind holds. */
  { readonly kind: 'use'; readonly role?: RoleSource | undefined } | RoleRefusal

/** A role is named that is not there, or by a number below zero. */
export interface RoleRefusal {
  readonly kind: 'refuse'
  readonly role: string
  readonly isInvalid: boolean
  /** Who named it, where that was not `setrole`. */
  readonly namedBy?: 'user' | 'restrictingrole' | undefined
}

/** What `restrictingrole` takes away, if it names a role. */
export type Restriction =
  | { readonly kind: 'use'; readonly permissionNames?: readonly string[] | undefined }
  | RoleRefusal

const BY_KIND: RoleChoice = { kind: 'use' }
/** Of `setrole:null`: one object, so that what is compiled from it is found again. */
const NO_ROLE: RoleChoice = { kind: 'use', role: { from: 'role:0', permissionNames: [] } }

/** Whose role counts: `setrole` before the user's roles before the kind, whatever the session's type. */
export function chooseRole({ session, setRole, userRoles, lostUserRole }: RoleQuestion): RoleChoice {
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
      if (lostUserRole !== undefined) {
        return { kind: 'refuse', role: String(lostUserRole), isInvalid: false, namedBy: 'user' }
      }
      return userRoles.length === 0 ? BY_KIND : { kind: 'use', role: unionOf(userRoles) }
  }
}

/**
 * What a session is to be kept from, whatever its role gives. A restricting role that is not there refuses every call:
 * to pass it over would give back what somebody took away.
 *
 * @param found the role that `restrictingrole` names, looked up; absent where there is none
 */
export function chooseRestriction(session: Session | undefined, found: FoundRole | undefined): Restriction {
  const named = session === undefined ? undefined : readRolePrivilege(session, 'restrictingrole')
  if (named === undefined || named.kind === 'none' || named.kind === 'null') return { kind: 'use' }
  if (named.kind === 'invalid') {
    return { kind: 'refuse', role: named.value, isInvalid: true, namedBy: 'restrictingrole' }
  }
  if (found !== undefined) return { kind: 'use', permissionNames: found.permissionNames }
  const role = named.kind === 'id' ? String(named.id) : named.name
  return { kind: 'refuse', role, isInvalid: false, namedBy: 'restrictingrole' }
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

interface Union {
  source?: RoleSource
  readonly longer: WeakMap<FoundRole, Union>
}

/** Unions by their first role, then by each that follows. */
const unions: Union = { longer: new WeakMap() }

function unionOf(roles: readonly FoundRole[]): RoleSource {
  let union = unions
  for (const role of roles) {
    const next = union.longer.get(role) ?? { longer: new WeakMap() }
    union.longer.set(role, next)
    union = next
  }
  union.source ??= { from: 'user', permissionNames: [...new Set(roles.flatMap((role) => role.permissionNames))] }
  return union.source
}
