import { MOST_PARENTS, PARENTS_PRIVILEGE } from './our-privileges.ts'
import type { Primitives } from './primitives.ts'
import { privilegeValues } from './privileges.ts'
import type { Session } from './session.ts'

/** What a session can be revoked by. Both are safe to log. */
export interface RevocationKeys {
  /** This session alone. */
  readonly fingerprint: string
  /** All sessions with the same first session id: of an app token, all that were made from it. */
  readonly group?: string | undefined
  /** The sessions that it was narrowed from, the nearest first: where one of them has ended it has, too. */
  readonly parents?: readonly string[] | undefined
}

/** The keys of a session; it has a group only where it names a session id. */
export function revocationKeys(
  primitives: Primitives,
  session: Pick<Session, 'partnerId' | 'privileges' | 'fingerprint'>,
): RevocationKeys {
  const { fingerprint } = session
  const sessionId = privilegeValues(session, 'sessionid')?.[0]
  // Whoever holds a secret can write anything there, and any number of it; each is looked for at every call.
  const parents = privilegeValues(session, PARENTS_PRIVILEGE)?.slice(0, MOST_PARENTS).filter(isFingerprint)
  return {
    fingerprint,
    ...(sessionId !== undefined && { group: groupKey(primitives, session.partnerId, sessionId) }),
    ...(parents !== undefined && { parents }),
  }
}

function isFingerprint(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text)
}

/** All that a store is to be asked for: one of them is enough to end the session. */
export function keysToAsk({ fingerprint, group, parents = [] }: RevocationKeys): readonly string[] {
  return group === undefined ? [fingerprint, ...parents] : [fingerprint, group, ...parents]
}

/** Where the calls of a limited session are counted: those of all that were narrowed from one count together. */
export function countingKey({ fingerprint, parents }: RevocationKeys): string {
  return parents?.at(-1) ?? fingerprint
}

/** @param sessionId for the sessions of an app token: its id */
export function groupKey(primitives: Primitives, partnerId: number, sessionId: string): string {
  return primitives.digestHex('sha1', `${partnerId}_${sessionId}`)
}
