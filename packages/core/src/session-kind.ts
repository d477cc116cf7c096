import { privilegeValues } from './privileges.ts'
import type { Session, SessionKind } from './session.ts'

/** From here up a session's type reads as ADMIN. */
const ADMIN_FROM = 1

/**
 * Who calls: a session that anybody can get, a user, or an administrator. `none` is a call without a session.
 *
 * @param isWidget how the first of these is told
 */
export function sessionKind(
  session: Pick<Session, 'type' | 'userId' | 'privileges'> | undefined,
  isWidget: typeof isWidgetSession = isWidgetSession,
): SessionKind {
  if (session === undefined) return 'none'
  if (session.type >= ADMIN_FROM) return 'admin'
  return isWidget(session) ? 'widget' : 'user'
}

/** Not ADMIN, no user (absent, empty or `0`), and `widget:1` among its privileges. */
export function isWidgetSession(session: Pick<Session, 'type' | 'userId' | 'privileges'>): boolean {
  return isAnonymous(session) && privilegeValues(session, 'widget')?.includes('1') === true
}

/** As {@link isWidgetSession}, but searched for as text, which the original does: `widget:10` counts. */
export function looksLikeWidgetSession(session: Pick<Session, 'type' | 'userId' | 'privileges'>): boolean {
  return isAnonymous(session) && session.privileges.includes('widget:1')
}

/** Not ADMIN, and of nobody. */
function isAnonymous({ type, userId }: Pick<Session, 'type' | 'userId'>): boolean {
  return !(type >= ADMIN_FROM) && (userId === undefined || userId === '' || userId === '0')
}
