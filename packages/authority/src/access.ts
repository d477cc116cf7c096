import {
  type AccountRules,
  actionScopeOf,
  type CatalogueAction,
  countingKey,
  type Decision,
  type DecisionContext,
  decide,
  decideValidity,
  type Entitlement,
  entitlementOf,
  type FoundRoles,
  type HeldPermissions,
  keysToAsk,
  readActionsLimit,
  readRolePrivilege,
  resolveAccess,
  type Session,
  type SessionKind,
  SHARED_PERMISSIONS,
  sessionKind,
  stockRoleByName,
  type Validity,
} from '@latchkey/core'
import { accountRolesOf } from './account-roles.ts'
import { isInRange, isInternalAddress } from './address-ranges.ts'
import type { Deps } from './deps.ts'
import { fidelityOf } from './fidelity.ts'
import type { OpenedSession } from './opened-sessions.ts'
import { permissionIndexIn } from './own-permissions.ts'
import type { Partner, User } from './ports.ts'
import { findRole, findRoleByName, type KnownRole } from './roles.ts'
import { isVisible } from './visibility.ts'

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
  /** What entitlement lets it see; absent is everything. */
  readonly viewer?: Entitlement | undefined
  readonly now: number
  /** Where the call came from. */
  readonly address: string
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
  /** The session is not what lets the call in, so that the URIs it may be used for are not asked. */
  readonly isOnlyShown?: boolean | undefined
  /** Id that the call names for the ownership gate, where the action has one. */
  readonly resourceId?: string | undefined
  /** False for a step that follows one of the same session: it was judged and counted there. */
  readonly countsCall: boolean
}

export interface AccessAnswer {
  readonly decision: Decision
  /** What it was decided on. */
  readonly context: DecisionContext
  readonly access: Access
}

/** Gathers what a decision rests on, and takes it. A limited session pays for the call here, allowed or not. */
export async function decideAccess(deps: Deps, question: AccessQuestion): Promise<AccessAnswer> {
  const { opened, requestedPartnerId } = question
  const now = deps.clock()
  const session = opened?.session
  const fidelity = fidelityOf(deps)
  const kind = fidelity.isVendor ? sessionKind(session, fidelity.core.isWidgetSession) : (opened?.kind ?? 'none')
  const isSpared = fidelity.sparesWidgetSessions && kind === 'widget'
  const validity =
    opened && (isSpared ? sparedValidity(question, opened, now) : await validityOf(deps, question, opened, now))
  const requested = requestedPartnerId === undefined ? undefined : await deps.store.partners.find(requestedPartnerId)
  const partner = opened?.partner ?? requested
  const partnerId = session?.partnerId ?? requestedPartnerId ?? 0
  // A widget session names the user 0, which is nobody, whoever may bear that id.
  const userId = kind === 'widget' ? undefined : session?.userId
  const user = userId ? await deps.store.users.find(partnerId, userId) : undefined
  const features = partner?.features ?? NO_FEATURES
  const rules = partner?.rules
  // Neither without a session nor by a widget's can an own permission be held, unless a role is named; nor is it anybody's to know.
  const holdsOwn =
    (rules !== undefined && givesOwn(rules, kind)) ||
    (session !== undefined && (kind !== 'widget' || session.privileges.includes('role')))
  const index = holdsOwn ? permissionIndexIn(await deps.store.permissions.list(partnerId)) : SHARED_PERMISSIONS
  const namesRole = session?.privileges.includes('role') === true || (user !== undefined && user.roleIds.length > 0)
  const roles = namesRole ? await rolesFor(deps, session, user) : NO_ROLES
  // Nearly no account has rules: those that have none wait for nothing more.
  const accountRoles =
    rules === undefined || kind === 'none' ? undefined : await accountRolesOf(deps, partnerId, rules, kind)
  const isInternal = isInternalAddress(deps, question.address)
  const { role, held } = resolveAccess({
    session,
    kind,
    features,
    index,
    ...roles,
    accountRoles,
    rules,
    isInternal,
  })
  const viewer = entitlementOf(session, features)
  const scope = session && actionScopeOf(session)
  // The call itself is judged by all that the session holds, then by its scope; what it may do besides by what is left.
  const left = scope === undefined ? held : held.within(scope)
  const context: DecisionContext = {
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
    fidelity: deps.fidelity,
    resource: question.action.ownership && (await resourceOf(deps, question, kind, partnerId, viewer)),
  }
  return {
    decision: decide(question.action, context),
    context,
    access: {
      partnerId,
      partner,
      session,
      sessionText: question.sessionText,
      kind,
      held: left,
      viewer,
      now,
      address: question.address,
      holds: (name) => left.hasName(name),
    },
  }
}

/** The roles that a session names or that its user has. Most sessions name none; no such privilege is without these letters. */
export async function rolesFor(
  deps: Pick<Deps, 'store'>,
  session: Session | undefined,
  user: User | undefined,
): Promise<FoundRoles> {
  const naming = session?.privileges.includes('role') ? session : undefined
  const own = user && user.roleIds.length > 0 ? await userRolesOf(deps, user) : NO_ROLES
  if (naming === undefined) return own
  return {
    ...own,
    setRole: await namedRole(deps, naming, 'setrole'),
    restrictingRole: await namedRole(deps, naming, 'restrictingrole'),
  }
}

/** Whether an account's rules may give permissions of its own to a call that names no role. */
function givesOwn({ alwaysAllowed, secondaryRoleId, widgetRoleId }: AccountRules, kind: SessionKind): boolean {
  return alwaysAllowed !== undefined || (kind !== 'none' && (secondaryRoleId ?? widgetRoleId) !== undefined)
}

const NO_FEATURES: readonly string[] = []
const NO_ROLES = { userRoles: [] } as const

async function validityOf(deps: Deps, question: AccessQuestion, opened: OpenedSession, now: number): Promise<Validity> {
  const { session, keys } = opened
  const revocations = await deps.store.revocations.find(keysToAsk(keys), now)
  const isRevoked = revocations.length > 0
  const isPaused = isRevoked && revocations.every(({ kind }) => kind === 'pause')
  const { address, uri, isOnlyShown } = question
  const facts = { now, address, uri, isOnlyShown, isRevoked, isPaused, isInRange }
  const validity = decideValidity(session, facts)
  const limit = readActionsLimit(session)
  if (validity.effect === 'deny' || limit.kind !== 'limit' || !question.countsCall) return validity
  const hasCallLeft = await deps.store.revocations.takeCall(countingKey(keys), limit.limit, session.expiresAt)
  return decideValidity(session, { ...facts, hasCallLeft })
}

/** Of a session that is neither revoked nor counted. */
function sparedValidity({ address, uri }: AccessQuestion, { session }: OpenedSession, now: number): Validity {
  const validity = decideValidity(session, { now, address, uri, isRevoked: false, isInRange })
  const isCounted = validity.effect === 'deny' && validity.reason.code === 'actions-limit-invalid'
  return isCounted ? { effect: 'allow' } : validity
}

/** A restricting role is named among those that all accounts share, unless by its id. */
async function namedRole(
  deps: Pick<Deps, 'store'>,
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
  deps: Pick<Deps, 'store'>,
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

type Resource = NonNullable<DecisionContext['resource']>

/** The object whose owner matters. The sandbox holds entries only; of anything else nobody is known as the owner. */
async function resourceOf(
  deps: Deps,
  { action, resourceId }: AccessQuestion,
  kind: SessionKind,
  partnerId: number,
  viewer: Entitlement | undefined,
): Promise<Resource | undefined> {
  if (action.ownership?.object !== 'entry' || resourceId === undefined) return undefined
  if (kind === 'admin' && viewer === undefined) return undefined
  const entry = await deps.store.entries.find(partnerId, resourceId)
  if (viewer === undefined) return entry
  // Whether it is not there or only out of sight is nobody's to learn.
  if (entry === undefined || !(await isVisible(deps, partnerId, resourceId, viewer))) {
    return { id: resourceId, coEditors: [], isVisible: false }
  }
  return entry
}
