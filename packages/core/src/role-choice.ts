import type { RoleSource } from './held-permissions.ts'
import { readRolePrivilege } from './privilege-role.ts'
import type { Session } from './session.ts'

export interface FoundRole {
  readonly id: number
  readonly permissionNames: readonly string[]
}

/** Roles that are named by their ids, looked up. */
export interface NamedRoles {
  readonly roles: readonly FoundRole[]
  /** Id of the first that is gone. */
  readonly lost?: number | undefined
}

export interface RoleQuestion {
  readonly session?: Session | undefined
  /** The role that `setrole` names, looked up; absent where there is none. */
  readonly setRole?: FoundRole | undefined
  /** The roles of the session's user, where that user is there and active. */
  readonly userRoles: readonly FoundRole[]
  /** Id of a role that the user has and that is gone: without it the user would hold what nobody gave. */
  readonly lostUserRole?: number | undefined
  /** The role that the account has for every session, before all others. */
  readonly secondaryRole?: NamedRoles | undefined
  /** What the account has in the place of what sessions of the kind hold. */
  readonly kindRoles?: NamedRoles | undefined
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
  readonly namedBy?: 'user' | 'restrictingrole' | 'account' | undefined
}

/** What `restrictingrole` takes away, if it names a role. */
export type Restriction =
  | { readonly kind: 'use'; readonly permissionNames?: readonly string[] | undefined }
  | RoleRefusal

const BY_KIND: RoleChoice = { kind: 'use' }
/** Of `setrole:null`: one object, so that what is compiled from it is found again. */
const NO_ROLE: RoleChoice = { kind: 'use', role: { from: 'role:0', permissionNames: [] } }

/**
 * Whose role counts: the account's secondary one before `setrole` before the user's roles, whatever the session's type, before
 * what the account has for the kind, before what every account has for it.
 */
export function chooseRole(question: RoleQuestion): RoleChoice {
  const { session, setRole, userRoles, lostUserRole, secondaryRole, kindRoles } = question
  if (session === undefined) return BY_KIND
  if (secondaryRole !== undefined) return ofAccount(secondaryRole)
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
      if (userRoles.length > 0) return { kind: 'use', role: unionOf(userRoles) }
      return kindRoles === undefined ? BY_KIND : ofAccount(kindRoles)
  }
}

function ofAccount({ roles, lost }: NamedRoles): RoleChoice {
  if (lost !== undefined) return { kind: 'refuse', role: String(lost), isInvalid: false, namedBy: 'account' }
  const [only] = roles
  if (only === undefined) return BY_KIND
  return { kind: 'use', role: roles.length === 1 ? sourceOf(only) : unionOf(roles, 'session-kind') }
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
const unions: Readonly<Record<'user' | 'session-kind', Union>> = {
  user: { longer: new WeakMap() },
  'session-kind': { longer: new WeakMap() },
}

/** @param from whose roles they are: the session's user's, or those of all sessions of the kind */
function unionOf(roles: readonly FoundRole[], from: 'user' | 'session-kind' = 'user'): RoleSource {
  let union = unions[from]
  for (const role of roles) {
    const next = union.longer.get(role) ?? { longer: new WeakMap() }
    union.longer.set(role, next)
    union = next
  }
  union.source ??= { from, permissionNames: [...new Set(roles.flatMap((role) => role.permissionNames))] }
  return union.source
}
