import { privilegeValues } from './privileges.ts'
import type { Session, SessionKind } from './session.ts'

/** From here up a session's type reads as ADMIN. */
const ADMIN_FROM = 1

/** Who calls: a session that anybody can get, a user, or an administrator. `none` is a call without a session. */
export function sessionKind(session: Pick<Session, 'type' | 'userId' | 'privileges'> | undefined): SessionKind {
  if (session === undefined) return 'none'
  if (session.type >= ADMIN_FROM) return 'admin'
  return isWidgetSession(session) ? 'widget' : 'user'
}

/** Not ADMIN, no user (absent, empty or `0`), and `widget:1` among its privileges. */
export function isWidgetSession(session: Pick<Session, 'type' | 'userId' | 'privileges'>): boolean {
  if (session.type >= ADMIN_FROM) return false
  if (session.userId !== undefined && session.userId !== '' && session.userId !== '0') return false
  return privilegeValues(session, 'widget')?.includes('1') === true
}
