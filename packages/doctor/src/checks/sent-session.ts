import { type CauseId, describeSessionText, judgeSessionShape } from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import type { Exchange, Facts } from '../facts.ts'
import { codeOf, type SessionWord, sessionWord } from '../rungs.ts'
import { headerOf, lastOf, namesIn } from '../view.ts'

/** What the tool sent as its session: nothing, something else, or one that is over. */
export const sentSession: Check = (facts, primitives) => {
  const text = facts.told.sentSession?.expose()
  if (text === undefined) return []
  if (text === '') {
    const saw = 'the tool sent no ks; a hash that came with it has not been looked at'
    return [found('session-not-sent', 'error', saw, 'what was given as the session that was sent is empty')]
  }
  const header = headerOf(primitives, text)
  const exchange = lastOf(facts, 'sent-session')
  const partner = facts.told.partnerId
  if (header !== undefined && partner !== undefined && header.partnerId !== partner) {
    const saw = `the session is of the account ${header.partnerId}, and the call is for ${partner}`
    return [found('partner-mismatch', 'error', saw, 'the readable head of the session string')]
  }
  if (exchange === undefined) {
    if (header !== undefined) return []
    const { cause, saw } = judgeSessionShape(text, false)
    return [found(cause, 'error', saw, 'the form of the session string')]
  }
  const judged = judge(facts, exchange, text, header !== undefined)
  return judged === undefined ? [] : [judged]
}

const EVIDENCE = 'permission.getCurrentPermissions with the session that was sent'

function judge(facts: Facts, exchange: Exchange, text: string, isReadable: boolean): DoctorFinding | undefined {
  const word = sessionWord(exchange)
  if (word !== undefined) return over(facts, word)
  if (codeOf(exchange) === 'INVALID_KS') {
    const { cause, saw } = judgeSessionShape(text, isReadable)
    return found(cause, 'error', saw, `${EVIDENCE} answered INVALID_KS`)
  }
  const names = namesIn(exchange)
  if (names === undefined) return undefined
  const isWidget = names.includes('WIDGET_SESSION_PERMISSION')
  const shown = describeSessionText(text)
  if (facts.told.receivedHash === undefined) {
    if (!isWidget || names.includes('BASE_USER_SESSION_PERMISSION')) return undefined
    const saw = `the tool calls with a widget session, ${shown}, not with what startSession answered`
    return found('widget-session-still-used', 'error', saw, `${EVIDENCE} shows WIDGET_SESSION_PERMISSION`)
  }
  if (isWidget || names.includes('BASE_USER_SESSION_PERMISSION') || names.includes('*')) return undefined
  const saw = `the session of the login, ${shown}, holds nothing that opens appToken.startSession`
  return found('role-lacks-start-session', 'error', saw, `${EVIDENCE} shows what it holds`)
}

const OVER: Readonly<Record<SessionWord, readonly [CauseId, string]>> = {
  EXPIRED: ['session-expired', 'the session that was sent has expired'],
  LOGOUT: ['session-ended', 'the session that was sent was ended'],
  EXCEEDED_ACTIONS_LIMIT: ['actions-limit-used-up', 'the session that was sent has used up its actionslimit'],
  EXCEEDED_RESTRICTED_IP: ['ip-restriction', 'the session that was sent may not be used from this address'],
  EXCEEDED_RESTRICTED_URI: ['uri-restriction', 'the session that was sent may not be used for this URL'],
}

function over(facts: Facts, word: SessionWord): DoctorFinding {
  const [cause, saw] = OVER[word]
  const evidence = `${EVIDENCE} answered INVALID_KS with ${word}`
  if (word === 'EXPIRED' && facts.told.receivedHash !== undefined) {
    return found('widget-session-expired', 'error', 'the session of the login has expired', evidence)
  }
  return found(cause, 'error', saw, evidence)
}
