import { ladderOf, type Rung } from '@latchkey/core'
import type { Answer, Step } from '@latchkey/doctor'
import { type Paint, plain } from './paint.ts'

const TITLES: Readonly<Record<Rung, string>> = {
  endpoint: 'the endpoint answers',
  'session-readable': 'the widget session can be read',
  rate: 'not throttled',
  parameters: 'the parameters arrived',
  'session-alive': 'the widget session is alive',
  account: 'the account is not blocked',
  ownership: 'the object is its own',
  permission: 'the login may be tried',
  'access-control': 'the way is allowed (HTTPS)',
  feature: 'the feature is on',
  action: 'the action itself',
  secret: 'the secret is right',
  'token-known': 'the app token is there',
  'token-active': 'it is active',
  hash: 'the hash is right',
  'token-in-date': 'it is not past its expiry',
  issued: 'the session was made',
}

/** One step as lines, as it is done. */
export function describeStep({ exchange, proven, stoppedAt }: Step, paint: Paint): string {
  const { probe, service, action, answer } = exchange
  const isGood = stoppedAt === undefined
  const mark = isGood ? paint.green('ok') : paint.red('--')
  const head = `${mark}  ${plain(`${service}.${action}`)}  ${paint.dim(plain(outcomeOf(answer)))}\n`
  if (probe !== 'login' && probe !== 'login-again') return head
  const rungs = ladderOf(service, action).map((rung) => {
    if (proven.includes(rung)) return `      ${paint.green('ok')}  ${TITLES[rung]}\n`
    if (rung === stoppedAt) return `      ${paint.red('--')}  ${TITLES[rung]}: ${paint.red('no')}\n`
    return `      ${paint.dim(`..  ${TITLES[rung]}`)}\n`
  })
  return head + rungs.join('')
}

function outcomeOf(answer: Answer): string {
  if (answer.kind === 'none') return answer.text
  if (answer.error !== undefined) return answer.error.code.slice(0, 50)
  if (answer.form !== 'json') return `status ${answer.status}, ${answer.form}`
  const { result } = answer
  switch (result?.kind) {
    case 'session':
      return result.info === undefined ? 'a widget session' : `a session of type ${result.info.sessionType}`
    case 'names':
      return `${result.names.length} permissions`
    case 'list':
      return `${result.totalCount} in all`
    case 'role':
      return `role ${result.id}`
    default:
      return ''
  }
}
