import type { AppToken } from './app-token.ts'
import type { Fidelity } from './fidelity.ts'
import { ACTIONS_PRIVILEGE } from './our-privileges.ts'
import type { Primitives } from './primitives.ts'
import {
  type DroppedPrivilege,
  type MergedPrivileges,
  mergePrivileges,
  type PrivilegePolicy,
  type WideningWarning,
} from './privilege-merge.ts'
import { formatPrivilege } from './privileges.ts'
import { type ActionScope, actionScopeValues } from './scope/action-scope.ts'
import { roundExpiry } from './session-expiry.ts'
import type { SessionFields } from './session-seal.ts'
import type { EpochSeconds } from './time.ts'
import { tokenHashMatches } from './token-hash.ts'

/** What a request for a session wishes. Leave out what it does not name, so that nobody is warned of a default. */
export interface ExchangeRequest {
  /** Counts only where the app token names no user. */
  readonly userId?: string | undefined
  /** 0 USER, 2 ADMIN; counts only where the app token has no type. */
  readonly type?: number | undefined
  /** 0 is as long as the app token allows. */
  readonly expirySeconds?: number | undefined
  readonly privileges?: string | undefined
}

export interface Exchange {
  /** As the store has it under `requestedId` for the caller's partner; deleted ones are not found. */
  readonly token: AppToken | undefined
  readonly requestedId: string
  /** The caller's proof that it knows the token's value. */
  readonly tokenHash?: string | undefined
  /** The value itself, as shown by who cannot hash; then it is the proof. */
  readonly shownValue?: string | undefined
  /** The session string of this very call, exactly as it arrived. */
  readonly sessionText: string
  readonly request: ExchangeRequest
  /** The client's; needed only where the token is bound to addresses. */
  readonly address?: string | undefined
  readonly isInRange?: ((address: string, range: string) => boolean) | undefined
  readonly now: EpochSeconds
  /** `vendor` unless given. */
  readonly policy?: PrivilegePolicy | undefined
  /** `mended` unless given. */
  readonly fidelity?: Fidelity | undefined
}

export type ExchangeReason =
  | { readonly code: 'token-not-found'; readonly requestedId: string }
  | { readonly code: 'token-not-active'; readonly tokenId: string }
  | { readonly code: 'hash-mismatch'; readonly tokenId: string }
  | { readonly code: 'token-expired'; readonly tokenId: string; readonly expiredAt: EpochSeconds }
  /** By its own addresses. Told only to whoever knows its value. */
  | { readonly code: 'address-not-allowed'; readonly tokenId: string; readonly address: string }
  /** More sessions than it may start a minute; judged by whoever counts them. */
  | { readonly code: 'too-many-starts'; readonly tokenId: string; readonly perMinute: number }

/** What the session got other than it was asked for. */
export type ExchangeWarning =
  | WideningWarning
  | { readonly code: 'user-fixed-by-token'; readonly asked: string; readonly granted: string }
  | { readonly code: 'type-fixed-by-token'; readonly asked: number; readonly granted: number }
  | { readonly code: 'lifetime-shortened'; readonly askedSeconds: number; readonly grantedSeconds: number }
  | { readonly code: 'expired-on-arrival'; readonly lifetimeSeconds: number }
  | { readonly code: 'token-expires-soon'; readonly expiresAt: EpochSeconds }
  /** It was proven by the value before the last rotation. */
  | { readonly code: 'token-value-old'; readonly until?: EpochSeconds | undefined }

export interface ExchangeGrant {
  /** For `formatSession`; its expiry is rounded where `roundExpiry` says so. */
  readonly fields: SessionFields
  /** What the caller is told: not rounded. */
  readonly expiresAt: EpochSeconds
  readonly type: number
  readonly userId: string
  readonly privileges: string
  readonly dropped: readonly DroppedPrivilege[]
  readonly warnings: readonly ExchangeWarning[]
  /** Which value of a token that was rotated proved it; absent is the current one. */
  readonly provedBy?: 'previous' | undefined
}

export type ExchangeDecision =
  | { readonly effect: 'allow'; readonly grant: ExchangeGrant }
  | { readonly effect: 'deny'; readonly reason: ExchangeReason }

const USER = 0
const ADMIN = 2

/**
 * App token in, session out, or the first reason against it in the original's order: found, active, hash, expiry. So a
 * wrong hash is told before an expired token. Answers for any input.
 */
export function decideExchange(primitives: Primitives, exchange: Exchange): ExchangeDecision {
  const { token, request } = exchange
  if (token === undefined || token.status === 'deleted') {
    return deny({ code: 'token-not-found', requestedId: exchange.requestedId })
  }
  const { id: tokenId } = token
  if (token.status !== 'active') return deny({ code: 'token-not-active', tokenId })
  const now = toInteger(exchange.now)
  const provedBy = proofOf(primitives, exchange, token, now)
  if (provedBy === undefined) return deny({ code: 'hash-mismatch', tokenId })

  let longest = toInteger(token.sessionSeconds)
  if (token.expiresAt !== undefined) {
    longest = Math.min(longest, toInteger(token.expiresAt) - now)
    // At the very second it expires there is still a session, over before it starts.
    if (longest < 0) return deny({ code: 'token-expired', tokenId, expiredAt: token.expiresAt })
  }
  const { address = '', isInRange } = exchange
  if (token.addresses?.length && !token.addresses.some((range) => isInRange?.(address, range) === true)) {
    return deny({ code: 'address-not-allowed', tokenId, address })
  }
  const grant = grantSession(exchange, token, request, longest, now, provedBy)
  return { effect: 'allow', grant }
}

/** Which of the token's values the caller knows. Both are compared, so that the time tells neither. */
function proofOf(
  primitives: Primitives,
  { sessionText, tokenHash, shownValue }: Exchange,
  token: AppToken,
  now: EpochSeconds,
): 'current' | 'previous' | undefined {
  if (shownValue !== undefined) return proofOfValue(primitives, token, shownValue, now)
  if (tokenHash === undefined) return undefined
  const { previous, hashType } = token
  const isCurrent = tokenHashMatches(primitives, hashType, sessionText, token.value, tokenHash)
  if (previous === undefined || !(previous.until === undefined || previous.until > now)) {
    return isCurrent ? 'current' : undefined
  }
  const isPrevious = tokenHashMatches(primitives, hashType, sessionText, previous.value, tokenHash)
  if (isCurrent) return 'current'
  return isPrevious ? 'previous' : undefined
}

/**
 * Which of a token's values was shown, its previous one for as long as that is taken. By digest, so that neither length nor
 * prefix shows in the time taken.
 */
export function proofOfValue(
  primitives: Primitives,
  { value, previous }: Pick<AppToken, 'value' | 'previous'>,
  shown: string,
  now: EpochSeconds,
): 'current' | 'previous' | undefined {
  const digestOf = (text: string) => primitives.digest('sha256', primitives.encodeUtf8(text))
  const digest = digestOf(shown)
  const isCurrent = primitives.equalBytes(digestOf(value.expose()), digest)
  const isTaken = previous !== undefined && (previous.until === undefined || previous.until > now)
  const isPrevious = isTaken && primitives.equalBytes(digestOf(previous.value.expose()), digest)
  if (isCurrent) return 'current'
  return isPrevious ? 'previous' : undefined
}

/** Nearer than this, whoever logs in is told. */
const SOON_SECONDS = 14 * 86_400

/** Of sessions that ask for no privileges: a stored token is the same object until it changes. */
const merged = new WeakMap<AppToken, MergedPrivileges>()

function privilegesFor(
  token: AppToken,
  requested: string | undefined,
  { policy, fidelity }: Pick<Exchange, 'policy' | 'fidelity'>,
): MergedPrivileges {
  const isPlain = !requested && (fidelity === undefined || fidelity === 'mended')
  const kept = isPlain ? merged.get(token) : undefined
  if (kept !== undefined) return kept
  const { id: tokenId, sessionPrivileges, addresses } = token
  const made = mergePrivileges({ tokenId, token: sessionPrivileges, addresses, requested, policy, fidelity })
  if (isPlain) merged.set(token, made)
  return made
}

function grantSession(
  { policy, fidelity }: Exchange,
  token: AppToken,
  request: ExchangeRequest,
  longest: number,
  now: EpochSeconds,
  provedBy: 'current' | 'previous',
): ExchangeGrant {
  const asked = toInteger(request.expirySeconds ?? 0)
  const lifetimeSeconds = asked === 0 ? longest : Math.min(asked, longest)
  const expiresAt = toInteger(now + lifetimeSeconds)
  const askedType = request.type === ADMIN ? ADMIN : USER
  const type = token.sessionType === undefined ? askedType : toInteger(token.sessionType)
  const userId = token.sessionUserId ?? request.userId ?? ''
  const { privileges, dropped, warnings: widenings } = privilegesFor(token, request.privileges, { policy, fidelity })

  const warnings: ExchangeWarning[] = [...widenings]
  if (request.userId && request.userId !== userId) {
    warnings.push({ code: 'user-fixed-by-token', asked: request.userId, granted: userId })
  }
  if (request.type !== undefined && askedType !== type) {
    warnings.push({ code: 'type-fixed-by-token', asked: askedType, granted: type })
  }
  if (asked !== 0 && lifetimeSeconds < asked) {
    warnings.push({ code: 'lifetime-shortened', askedSeconds: asked, grantedSeconds: lifetimeSeconds })
  }
  if (lifetimeSeconds <= 0) warnings.push({ code: 'expired-on-arrival', lifetimeSeconds })
  if (token.expiresAt !== undefined && token.expiresAt - now < SOON_SECONDS) {
    warnings.push({ code: 'token-expires-soon', expiresAt: token.expiresAt })
  }
  if (provedBy === 'previous') warnings.push({ code: 'token-value-old', until: token.previous?.until })

  const sessionExpiresAt = roundExpiry(expiresAt, privileges)
  return {
    fields: { partnerId: token.partnerId, expiresAt: sessionExpiresAt, type, userId, privileges },
    expiresAt,
    type,
    userId,
    privileges,
    dropped,
    warnings,
    ...(provedBy === 'previous' && { provedBy }),
  }
}

/** The same grant, limited to some actions. */
export function limitGrant(grant: ExchangeGrant, scope: ActionScope): ExchangeGrant {
  const limit = formatPrivilege({ name: ACTIONS_PRIVILEGE, values: actionScopeValues(scope) })
  const privileges = `${grant.privileges},${limit}`
  return { ...grant, privileges, fields: { ...grant.fields, privileges } }
}

/** A sentence for a person. */
export function explainExchangeWarning(warning: ExchangeWarning): string {
  switch (warning.code) {
    case 'wildcard-added':
      return `"${warning.privilege}" is carried along but grants nothing: a wildcard counts only when it stands alone`
    case 'values-replaced':
      return `"${warning.privilege}" took the place of the app token's own values and may allow more than they did`
    case 'user-fixed-by-token':
      return `the app token fixes the user: "${warning.granted}" instead of "${warning.asked}"`
    case 'type-fixed-by-token':
      return `the app token fixes the session's type: ${warning.granted} instead of ${warning.asked}`
    case 'lifetime-shortened':
      return `the app token allows ${warning.grantedSeconds} seconds, not ${warning.askedSeconds}`
    case 'expired-on-arrival':
      return `a lifetime of ${warning.lifetimeSeconds} seconds is over before it starts`
    case 'token-expires-soon':
      return `the app token expires at ${warning.expiresAt} (epoch seconds); after that nothing can log in with it`
    case 'token-value-old':
      return `the app token has a new value; the old one is taken ${warning.until === undefined ? 'until it is retired' : `until ${warning.until} (epoch seconds)`}`
  }
}

function deny(reason: ExchangeReason): ExchangeDecision {
  return { effect: 'deny', reason }
}

/** Whole and exact, so that arithmetic on it stays so; what is no number is 0. */
function toInteger(value: number): number {
  if (Number.isNaN(value)) return 0
  const whole = Math.trunc(Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value)))
  return whole === 0 ? 0 : whole
}
