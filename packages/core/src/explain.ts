import type { CatalogueAction } from './catalogue/actions.ts'
import type { DenyReason } from './decision.ts'

const SHOWN = 8

/** One sentence for a person; every page, command and log prints this one. */
export function explain(reason: DenyReason, action: Pick<CatalogueAction, 'service' | 'action'>): string {
  const name = `${action.service}.${action.action}`
  switch (reason.code) {
    case 'no-session':
      return `${name} was called without a session`
    case 'malformed':
      return 'what was sent as the session is no session string'
    case 'bad-signature':
      return 'the session string was not signed by an account of this server'
    case 'expired':
      return `the session expired at ${reason.expiredAt} (epoch seconds)`
    case 'revoked':
      return reason.isPaused === true
        ? 'the app token that the session came from is paused'
        : 'the session was ended, or its app token deleted'
    case 'address-not-allowed':
      return `the session may be used from ${reason.allowed.join(', ')} only, and the call came from ${reason.address ?? 'an unknown address'}`
    case 'uri-not-allowed':
      return `the session may be used for ${reason.allowed} only`
    case 'actions-limit-used-up':
      return reason.isNumber
        ? `the session was good for ${reason.limit} calls, and all of them are used`
        : 'the session limits its calls to something that is no number'
    case 'wrong-partner':
      return `the session belongs to account ${reason.own}, and the call names account ${reason.requested}`
    case 'partner-blocked':
      if (reason.isForAction === true) return blockText(reason.partnerId, reason.pattern, name)
      return reason.isKnown ? `account ${reason.partnerId} is blocked` : `there is no account ${reason.partnerId}`
    case 'user-blocked':
      return "the session's user is blocked in the account"
    case 'role-unknown':
      if (reason.namedBy === 'user') return `the session's user has the role ${reason.role}, which is gone`
      if (reason.namedBy === 'account') {
        return `the account has the role ${reason.role} for this kind of session, and that role is gone`
      }
      return reason.isInvalid
        ? 'the session names a role by a number below zero'
        : `${reason.namedBy ?? 'setrole'} in the session names a role that the account does not have`
    case 'permission-missing':
      return `${name} needs ${anyOf(reason.needed)}; this is ${KINDS[reason.kind]}, which holds ${some(reason.held.map((held) => held.permission))}`
    case 'out-of-scope':
      return `${name} is not what the session was made for: its scope is ${some(reason.allowed)}`
    case 'feature-off':
      return `${name} belongs to the plugin ${reason.plugin}, which is not switched on for the account`
    case 'never-open':
      return `${name} is not open to any session of an ordinary account`
    case 'entry-not-owned':
      return "the entry belongs to another user than the session's"
    case 'entry-not-visible':
      return 'the entry is not there, or not within what the session may see'
    case 'transport-refused':
      return 'the account takes calls over HTTPS only'
    case 'rate':
      return 'too many calls in a short time'
  }
}

function blockText(partnerId: number, pattern: string | undefined, name: string): string {
  return pattern === undefined
    ? `account ${partnerId} is read-only, and ${name} does more than read`
    : `account ${partnerId} lets nobody call ${name}: its list of blocked actions has ${pattern}`
}

const KINDS = {
  none: 'a call without a session',
  widget: 'a widget session',
  user: 'a USER session',
  admin: 'an ADMIN session',
} as const

function anyOf(names: readonly string[]): string {
  return some(names).replace(/, ([^,]*)$/, ' or $1')
}

function some(names: readonly string[]): string {
  if (names.length === 0) return 'nothing'
  const shown = names.slice(0, SHOWN).join(', ')
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown
}
