import { ladderOf, type Rung, Secret } from '@latchkey/core'
import type { Answer, ParamValue, Step } from '@latchkey/doctor'
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

/** Writes each step as it is done. A login that is tried with the next algorithm, and refused alike, takes one line. */
export function stepWriter(write: (text: string) => void, paint: Paint): (step: Step) => void {
  let last: Step | undefined
  return (step) => {
    const isRepeat = step.exchange.probe === 'login' && last?.exchange.probe === 'login'
    const isAlike = isRepeat && codeOf(step) !== undefined && codeOf(step) === codeOf(last)
    write(describeStep(step, paint, isAlike))
    last = step
  }
}

function codeOf(step: Step | undefined): string | undefined {
  return step?.exchange.answer.kind === 'reply' ? step.exchange.answer.error?.code : undefined
}

/** One step as lines. */
function describeStep({ exchange, proven, stoppedAt }: Step, paint: Paint, isAlike: boolean): string {
  const { probe, service, action, answer } = exchange
  const isGood = stoppedAt === undefined
  const mark = isGood ? paint.green('ok') : paint.red('--')
  const hashedWith = probe === 'login' ? hashTypeOf(exchange.params.tokenHash) : ''
  const head = `${mark}  ${plain(`${service}.${action}`)}  ${paint.dim(plain(`${outcomeOf(answer)}${hashedWith}`))}\n`
  if (isAlike) return head
  if (probe !== 'login' && probe !== 'login-again') return head
  const rungs = ladderOf(service, action).map((rung) => {
    if (proven.includes(rung)) return `      ${paint.green('ok')}  ${TITLES[rung]}\n`
    if (rung === stoppedAt) return `      ${paint.red('--')}  ${TITLES[rung]}: ${paint.red('no')}\n`
    return `      ${paint.dim(`..  ${TITLES[rung]}`)}\n`
  })
  return head + rungs.join('')
}

const TYPES: Readonly<Record<number, string>> = { 0: 'a USER session', 2: 'an ADMIN session' }
const HASHED_WITH: Readonly<Record<number, string>> = { 32: ', MD5', 40: ', SHA1', 64: ', SHA256', 128: ', SHA512' }

/** By how long it is: of a hash nothing else is told. */
function hashTypeOf(hash: ParamValue | undefined): string {
  return hash instanceof Secret ? (HASHED_WITH[hash.expose().length] ?? '') : ''
}

function outcomeOf(answer: Answer): string {
  if (answer.kind === 'none') return answer.text
  if (answer.error !== undefined) return answer.error.code.slice(0, 50)
  if (answer.form !== 'json') return `status ${answer.status}, ${answer.form}`
  const { result } = answer
  switch (result?.kind) {
    case 'session':
      return result.info === undefined
        ? 'a widget session'
        : `${TYPES[result.info.sessionType] ?? `a session of type ${result.info.sessionType}`}`
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
