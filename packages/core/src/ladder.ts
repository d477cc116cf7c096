/** The order in which a call is judged. Whatever comes later proves that everything before it was right. */
const LOGIN = [
  'endpoint',
  'session-readable',
  'rate',
  'parameters',
  'session-alive',
  'account',
  'permission',
  'access-control',
  'token-known',
  'token-active',
  'hash',
  'token-in-date',
  'issued',
] as const

const CALL = [
  'endpoint',
  'session-readable',
  'rate',
  'parameters',
  'session-alive',
  'account',
  'ownership',
  'permission',
  'access-control',
  'feature',
  'action',
] as const

const SECRET_LOGIN = ['endpoint', 'parameters', 'account', 'secret', 'issued'] as const

/** Of the token endpoint and its kin: whose secret is wrong learns nothing of the token that it names. */
const OAUTH2 = [
  'endpoint',
  'access-control',
  'parameters',
  'secret',
  'account',
  'token-active',
  'token-in-date',
  'session-readable',
  'session-alive',
  'permission',
  'issued',
] as const

export type Rung = (typeof LOGIN | typeof CALL | typeof SECRET_LOGIN | typeof OAUTH2)[number]

/** The rungs of an action, lowest first. */
export function ladderOf(service: string, action: string): readonly Rung[] {
  const name = `${service}.${action}`.toLowerCase()
  if (name === 'apptoken.startsession') return LOGIN
  if (name.startsWith('oauth2.')) return OAUTH2
  return name === 'session.start' || name === 'session.impersonate' ? SECRET_LOGIN : CALL
}

/**
 * The rungs below the one that failed, without those that had nothing to judge in this call. A call may also stop beside
 * its ladder, as where `session.start` is sent a session that has expired: then the rungs that come before it in any call.
 */
export function passedBefore(
  ladder: readonly Rung[],
  stage: Rung,
  { hasSession, hasOwnershipGate }: { readonly hasSession: boolean; readonly hasOwnershipGate: boolean },
): readonly Rung[] {
  const order: readonly Rung[] = ladder.includes(stage) ? ladder : CALL
  const before = order.slice(0, Math.max(0, order.indexOf(stage)))
  return ladder.filter((rung) => {
    if (!before.includes(rung)) return false
    if (rung === 'session-readable' || rung === 'session-alive') return hasSession
    return rung !== 'ownership' || hasOwnershipGate
  })
}
