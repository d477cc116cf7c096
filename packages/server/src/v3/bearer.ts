import type { DenyReason, Diagnosis } from '@latchkey/core'
import { descriptionOf } from '../oauth2/answers.ts'

/** Why a session in the Authorization header did not do (RFC 6750, section 3.1), with the scope that would. */
export interface Challenge {
  readonly error: 'invalid_request' | 'invalid_token' | 'insufficient_scope'
  readonly scope?: string | undefined
}

const BEARER = /^Bearer[ \t]+(\S.*?)\s*$/i

/** The session of an Authorization header, whatever stands there: what is none is told as one that cannot be read. Other schemes are a matter between the client and a proxy of its own. */
export function readBearer(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1]
}

/** Only the first of two Authorization headers is looked at; a proxy on the way may have looked at the other one. */
export function hasTwoAuthorizations(rawHeaders: readonly string[]): boolean {
  const said = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'authorization')
  return new Set(said).size > 1
}

/** In the path, or behind the question mark; of a step of a multirequest too. Names come percent-encoded as well. */
const SESSION_NAME = /(?:^|[?&/])(?:\d+(?::|%3A))?(?:k|%6B)(?:s|%73)(?:=|\/)[^&/]/i

export function hasSessionInUrl(url: string): boolean {
  return SESSION_NAME.test(url)
}

const TOKEN_REASONS: ReadonlySet<DenyReason['code']> = new Set<DenyReason['code']>([
  'malformed',
  'bad-signature',
  'expired',
  'revoked',
  'address-not-allowed',
  'uri-not-allowed',
  'actions-limit-used-up',
])

/** Undefined where no other session of the kind would do better: for those the answer's own error says it all. */
export function challengeOf(reason: DenyReason): Challenge | undefined {
  if (TOKEN_REASONS.has(reason.code)) return { error: 'invalid_token' }
  if (reason.code === 'out-of-scope') return { error: 'insufficient_scope', scope: reason.scope }
  // More than this app token gives, so that no scope can be named.
  const isMore = reason.code === 'permission-missing' || reason.code === 'entry-not-owned'
  return isMore ? { error: 'insufficient_scope' } : undefined
}

const REALM = 'Bearer realm="latchkey"'

/** The value of a `WWW-Authenticate` header. @param challenge absent where no session was sent by this header */
export function challengeText(challenge: Challenge | undefined, diagnosis: Diagnosis): string {
  if (challenge === undefined) return REALM
  const scope = challenge.scope === undefined ? '' : `, scope="${challenge.scope}"`
  return `${REALM}, error="${challenge.error}", error_description="${descriptionOf(diagnosis)}"${scope}`
}
