import { ladderOf, passedBefore, type Rung } from '@latchkey/core'
import type { Exchange, Told } from './facts.ts'

/** The words that stand in for the session string in `INVALID_KS`, where it could be read. */
export const SESSION_WORDS = [
  'EXPIRED',
  'LOGOUT',
  'EXCEEDED_ACTIONS_LIMIT',
  'EXCEEDED_RESTRICTED_IP',
  'EXCEEDED_RESTRICTED_URI',
] as const
export type SessionWord = (typeof SESSION_WORDS)[number]

/** Where each code of the original says that a call stopped; what is not here stopped in the action itself. */
const RUNG_OF: Readonly<Record<string, Rung>> = {
  SERVICE_NOT_SPECIFIED: 'endpoint',
  SERVICE_DOES_NOT_EXISTS: 'endpoint',
  ACTION_NOT_SPECIFIED: 'endpoint',
  ACTION_DOES_NOT_EXISTS: 'endpoint',
  ACTION_BLOCKED: 'rate',
  MISSING_MANDATORY_PARAMETER: 'parameters',
  INVALID_ENUM_VALUE: 'parameters',
  INVALID_PARAMETER_CHAR: 'parameters',
  OBJECT_TYPE_ABSTRACT: 'parameters',
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: 'account',
  USER_BLOCKED: 'account',
  INVALID_SET_ROLE: 'account',
  INVALID_OBJECT_ID: 'account',
  SERVICE_FORBIDDEN: 'permission',
  MISSING_KS: 'permission',
  SERVICE_ACCESS_CONTROL_RESTRICTED: 'access-control',
  FEATURE_FORBIDDEN: 'feature',
  APP_TOKEN_ID_NOT_FOUND: 'token-known',
  APP_TOKEN_NOT_ACTIVE: 'token-active',
  INVALID_APP_TOKEN_HASH: 'hash',
  APP_TOKEN_EXPIRED: 'token-in-date',
  START_SESSION_ERROR: 'issued',
}

/** The rung at which a call stopped; undefined where it went all the way. */
export function stoppedAt(exchange: Exchange): Rung | undefined {
  const { answer } = exchange
  if (answer.kind === 'none') return 'endpoint'
  const { error } = answer
  if (error === undefined) return answer.form === 'json' ? undefined : 'endpoint'
  if (error.code === 'INVALID_KS') return rungOfSession(exchange)
  if (error.code.startsWith('PROPERTY_VALIDATION')) return 'parameters'
  return onLadder(exchange, RUNG_OF[error.code] ?? 'action')
}

function rungOfSession(exchange: Exchange): Rung {
  if (sessionWord(exchange) !== undefined) return 'session-alive'
  return isOwnership(exchange) ? 'ownership' : 'session-readable'
}

function onLadder({ service, action }: Exchange, rung: Rung): Rung {
  const ladder = ladderOf(service, action)
  return ladder.includes(rung) ? rung : (ladder.at(-1) ?? rung)
}

/** The rungs that an answer proves, lowest first. */
export function provenBy(exchange: Exchange): readonly Rung[] {
  const ladder = ladderOf(exchange.service, exchange.action)
  const stage = stoppedAt(exchange)
  const hasSession = exchange.params.ks !== undefined
  if (stage !== undefined) return passedBefore(ladder, stage, { hasSession, hasOwnershipGate: false })
  return ladder.filter((rung) => rung !== 'ownership' && (hasSession || !rung.startsWith('session-')))
}

/** What `INVALID_KS` says of a session string that could be read. */
export function sessionWord({ answer }: Exchange): SessionWord | undefined {
  if (answer.kind !== 'reply' || answer.error?.code !== 'INVALID_KS') return undefined
  const { error } = answer
  const first = error.args.KSID ?? /Invalid KS "([^"]*)"/.exec(error.message)?.[1]
  return SESSION_WORDS.find((word) => word === first)
}

/** `INVALID_KS` about the entry, not about the session. */
export function isOwnership({ answer }: Exchange): boolean {
  if (answer.kind !== 'reply' || answer.error?.code !== 'INVALID_KS') return false
  return answer.error.args.ERR_CODE === '-4' || answer.error.message.includes('"-4,')
}

export function codeOf({ answer }: Exchange): string | undefined {
  return answer.kind === 'reply' ? answer.error?.code : undefined
}

/** The action in the bracket of `SERVICE_FORBIDDEN`, in lower case. */
export function forbiddenAction({ answer }: Exchange): string | undefined {
  if (answer.kind !== 'reply' || answer.error?.code !== 'SERVICE_FORBIDDEN') return undefined
  const named = answer.error.args.SERVICE ?? /\[([^\]]+)\]/.exec(answer.error.message)?.[1]
  return named?.replace('->', '.').toLowerCase()
}

export function isPlainHttp({ serviceUrl }: Told): boolean {
  return serviceUrl.startsWith('http://')
}
