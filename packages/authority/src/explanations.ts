import {
  type AccessSubject,
  type CatalogueAction,
  type Decision,
  type DecisionContext,
  type FixAnswer,
  fixesFor,
  type Session,
  tokenOfSession,
} from '@latchkey/core'
import type { Deps } from './deps.ts'
import { findRole } from './roles.ts'
import { countingRoleOf, subjectRole } from './token-facts.ts'

/** What would let a refused call through. Looked up only for refusals that a change of rights may mend. */
export async function fixesOf(
  deps: Pick<Deps, 'store'>,
  action: CatalogueAction,
  decision: Decision,
  context: DecisionContext,
): Promise<FixAnswer> {
  const { session } = context
  const isMendable =
    decision.effect === 'deny' && ['permission-missing', 'entry-not-owned'].includes(decision.reason.code)
  const subject = session !== undefined && isMendable ? await subjectOf(deps, session, context) : {}
  return fixesFor(action, decision, context, subject)
}

async function subjectOf(
  deps: Pick<Deps, 'store'>,
  session: Session,
  { user, held, kind, partner }: Pick<DecisionContext, 'user' | 'held' | 'kind' | 'partner'>,
): Promise<AccessSubject> {
  const { partnerId } = session
  const tokenId = tokenOfSession(session, kind)
  const token = tokenId === undefined ? undefined : await deps.store.appTokens.find(partnerId, tokenId)
  const { role, isRoleFixed } = await countingRoleOf(deps, { partnerId, rules: partner?.rules }, session.privileges)
  const subject = { role, isRoleFixed, token: token && { id: token.id, sessionPrivileges: token.sessionPrivileges } }
  if (role !== undefined || held.source !== 'user' || user === undefined) return subject
  const stored = await deps.store.users.find(partnerId, user.id)
  const roles = await Promise.all((stored?.roleIds ?? []).map((id) => findRole(deps.store, partnerId, id)))
  return { ...subject, user: { id: user.id, roles: roles.flatMap((found) => subjectRole(found) ?? []) } }
}
