import type { Primitives } from './primitives.ts'
import { privilegeValues } from './privileges.ts'
import type { Session } from './session.ts'

/** What a session can be revoked by. Both are safe to log. */
export interface RevocationKeys {
  /** This session alone. */
  readonly fingerprint: string
  /** All sessions with the same first session id: of an app token, all that were made from it. */
  readonly group?: string | undefined
}

/** The keys of a session; it has a group only where it names a session id. */
export function revocationKeys(
  primitives: Primitives,
  session: Pick<Session, 'partnerId' | 'privileges' | 'fingerprint'>,
): RevocationKeys {
  const sessionId = privilegeValues(session, 'sessionid')?.[0]
  if (sessionId === undefined) return { fingerprint: session.fingerprint }
  return { fingerprint: session.fingerprint, group: groupKey(primitives, session.partnerId, sessionId) }
}

/** @param sessionId for the sessions of an app token: its id */
export function groupKey(primitives: Primitives, partnerId: number, sessionId: string): string {
  return primitives.digestHex('sha1', `${partnerId}_${sessionId}`)
}
