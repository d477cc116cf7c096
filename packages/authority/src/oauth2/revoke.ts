import type { Deps } from '../deps.ts'
import { type ClientCredentials, proveClient } from './client.ts'
import { type DoorDenial, type DoorNote, noteOf } from './issue.ts'
import { namedTokenOf, openShown } from './narrow.ts'

export interface RevokedSession {
  readonly effect: 'allow'
  /** False where there was nothing to end: it is no session of ours, or it has expired. */
  readonly hasEnded: boolean
  readonly note: DoorNote
}

/**
 * Ends a session, with all that were narrowed from it, for the app token that it came from, in whatever state that token is:
 * its owner can always take something back.
 */
export async function revokeForClient(
  deps: Deps,
  credentials: ClientCredentials,
  text: string,
): Promise<RevokedSession | DoorDenial> {
  const proof = await proveClient(deps, credentials)
  if (proof.effect === 'unproven') {
    const { mistake, token } = proof
    return { effect: 'deny', reason: { code: 'client-unproven', mistake }, note: noteOf(token) }
  }
  const note = noteOf(proof.token)
  const opened = await openShown(deps, text)
  if ('code' in opened) return { effect: 'allow', hasEnded: false, note }
  const { session, keys } = opened
  const tokenId = namedTokenOf(opened)
  if (session.partnerId !== proof.partner.id || tokenId !== proof.token.id) {
    return { effect: 'deny', reason: { code: 'session-of-other', isOfNone: tokenId === undefined }, note }
  }
  const now = deps.clock()
  if (!(session.expiresAt > now)) return { effect: 'allow', hasEnded: false, note }
  await deps.store.revocations.add([
    { key: keys.fingerprint, kind: 'session', validUntil: session.expiresAt, createdAt: now },
  ])
  return { effect: 'allow', hasEnded: true, note: { ...note, userId: session.userId || undefined } }
}
