import { privilegeValues } from './privileges.ts'
import type { Session, SessionKind } from './session.ts'

/**
 * Id of the app token that a session came from. The exchange names it twice, as the group that the session is revoked with
 * too; a privilege that somebody wrote into a widget or a session of a secret is no proof of it.
 */
export function tokenOfSession(session: Pick<Session, 'privileges'>, kind: SessionKind): string | undefined {
  if (kind === 'widget') return undefined
  const [tokenId] = privilegeValues(session, 'apptoken') ?? []
  const [group] = privilegeValues(session, 'sessionid') ?? []
  return tokenId === group ? tokenId : undefined
}
