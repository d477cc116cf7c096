import { showable } from '@latchkey/core'
import { type Check, type DoctorFinding, found } from '../check.ts'
import type { Exchange, Facts } from '../facts.ts'
import { codeOf, sessionWord } from '../rungs.ts'
import { lastOf, pasted, probesOf } from '../view.ts'

const TOKEN_ID = /^\d+_[0-9a-z]{8}$/
/** Below, the original takes a time for one that is relative to now. */
const RELATIVE = 315_360_000
const MILLISECONDS = 100_000_000_000

/** Whether there is such an app token, and whether it may be used. */
export const tokenState: Check = (facts) => {
  const logins = [...probesOf(facts, 'login', 'login-again').slice(-1), ...pasted(facts)]
  return logins.flatMap((login) => judge(facts, login) ?? [])
}

function judge(facts: Facts, login: Exchange): DoctorFinding | undefined {
  const code = codeOf(login)
  const evidence = `appToken.startSession answered ${code}`
  const id = typeof login.params.id === 'string' ? login.params.id : (facts.told.tokenId ?? '')
  switch (code) {
    case 'APP_TOKEN_ID_NOT_FOUND':
      return unknown(facts, id, evidence)
    case 'APP_TOKEN_NOT_ACTIVE':
      return found('token-disabled', 'error', `the app token ${showable(id)} is paused`, evidence)
    case 'APP_TOKEN_EXPIRED':
      return expired(facts, id, evidence)
    default:
      return undefined
  }
}

function unknown(facts: Facts, id: string, evidence: string): DoctorFinding {
  const { told } = facts
  if (!TOKEN_ID.test(id)) {
    const what = /^[0-9a-f]{32}$/i.test(id) ? 'the form of a value' : `${id.length} characters, not the form of an id`
    return found('token-id-mangled', 'error', `what was sent as id has ${what}`, evidence)
  }
  const partner = told.record?.partnerId
  if (partner !== undefined && partner > 0 && told.partnerId !== undefined && partner !== told.partnerId) {
    const saw = `the app token belongs to the account ${partner}, and the login is made in ${told.partnerId}`
    return found('token-of-other-partner', 'error', saw, `${evidence}; the record names its account`)
  }
  const sent = lastOf(facts, 'sent-session')
  const wasHere = partner !== undefined && partner === told.partnerId
  if (wasHere || (sent !== undefined && sessionWord(sent) === 'LOGOUT')) {
    const how = wasHere ? 'its record is of this account' : 'a session that was made before was ended (LOGOUT)'
    return found(
      'token-deleted',
      'error',
      `there was an app token ${showable(id)}, and it is gone`,
      `${evidence}; ${how}`,
    )
  }
  const saw = `the account ${told.partnerId ?? ''} has no living app token ${showable(id)}`
  return found('token-of-other-partner', 'error', saw, evidence)
}

function expired({ told }: Facts, id: string, evidence: string): DoctorFinding {
  const expiry = told.record?.expiresAt
  if (expiry !== undefined && (expiry < RELATIVE || expiry > MILLISECONDS)) {
    const saw = `its expiry was given as ${expiry}, which is ${expiry > MILLISECONDS ? 'in milliseconds' : 'no date'}`
    return found('token-expiry-unit', 'error', saw, `${evidence}; the record of the app token`)
  }
  return found(
    'token-expired',
    'error',
    `the app token ${showable(id)} is past its expiry; the hash is right`,
    evidence,
  )
}
