import { ADDRESSES_PRIVILEGE, valueAsRange } from './address-privilege.ts'
import { firstPrivilegeText, privilegeValues } from './privileges.ts'
import type { Session } from './session.ts'
import type { EpochSeconds } from './time.ts'
import { uriIsAllowed } from './validity-uri.ts'

/** What is known about the call and about what has been revoked. */
export interface ValidityContext {
  readonly now: EpochSeconds
  /** The client's; an unknown one passes no restriction. */
  readonly address?: string | undefined
  /** Whether an address lies within a range; where nobody can tell, none does. */
  readonly isInRange?: ((address: string, range: string) => boolean) | undefined
  /** Path and query string as received; an unknown one passes no restriction. */
  readonly uri?: string | undefined
  /** It is not what lets the call in, which may come by any URI. */
  readonly isOnlyShown?: boolean | undefined
  /** Whether the store holds one of the session's `revocationKeys`. */
  readonly isRevoked: boolean
  /** Whether that is for as long as its app token is paused. */
  readonly isPaused?: boolean | undefined
  /** Whether a call could be taken off a limited session's counter; leave out while nothing has been taken. */
  readonly hasCallLeft?: boolean | undefined
}

/** Why a session whose signature is right does not count, or does not count for this call. */
export type ValidityReason =
  | { readonly code: 'expired'; readonly expiredAt: EpochSeconds }
  | {
      readonly code: 'address-not-allowed'
      readonly address?: string | undefined
      readonly allowed: readonly string[]
      /** The addresses are those of the app token, not of `iprestrict`. */
      readonly isOfToken?: boolean | undefined
    }
  | { readonly code: 'uri-not-allowed'; readonly uri?: string | undefined; readonly allowed: string }
  | { readonly code: 'revoked'; readonly isPaused?: boolean | undefined }
  | { readonly code: 'actions-limit-invalid'; readonly value: string }
  | { readonly code: 'actions-limit-used-up'; readonly limit: number }

export type Validity = { readonly effect: 'allow' } | { readonly effect: 'deny'; readonly reason: ValidityReason }

const LIVE: Validity = { effect: 'allow' }

/**
 * Whether an opened session counts for a call, judged in the original's order: expiry, address, URI, revocation, number
 * of calls. Unlike there, a widget session can be revoked too. For a limited session (`readActionsLimit`) ask first
 * without `hasCallLeft`, take a call only if that allows, and refuse with what asking again says.
 */
export function decideValidity(session: Session, context: ValidityContext): Validity {
  // Written so that a clock which is no number revives nothing.
  if (!(session.expiresAt > context.now)) return deny({ code: 'expired', expiredAt: session.expiresAt })

  const addresses = privilegeValues(session, 'iprestrict')
  const { address, uri } = context
  if (addresses !== undefined && (address === undefined || !addresses.includes(address))) {
    return deny({ code: 'address-not-allowed', address, allowed: addresses })
  }

  const ranges = session.privileges.includes(ADDRESSES_PRIVILEGE)
    ? privilegeValues(session, ADDRESSES_PRIVILEGE)?.map(valueAsRange)
    : undefined
  if (ranges !== undefined && !ranges.some((range) => isWithin(context, range))) {
    return deny({ code: 'address-not-allowed', address, allowed: ranges, isOfToken: true })
  }

  const uris = privilegeValues(session, 'urirestrict')
  if (uris !== undefined && context.isOnlyShown !== true && (uri === undefined || !uriIsAllowed(uris, uri))) {
    return deny({ code: 'uri-not-allowed', uri, allowed: uris.join('/') })
  }

  if (context.isRevoked) return deny(context.isPaused ? { code: 'revoked', isPaused: true } : { code: 'revoked' })

  const actions = readActionsLimit(session)
  if (actions.kind === 'invalid') return deny({ code: 'actions-limit-invalid', value: actions.value })
  if (actions.kind === 'limit' && context.hasCallLeft === false) {
    return deny({ code: 'actions-limit-used-up', limit: actions.limit })
  }
  return LIVE
}

function isWithin({ address, isInRange }: ValidityContext, range: string): boolean {
  return address !== undefined && isInRange?.(address, range) === true
}

function deny(reason: ValidityReason): Validity {
  return { effect: 'deny', reason }
}

/** How many calls a session is good for. */
export type ActionsLimit =
  | { readonly kind: 'none' }
  | { readonly kind: 'limit'; readonly limit: number }
  /** Zero, below, or no number: the session is refused at its first call. */
  | { readonly kind: 'invalid'; readonly value: string }

export function readActionsLimit(session: Pick<Session, 'privileges'>): ActionsLimit {
  const value = firstPrivilegeText(session, 'actionslimit')
  if (value === undefined) return { kind: 'none' }
  const limit = /^[0-9]+$/.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(limit) && limit > 0 ? { kind: 'limit', limit } : { kind: 'invalid', value }
}
