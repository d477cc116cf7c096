import type { AccountRules } from './account-rules.ts'
import { actionBlock } from './action-blocks.ts'
import { Allowed } from './allowed.ts'
import type { CatalogueAction } from './catalogue/actions.ts'
import type { Decision, DenyReason } from './decision.ts'
import { CORE_FIDELITY, type Fidelity } from './fidelity.ts'
import type { HeldPermissions } from './held-permissions.ts'
import { PermissionMissing } from './permission-missing.ts'
import type { RoleChoice } from './role-choice.ts'
import { actionScopeOf } from './scope/action-scope.ts'
import type { Session, SessionKind } from './session.ts'
import type { Validity, ValidityReason } from './validity.ts'

/** Everything a decision rests on, looked up before. What is not known closes no gate. */
export interface DecisionContext {
  readonly session?: Session | undefined
  /** Why what was sent as the session is none; then there is no `session`. */
  readonly unreadable?: 'malformed' | 'bad-signature' | undefined
  /** More calls came than the rate allows. */
  readonly isThrottled?: boolean | undefined
  readonly kind: SessionKind
  /** Of the session, where there is one. */
  readonly validity?: Validity | undefined
  /** The account that the call runs in; absent is the one that nobody owns. */
  readonly partner?:
    | {
        readonly id: number
        readonly status: number
        readonly isHttpsOnly: boolean
        readonly features: readonly string[]
        readonly rules?: AccountRules | undefined
      }
    | undefined
  /** The account that the call names; without a status where there is none of that id. */
  readonly requestedPartner?: { readonly id: number; readonly status?: number | undefined } | undefined
  /** The session's user, where the account has it. */
  readonly user?: { readonly id: string; readonly status: number } | undefined
  readonly role: RoleChoice
  readonly held: HeldPermissions
  readonly isHttps: boolean
  /** `mended` unless given. */
  readonly fidelity?: Fidelity | undefined
  /** What the ownership gate is about; absent where it is not known, which the action itself will tell. */
  readonly resource?:
    | {
        readonly id: string
        readonly ownerId?: string | undefined
        readonly coEditors: readonly string[]
        /** False where entitlement keeps it from the session: then it is as if it were not there. */
        readonly isVisible?: boolean | undefined
      }
    | undefined
}

const BLOCKED_USER = 0
const ACTIVE = 1

/** Whether a call is let through: the gates in the original's order, of which the first that is shut gives the reason. */
export function decide(action: CatalogueAction, context: DecisionContext): Decision {
  const reason = reasonAgainst(action, context)
  if (reason !== undefined) return { effect: 'deny', reason }
  if (context.held.opens(action)) return new Allowed(action, context.held)
  return action.opensTo === 'session' ? OPEN_TO_SESSIONS : PUBLIC
}

const OPEN_TO_SESSIONS: Decision = { effect: 'allow', openedBy: 'session' }
const PUBLIC: Decision = { effect: 'allow', openedBy: 'public' }

function reasonAgainst(action: CatalogueAction, context: DecisionContext): DenyReason | undefined {
  return (
    againstReading(context) ??
    againstValidity(context.validity) ??
    againstAccount(context) ??
    againstOwnership(action, context) ??
    againstPermission(action, context) ??
    againstScope(action, context.session) ??
    againstTransport(context) ??
    againstFeature(action, context) ??
    againstVisibility(context)
  )
}

/** Judged before the parameters of a call are looked at, so that a server knows these before it asks the rest. */
function againstReading({ unreadable, isThrottled }: DecisionContext): DenyReason | undefined {
  if (unreadable !== undefined) return { code: unreadable }
  return isThrottled === true ? { code: 'rate' } : undefined
}

function againstValidity(validity: Validity | undefined): DenyReason | undefined {
  if (validity === undefined || validity.effect === 'allow') return undefined
  return denialOfValidity(validity.reason)
}

/** Why a session does not count, as the reason of a decision. */
export function denialOfValidity(reason: ValidityReason): DenyReason {
  switch (reason.code) {
    case 'actions-limit-invalid':
      return { code: 'actions-limit-used-up', limit: reason.value, isNumber: false }
    case 'actions-limit-used-up':
      return { code: 'actions-limit-used-up', limit: String(reason.limit), isNumber: true }
    case 'uri-not-allowed':
      return { code: 'uri-not-allowed', allowed: reason.allowed }
    default:
      return reason
  }
}

function againstAccount({ requestedPartner, partner, user, role }: DecisionContext): DenyReason | undefined {
  if (requestedPartner !== undefined && !mayCall(requestedPartner.status)) {
    return { code: 'partner-blocked', partnerId: requestedPartner.id, isKnown: requestedPartner.status !== undefined }
  }
  if (partner !== undefined && !mayCall(partner.status)) {
    return { code: 'partner-blocked', partnerId: partner.id, isKnown: true }
  }
  if (user?.status === BLOCKED_USER) return { code: 'user-blocked', userId: user.id }
  if (role.kind === 'use') return undefined
  return { code: 'role-unknown', role: role.role, isInvalid: role.isInvalid, namedBy: role.namedBy }
}

/** Active and read-only accounts. */
function mayCall(status: number | undefined): boolean {
  return status === 1 || status === 4
}

function againstOwnership(action: CatalogueAction, context: DecisionContext): DenyReason | undefined {
  const { ownership } = action
  const { session, kind, resource } = context
  if (ownership === undefined || kind === 'admin') return undefined
  const rules = CORE_FIDELITY[context.fidelity ?? 'mended']
  // Nobody owns nothing: what the service would let through without a session stops here.
  if (session === undefined) {
    return rules.gateKnowsNoSession
      ? withoutPermission(action, context)
      : { code: 'entry-not-owned', privilege: ownership.privilege }
  }
  if (resource === undefined) return undefined
  // What cannot be seen has no owner that one could be told apart by; the action then does not find it.
  if (resource.isVisible === false) return undefined
  const { userId } = session
  const isOwner = Boolean(userId) && resource.ownerId === userId
  const isCoEditor = Boolean(userId) && !ownership.isOwnerOnly && resource.coEditors.includes(userId ?? '')
  const isLifted =
    rules.hasPrivilege(session, ownership.privilege, resource.id) ||
    rules.hasPrivilege(session, ownership.privilege, '*')
  return isOwner || isCoEditor || isLifted ? undefined : { code: 'entry-not-owned', privilege: ownership.privilege }
}

function againstPermission(action: CatalogueAction, context: DecisionContext): DenyReason | undefined {
  const { session, requestedPartner, partner, held } = context
  // Ordinary accounts act for nobody else, so any other account is one too many.
  if (session !== undefined && requestedPartner !== undefined && requestedPartner.id !== session.partnerId) {
    return { code: 'wrong-partner', own: session.partnerId, requested: requestedPartner.id }
  }
  // Nearly no account blocks anything.
  const mayBlock = partner !== undefined && (partner.rules !== undefined || partner.status !== ACTIVE)
  const block = mayBlock ? actionBlock(action, partner) : undefined
  if (mayBlock && block !== undefined) {
    return { code: 'partner-blocked', partnerId: partner.id, isKnown: true, isForAction: true, pattern: block.pattern }
  }
  if (held.opens(action)) return undefined
  if (session === undefined ? action.isPublic : action.opensTo === 'session') return undefined
  return withoutPermission(action, context)
}

/** Public actions and those of any session are in no scope either that does not name them. */
function againstScope(action: CatalogueAction, session: Session | undefined): DenyReason | undefined {
  const scope = session && actionScopeOf(session)
  if (scope === undefined || scope.has(action)) return undefined
  return { code: 'out-of-scope', scope: `${action.service}.${action.action}`, allowed: scope.names() }
}

function withoutPermission(action: CatalogueAction, { session, held, kind }: DecisionContext): DenyReason {
  const isClosed = action.kind === 'internal' || action.kind === 'rowless'
  if (isClosed && held.index.neededFor(action).length === 0) return { code: 'never-open', kind: action.kind }
  if (session === undefined) return { code: 'no-session', needed: held.index.neededFor(action), held: held.list() }
  return new PermissionMissing(kind, action, held)
}

function againstTransport({ partner, isHttps }: DecisionContext): DenyReason | undefined {
  return partner?.isHttpsOnly === true && !isHttps ? { code: 'transport-refused' } : undefined
}

function againstFeature({ plugin }: CatalogueAction, { partner }: DecisionContext): DenyReason | undefined {
  if (plugin === undefined || partner?.features.includes(plugin.feature) === true) return undefined
  return { code: 'feature-off', feature: plugin.feature, plugin: plugin.name }
}

function againstVisibility({ resource }: DecisionContext): DenyReason | undefined {
  return resource?.isVisible === false ? { code: 'entry-not-visible', id: resource.id } : undefined
}
