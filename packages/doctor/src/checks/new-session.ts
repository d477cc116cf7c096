import { type CauseId, firstPrivilegeText } from '@latchkey/core'
import { type Check, found } from '../check.ts'
import { codeOf, type SessionWord, sessionWord } from '../rungs.ts'
import { granted, lastOf, probesOf } from '../view.ts'

const OVER: Readonly<Record<SessionWord, readonly [CauseId, string, string?]>> = {
  EXPIRED: ['session-duration-too-short', 'a session is over as soon as it is made'],
  LOGOUT: ['session-ended', 'a session is ended as soon as it is made: all of this app token are'],
  EXCEEDED_ACTIONS_LIMIT: ['actions-limit-used-up', 'a session is good for fewer calls than this', 'actionslimit'],
  EXCEEDED_RESTRICTED_IP: ['ip-restriction', 'a session may not be used from this address', 'iprestrict'],
  EXCEEDED_RESTRICTED_URI: ['uri-restriction', 'a session may not be used for this path', 'urirestrict'],
}

/** A login that works, and a session that does not. */
export const newSession: Check = (facts) => {
  const privileges = granted(facts)?.privileges ?? ''
  const first = lastOf(facts, 'permissions')
  if (first === undefined) return []
  const failed = [first, ...probesOf(facts, 'want')].find((exchange) => sessionWord(exchange) !== undefined)
  const word = failed === undefined ? undefined : sessionWord(failed)
  if (word !== undefined) {
    const [cause, saw, privilege] = OVER[word]
    const value = privilege === undefined ? undefined : firstPrivilegeText({ privileges }, privilege)
    const shown = value === undefined ? '' : `: ${privilege} is ${value === '' ? 'empty' : value.slice(0, 100)}`
    return [found(cause, 'error', saw + shown, `a call with the new session answered INVALID_KS with ${word}`)]
  }
  const code = codeOf(first)
  if (code !== 'INVALID_OBJECT_ID' && code !== 'INVALID_SET_ROLE') return []
  const role = firstPrivilegeText({ privileges }, 'setrole')
  const saw = role === undefined ? 'a role of its user is not there' : `setrole is ${role.slice(0, 100)}`
  const evidence = `startSession works, and permission.getCurrentPermissions answered ${code}`
  return [found('role-unknown', 'error', `${saw}: every call of the session fails`, evidence)]
}
