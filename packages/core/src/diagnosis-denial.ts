import { FEATURE_NAMES } from './catalogue/permissions.ts'
import type { CauseId } from './causes/catalogue.ts'
import type { DenyReason, PermissionMissing } from './decision.ts'
import type { Judgement } from './diagnosis.ts'
import type { RequestFacts } from './diagnosis-facts.ts'
import type { Rung } from './ladder.ts'
import { parsePrivileges } from './privileges.ts'
import { judgeSessionShape } from './session-shape.ts'

/** Where a call stops for a reason, and which cause that is where it is always the same. */
const FIXED: Readonly<Partial<Record<DenyReason['code'], readonly [Rung, CauseId]>>> = {
  expired: ['session-alive', 'session-expired'],
  revoked: ['session-alive', 'session-ended'],
  'address-not-allowed': ['session-alive', 'ip-restriction'],
  'uri-not-allowed': ['session-alive', 'uri-restriction'],
  'actions-limit-used-up': ['session-alive', 'actions-limit-used-up'],
  'partner-blocked': ['account', 'partner-blocked'],
  'user-blocked': ['account', 'user-blocked'],
  'role-unknown': ['account', 'role-unknown'],
  'entry-not-owned': ['ownership', 'entry-not-owned'],
  'entry-not-visible': ['action', 'entitlement-hides-entries'],
  'wrong-partner': ['permission', 'partner-mismatch'],
  'never-open': ['permission', 'internal-only'],
  'out-of-scope': ['permission', 'scope-too-small'],
  'transport-refused': ['access-control', 'https-required'],
  'feature-off': ['feature', 'feature-off'],
  rate: ['rate', 'too-many-starts'],
}

/** @param text the reason in a sentence, made where the action is known */
export function judgeDenial(reason: DenyReason, text: string | undefined, facts: RequestFacts): Judgement {
  if (reason.code === 'malformed' || reason.code === 'bad-signature') {
    const { sessionText = '', sessionName } = facts
    return {
      stage: 'session-readable',
      ...judgeSessionShape(sessionText, reason.code === 'bad-signature', sessionName),
    }
  }
  if (reason.code === 'no-session') return judgeNoSession(reason, facts)
  if (reason.code === 'permission-missing') return judgePermission(reason, text ?? '', facts)
  if (reason.code === 'revoked' && reason.isPaused === true) {
    return { stage: 'session-alive', cause: 'token-disabled', saw: text ?? reason.code }
  }
  if (reason.code === 'address-not-allowed' && reason.isOfToken === true) {
    return { stage: 'session-alive', cause: 'address-range', saw: text ?? reason.code }
  }
  // An account that blocks an action is let in itself, and it is the right to call that is asked about.
  if (reason.code === 'partner-blocked' && reason.isForAction === true) {
    return { stage: 'permission', cause: 'partner-blocked', saw: text ?? reason.code }
  }
  const [stage, cause] = FIXED[reason.code] ?? ['action', 'server-fault']
  return { stage, cause, saw: text ?? reason.code }
}

type NoSession = Extract<DenyReason, { code: 'no-session' }>

function judgeNoSession({ needed, held = [] }: NoSession, facts: RequestFacts): Judgement {
  const isLogin = `${facts.service}.${facts.action}`.toLowerCase() === 'apptoken.startsession'
  const unread =
    facts.bodyNotes !== undefined && facts.bodyNotes.length > 0
      ? `; the body was not read (${facts.bodyNotes.join(', ')})`
      : ''
  const header =
    facts.hasOtherAuthorization === true
      ? ', and its Authorization header is not the word Bearer, a blank and a session'
      : ''
  const hash = isLogin ? '; the hash has not been looked at' : ''
  return {
    stage: 'permission',
    cause: 'session-not-sent',
    saw: `the call came without ks${header}${hash}${unread}`,
    needed,
    held,
  }
}

function judgePermission(
  { kind, needed, held, dropped, removed, source }: PermissionMissing,
  text: string,
  facts: RequestFacts,
): Judgement {
  const isLogin = `${facts.service}.${facts.action}`.toLowerCase() === 'apptoken.startsession'
  const lost = dropped[0]
  const saw =
    lost !== undefined
      ? `${text}; ${lost.permission} is there, but ${lost.missing}, which it depends on, is not`
      : removed !== undefined && removed.length > 0
        ? `${text}; restrictingrole took ${removed.join(', ')} away`
        : text
  return { stage: 'permission', cause: causeOf(), saw, needed, held }

  function causeOf(): CauseId {
    if (isLogin) return 'role-lacks-start-session'
    if (removed !== undefined && removed.length > 0) return 'restricted-by-role'
    if (lost !== undefined) return FEATURE_NAMES.has(lost.missing) ? 'feature-off' : 'permission-dependency-missing'
    if (source === 'user' && kind === 'admin') return 'user-role-wins'
    if (`${facts.service}.${facts.action}`.toLowerCase() === 'session.get') return 'session-get-needs-permission'
    if (source !== 'session-kind') return 'role-too-small'
    if (kind === 'widget') return 'widget-session-still-used'
    return kind === 'user' ? misread(needed, facts) : 'role-too-small'
  }
}

/** A USER session whose privileges show that somebody thought to have seen to it. */
function misread(needed: readonly string[], { session }: RequestFacts): CauseId {
  const names = parsePrivileges(session?.privileges ?? '').map(({ name }) => name)
  const isMisread = names.some((name) => needed.includes(name))
  return isMisread ? 'permission-name-as-privilege' : 'user-session-lacks-permission'
}
