import {
  type CatalogueAction,
  chooseRestriction,
  chooseRole,
  type Decision,
  decide,
  decideValidity,
  type HeldPermissions,
  readActionsLimit,
  readRolePrivilege,
  resolveHeld,
  type Session,
  type SessionKind,
  sessionKind,
  stockRoleByName,
  type Validity,
} from '@latchkey/core'
import type { Deps } from './deps.ts'
import type { OpenedSession } from './opened-sessions.ts'
import type { Entry, Partner, User } from './ports.ts'
import { findRole, findRoleByName, type KnownRole } from './roles.ts'

/** Who calls, and what they hold: what every use case is handed once a call is allowed. */
export interface Access {
  /** The session's account; without a session the one that the call names, else 0. */
  readonly partnerId: number
  readonly partner?: Partner | undefined
  readonly session?: Session | undefined
  /** The session string exactly as it arrived. */
  readonly sessionText?: string | undefined
  readonly kind: SessionKind
  readonly held: HeldPermissions
  readonly now: number
  /** Whether the call has a permission, by name. */
  holds(permission: string): boolean
}

export interface AccessQuestion {
  readonly action: CatalogueAction
  readonly opened?: OpenedSession | undefined
  readonly sessionText?: string | undefined
  /** The account that the call names besides its session. */
  readonly requestedPartnerId?: number | undefined
  readonly address: string
  /** Path and query string as received. */
  readonly uri: string
  readonly isHttps: boolean
  /** Id that the call names for the ownership gate, where the action has one. */
  readonly resourceId?: string | undefined
  /** False for a step that follows one of the same session: it was judged and counted there. */
  readonly countsCall: boolean
}

export interface AccessAnswer {
  readonly decision: Decision
  readonly access: Access
}

/** Gathers what a decision rests on, and takes it. A limited session pays for the call here, allowed or not. */
export async function decideAccess(deps: Deps, question: AccessQuestion): Promise<AccessAnswer> {
  const { opened, requestedPartnerId } = question
  const now = deps.clock()
  const session = opened?.session
  const kind = sessionKind(session)
  const validity = opened && (await validityOf(deps, question, opened, now))
  const requested = requestedPartnerId === undefined ? undefined : await deps.store.partners.find(requestedPartnerId)
  const partner = opened?.partner ?? requested
  const partnerId = session?.partnerId ?? requestedPartnerId ?? 0
  // A widget session names the user 0, which is nobody, whoever may bear that id.
  const userId = kind === 'widget' ? undefined : session?.userId
  const user = userId ? await deps.store.users.find(partnerId, userId) : undefined
  const features = partner?.features ?? NO_FEATURES
  // Most sessions name no role; neither privilege is without these letters.
  const namesRole = session?.privileges.includes('role') ? session : undefined
  const chosen = chooseRole({
    session,
    setRole: namesRole && (await namedRole(deps, namesRole, 'setrole')),
    ...(user && user.roleIds.length > 0 ? await userRolesOf(deps, user) : NO_ROLES),
  })
  const restriction = chooseRestriction(session, namesRole && (await namedRole(deps, namesRole, 'restrictingrole')))
  const role = restriction.kind === 'refuse' ? restriction : chosen
  const held = resolveHeld({
    kind,
    role: chosen.kind === 'use' ? chosen.role : undefined,
    features,
    restricting: restriction.kind === 'use' ? restriction.permissionNames : undefined,
  })
  const decision = decide(question.action, {
    session,
    kind,
    validity,
    partner,
    requestedPartner:
      requestedPartnerId === undefined ? undefined : { id: requestedPartnerId, status: requested?.status },
    user,
    role,
    held,
    isHttps: question.isHttps,
    resource: question.action.ownership && (await resourceOf(deps, question, kind, partnerId)),
  })
  return {
    decision,
    access: {
      partnerId,
      partner,
      session,
      sessionText: question.sessionText,
      kind,
      held,
      now,
      holds: (name) => held.hasName(name),
    },
  }
}

const NO_FEATURES: readonly string[] = []
const NO_ROLES = { userRoles: [] } as const

async function validityOf(deps: Deps, question: AccessQuestion, opened: OpenedSession, now: number): Promise<Validity> {
  const { session, keys } = opened
  const names = keys.group === undefined ? [keys.fingerprint] : [keys.fingerprint, keys.group]
  const isRevoked = (await deps.store.revocations.find(names, now)).length > 0
  const facts = { now, address: question.address, uri: question.uri, isRevoked }
  const validity = decideValidity(session, facts)
  const limit = readActionsLimit(session)
  if (validity.effect === 'deny' || limit.kind !== 'limit' || !question.countsCall) return validity
  const hasCallLeft = await deps.store.revocations.takeCall(keys.fingerprint, limit.limit, session.expiresAt)
  return decideValidity(session, { ...facts, hasCallLeft })
}

/** A restricting role is named among those that all accounts share, unless by its id. */
async function namedRole(
  deps: Deps,
  session: Session,
  privilege: 'setrole' | 'restrictingrole',
): Promise<KnownRole | undefined> {
  const role = readRolePrivilege(session, privilege)
  if (role.kind === 'id') return findRole(deps.store, session.partnerId, role.id)
  if (role.kind !== 'name') return undefined
  return privilege === 'restrictingrole'
    ? stockRoleByName(role.name)
    : findRoleByName(deps.store, session.partnerId, role.name)
}

async function userRolesOf(
  deps: Deps,
  user: User,
): Promise<{ readonly userRoles: readonly KnownRole[]; readonly lostUserRole?: number }> {
  const userRoles: KnownRole[] = []
  for (const id of user.roleIds) {
    const role = await findRole(deps.store, user.partnerId, id)
    if (role === undefined) return { userRoles, lostUserRole: id }
    userRoles.push(role)
  }
  return { userRoles }
}

/** The object whose owner matters. The sandbox holds entries only; of anything else nobody is known as the owner. */
async function resourceOf(
  deps: Deps,
  question: AccessQuestion,
  kind: SessionKind,
  partnerId: number,
): Promise<Entry | undefined> {
  const gate = question.action.ownership
  if (gate === undefined || kind === 'admin' || question.resourceId === undefined) return undefined
  return gate.object === 'entry' ? deps.store.entries.find(partnerId, question.resourceId) : undefined
}
