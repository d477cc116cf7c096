import {
  type DenyReason,
  type ExchangeGrant,
  type ExchangeReason,
  explainExchangeWarning,
  formatPrivilege,
  formatScope,
  LatchkeyError,
  limitGrant,
  type NarrowingReason,
  type Privilege,
  parseScope,
  showableScope,
} from '@latchkey/core'
import type { Deps } from '../deps.ts'
import { grantAppToken, sealGrant } from '../exchange.ts'
import type { Partner } from '../ports.ts'
import { type ClientCredentials, type ClientMistake, type ClientProof, proveClient } from './client.ts'
import { type CallPlace, loginAccess } from './login-access.ts'
import { type DroppedScope, giveActions, givenPrivileges, judgedOfGrant } from './scope.ts'

/** What came of a request, for the journal: whose it was, however it ended. */
export interface DoorNote {
  readonly partnerId?: number | undefined
  readonly tokenId?: string | undefined
  readonly userId?: string | undefined
  /** Which value of a token that is being rotated proved it. */
  readonly value?: 'current' | 'previous' | undefined
}

/** Why a door gives nothing. All but the first are told to whoever has shown the right value only. */
export type DoorReason =
  | { readonly code: 'client-unproven'; readonly mistake?: ClientMistake | undefined }
  /** The request names another account than the token's. */
  | { readonly code: 'partner-differs'; readonly asked: number }
  /** The account, or the place that the request comes from, lets nobody log in. */
  | { readonly code: 'login-refused'; readonly reason: DenyReason }
  | { readonly code: 'exchange'; readonly reason: ExchangeReason }
  | { readonly code: 'scope-beyond'; readonly dropped: readonly DroppedScope[] }
  /** What was shown as a session is none, or none that counts. */
  | { readonly code: 'session-refused'; readonly reason: DenyReason }
  /** Another app token's, or none's. */
  | { readonly code: 'session-of-other'; readonly isOfNone: boolean }
  | { readonly code: 'not-narrowed'; readonly reasons: readonly NarrowingReason[] }
  /** What the app token gives by itself holds a sign that no session string of the account's version can. */
  | { readonly code: 'unsealable'; readonly version: 1 | 2 }

export type DoorDenial = { readonly effect: 'deny'; readonly reason: DoorReason; readonly note: DoorNote }

export interface IssuedSession {
  readonly effect: 'allow'
  readonly sessionText: string
  readonly fingerprint: string
  /** True to the second. */
  readonly lifetimeSeconds: number
  /** What was granted, as a scope. */
  readonly scope: string
  readonly dropped: readonly DroppedScope[]
  readonly warnings: readonly { readonly id: string; readonly text: string }[]
  readonly note: DoorNote
}

/** What a client asks for, as its door has read it. */
export interface SessionWish {
  readonly credentials: ClientCredentials
  readonly place: CallPlace
  /** The account that the request names. */
  readonly partnerId?: number | undefined
  readonly scope?: string | undefined
  /** Seconds; absent is as long as the app token allows. */
  readonly lifetimeSeconds?: number | undefined
}

/**
 * An app token's id and value in, a session out, by the same exchange as `appToken.startSession`, of which a scope only
 * takes away.
 */
export async function issueForClient(deps: Deps, wish: SessionWish): Promise<IssuedSession | DoorDenial> {
  const asked = parseScope(wish.scope ?? '')
  const login = await logInClient(deps, wish, ({ sessionVersion }) => ({
    privileges: asked.privileges
      .filter((each) => isWritable(each, sessionVersion))
      .map(formatPrivilege)
      .join(','),
    expirySeconds: wish.lifetimeSeconds,
  }))
  if (login.effect === 'deny') return login
  const { grant, partner, note } = login
  const ofPrivileges = givenPrivileges(asked.privileges, grant)
  const needsJudging = asked.actions !== undefined
  const { scope, dropped } = needsJudging
    ? giveActions(asked, await judgedOfGrant(deps, partner, grant, wish.place))
    : { dropped: asked.unknown.map((each) => ({ ...each, reason: 'unknown' })) }
  const unwritable = asked.privileges.filter((each) => !isWritable(each, partner.sessionVersion)).map(droppedUnwritable)
  const allDropped = [...dropped, ...ofPrivileges.dropped, ...unwritable]
  const givesNothing =
    scope === undefined
      ? (wish.scope ?? '') !== '' && !asked.isFull && ofPrivileges.given.length === 0
      : scope.actions.length === 0
  // A session without what was asked for would be no limit at all, or good for nothing.
  if (givesNothing) return { effect: 'deny', reason: { code: 'scope-beyond', dropped: allDropped }, note }
  const limited = scope === undefined ? grant : limitGrant(grant, scope)
  const sealed = sealedUnlessOdd(() => sealGrant(deps, partner, limited))
  if (sealed === undefined)
    return { effect: 'deny', reason: { code: 'unsealable', version: partner.sessionVersion }, note }
  return {
    effect: 'allow',
    sessionText: sealed.sessionText,
    fingerprint: sealed.fingerprint,
    lifetimeSeconds: sealed.grant.fields.expiresAt - login.now,
    scope: formatScope(scope, ofPrivileges.given),
    dropped: allDropped,
    warnings: grant.warnings.map((warning) => ({ id: warning.code, text: explainExchangeWarning(warning) })),
    note,
  }
}

/** A semicolon would shift the fields of a session string of version 1. */
function isWritable(privilege: Privilege, version: 1 | 2): boolean {
  return version === 2 || !formatPrivilege(privilege).includes(';')
}

function droppedUnwritable(privilege: Privilege): DroppedScope {
  const text = 'a semicolon stands in it, which no session of version 1 can hold; the account gives those'
  return { scope: showableScope(`priv:${formatPrivilege(privilege)}`), reason: 'unwritable', text }
}

/** Undefined where something cannot be written into a session string as it is, which is no fault of the server. */
export function sealedUnlessOdd<T>(seal: () => T): T | undefined {
  try {
    return seal()
  } catch (error) {
    if (error instanceof LatchkeyError && ODD.has(error.code)) return undefined
    throw error
  }
}

const ODD: ReadonlySet<string> = new Set(['SESSION_FIELD_INVALID', 'PRIVILEGE_NAME_INVALID'])

export type ClientLogin =
  | {
      readonly effect: 'allow'
      readonly grant: ExchangeGrant
      readonly partner: Partner
      readonly proof: Extract<ClientProof, { effect: 'proven' }>
      readonly now: number
      readonly note: DoorNote
    }
  | DoorDenial

/** All gates between a client and what its app token gives, the same for every grant. Counts as one start of a session, unless it is a draft. */
export async function logInClient(
  deps: Deps,
  { credentials, place, partnerId }: Pick<SessionWish, 'credentials' | 'place' | 'partnerId'>,
  requestFor: (partner: Partner) => { readonly privileges?: string; readonly expirySeconds?: number | undefined },
  options: { readonly isDraft?: boolean } = {},
): Promise<ClientLogin> {
  const proof = await proveClient(deps, credentials)
  if (proof.effect === 'unproven') {
    const { mistake, token } = proof
    return { effect: 'deny', reason: { code: 'client-unproven', mistake }, note: noteOf(token) }
  }
  const { token, partner } = proof
  const note = noteOf(token)
  const deny = (reason: DoorReason): DoorDenial => ({ effect: 'deny', reason, note })
  if (partnerId !== undefined && partnerId !== partner.id) return deny({ code: 'partner-differs', asked: partnerId })
  const { decision, access } = await loginAccess(deps, partner, place)
  if (decision.effect === 'deny') return deny({ code: 'login-refused', reason: decision.reason })
  const shown = { tokenId: token.id, shownValue: credentials.secret }
  const granted = await grantAppToken(deps, access, shown, requestFor(partner), options)
  if (granted.effect === 'deny') return deny({ code: 'exchange', reason: granted.reason })
  const { grant } = granted
  // At the very second that the token expires startSession gives a session that is over; nobody can use that.
  if (grant.fields.expiresAt <= access.now) {
    const expiredAt = token.expiresAt ?? access.now
    return deny({ code: 'exchange', reason: { code: 'token-expired', tokenId: token.id, expiredAt } })
  }
  const value = grant.provedBy
  return {
    effect: 'allow',
    grant,
    partner: granted.partner,
    proof,
    now: access.now,
    note: { ...note, userId: grant.userId || undefined, value },
  }
}

export function noteOf(token: { readonly id: string; readonly partnerId: number } | undefined): DoorNote {
  return token === undefined ? {} : { partnerId: token.partnerId, tokenId: token.id }
}
