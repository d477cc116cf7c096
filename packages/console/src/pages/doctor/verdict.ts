import { type HashType, Secret } from '@latchkey/core'
import type { Answer, Exchange } from '@latchkey/doctor'
import { countOf, listOf } from '../../parts/words.ts'
import type { SeenStep } from './run.ts'

/** What came of a call, in a few words. */
export function outcomeInWords(answer: Answer): string {
  if (answer.kind === 'none') return answer.text
  if (answer.error !== undefined) return answer.error.code.slice(0, 50)
  if (answer.form !== 'json')
    return `status ${answer.status}, ${answer.form === 'empty' ? 'nothing in it' : answer.form}`
  const { result } = answer
  switch (result?.kind) {
    case 'session':
      if (result.info === undefined) return 'a widget session'
      return result.info.sessionType >= 1 ? 'an ADMIN session' : 'a USER session'
    case 'names':
      return countOf(result.names.length, 'permission')
    case 'list':
      return `${result.totalCount.toLocaleString('en')} in all`
    case 'role':
      return `role ${result.id}`
    default:
      return 'answered'
  }
}

const PURPOSES: Readonly<Record<Exchange['probe'], string>> = {
  ping: 'Does a v3 endpoint answer?',
  widget: 'Is the account there?',
  'widget-as-told': 'Does the widget id work as your tool sends it?',
  login: 'Does the app token log in?',
  'login-again': 'Does it with a fresh widget session?',
  permissions: 'What does its session hold?',
  role: 'What was its role meant to hold?',
  want: 'May it do the job?',
  'sent-session': 'What is it that your tool calls with?',
  tool: 'Your tool’s own call',
}

const BY_LENGTH: Readonly<Record<number, HashType>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256', 128: 'SHA512' }

/** What a call was to find out. */
export function purposeOf({ probe, params }: Exchange): string {
  if (probe !== 'login') return PURPOSES[probe]
  const { tokenHash } = params
  const type = tokenHash instanceof Secret ? BY_LENGTH[tokenHash.expose().length] : undefined
  return type === undefined ? PURPOSES.login : `Does the app token log in with ${type}?`
}

export interface Verdict {
  readonly tone: 'good' | 'bad'
  readonly title: string
}

/** The one sentence about a whole run. */
export function verdictOf(steps: readonly SeenStep[]): Verdict {
  const of = (probe: Exchange['probe']) => steps.filter(({ step }) => step.exchange.probe === probe)
  const failed = ({ step }: SeenStep) => step.stoppedAt !== undefined
  const logins = [...of('login'), ...of('login-again')]
  if (of('ping').some(failed)) return { tone: 'bad', title: 'No v3 endpoint answers there' }
  if (logins.length === 0 && of('widget').some(failed)) return { tone: 'bad', title: 'The account is not known there' }
  if (logins.length === 0) return { tone: 'good', title: 'The endpoint answers' }
  if (logins.every(failed)) return { tone: 'bad', title: 'The login does not work' }
  const refused = of('want').filter(({ step }) => step.stoppedAt !== undefined && step.stoppedAt !== 'action')
  if (refused.length === 0) return { tone: 'good', title: 'The login works' }
  const names = refused.map(({ step }) => `${step.exchange.service}.${step.exchange.action}`)
  return { tone: 'bad', title: `The login works, but ${namedOf(names)} refused` }
}

const MOST_NAMED = 3

function namedOf(names: readonly string[]): string {
  if (names.length > MOST_NAMED) return `${names.length} wanted actions are`
  return `${listOf(names, 'and')} ${names.length === 1 ? 'is' : 'are'}`
}
