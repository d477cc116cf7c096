import { judgeSessionShape, type Primitives } from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import type { Exchange, Facts } from '../facts.ts'
import { codeOf, forbiddenAction, isOwnership, sessionWord } from '../rungs.ts'
import { headerOf, nameOf, pasted } from '../view.ts'

const LOGIN = 'apptoken.startsession'

/** The session in a tool's request, and what the answer says of it. */
export const pastedSession: Check = (facts, primitives) =>
  pasted(facts).flatMap((exchange) => judge(facts, exchange, primitives) ?? [])

function judge(facts: Facts, exchange: Exchange, primitives: Primitives): DoctorFinding | undefined {
  const code = codeOf(exchange)
  const ks = textOf(exchange)
  const forbidden = forbiddenAction(exchange)
  const evidence = `${nameOf(exchange)}, as it was pasted, answered ${code}`
  if ((forbidden !== undefined || code === 'MISSING_KS') && ks === '') {
    const hash = forbidden === LOGIN ? '; the hash has not been looked at' : ''
    return found('session-not-sent', 'error', `the request has no ks${hash}`, evidence)
  }
  const partner = Number(exchange.params.partnerId ?? Number.NaN)
  const own = headerOf(primitives, ks)?.partnerId
  if (own !== undefined && partner > 0 && partner !== own && /^SERVICE_FORBIDDEN/.test(code ?? '')) {
    return found('partner-mismatch', 'error', `partnerId is ${partner}, and the session is of ${own}`, evidence)
  }
  if (code === 'INVALID_KS') return invalid(exchange, ks, own !== undefined, evidence)
  if (forbidden === undefined) return undefined
  if (forbidden === LOGIN) {
    return found('role-lacks-start-session', 'error', 'the session of the login may not start others', evidence)
  }
  if (forbidden === 'session.get') {
    return found('session-get-needs-permission', 'error', 'session.get was used to look at a session', evidence)
  }
  return facts.told.record?.sessionType === 0
    ? found('user-session-lacks-permission', 'error', `${forbidden} is not open to this USER session`, evidence)
    : undefined
}

function textOf({ params: { ks } }: Exchange): string {
  if (typeof ks === 'object' && 'expose' in ks && typeof ks.expose === 'function') return String(ks.expose())
  return typeof ks === 'string' ? ks : ''
}

function invalid(exchange: Exchange, ks: string, isReadable: boolean, evidence: string): DoctorFinding | undefined {
  if (isOwnership(exchange)) {
    const saw = 'the object is not of the user of the session, which itself is fine (-4, INVALID_TYPE)'
    return found('entry-not-owned', 'error', saw, evidence)
  }
  switch (sessionWord(exchange)) {
    case 'EXPIRED':
      return found('session-expired', 'error', 'the session has expired', evidence)
    case 'LOGOUT':
      return found('session-ended', 'error', 'the session was ended', evidence)
    case 'EXCEEDED_ACTIONS_LIMIT':
      return found('actions-limit-used-up', 'error', 'the session has used up its actionslimit', evidence)
    case 'EXCEEDED_RESTRICTED_IP':
      return found('ip-restriction', 'error', 'the session may not be used from that address', evidence)
    case 'EXCEEDED_RESTRICTED_URI':
      return found('uri-restriction', 'error', 'the session may not be used for that URL', evidence)
    case undefined: {
      if (ks === '') return undefined
      const { cause, saw } = judgeSessionShape(ks, isReadable)
      return found(cause, 'error', saw, evidence)
    }
  }
}
