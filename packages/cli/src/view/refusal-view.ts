import { explainError } from '@latchkey/doctor'
import { CommandFailure } from '../command-failure.ts'
import type { Outcome, Refusal, Told, ToldFix } from '../connect/outcome.ts'
import { type Paint, paintFor, plain, wrap } from '../doctor/paint.ts'
import { describeExplanation } from '../run/explain-error.ts'
import { isRung, RUNGS } from './rungs.ts'

/**
 * A refusal as a failure of the command: how far the call got, the cause, what is needed and held, what would mend it.
 *
 * @param action `service.action`
 * @param next commands; otherwise what fits the refusal
 */
export function refusedFailure(
  outcome: Exclude<Outcome, { kind: 'result' }>,
  action: string,
  next?: readonly string[],
): CommandFailure {
  if (outcome.kind === 'failed') {
    return new CommandFailure(`${action}: ${outcome.why}`, { next: next ?? ['latchkey doctor --help'], exitCode: 2 })
  }
  const { refusal } = outcome
  return new CommandFailure('', {
    details: describeRefusal(refusal, action, paintFor(process.stderr)),
    next: next ?? nextFor(refusal, action),
    exitCode: 1,
    data: refusal.raw,
  })
}

const NEXT_BY_CODE: Readonly<Record<string, string>> = {
  INVALID_KS: 'latchkey session start --help',
  APP_TOKEN_ID_NOT_FOUND: 'latchkey token list',
  START_SESSION_ERROR: 'latchkey profile save --help',
  INVALID_OBJECT_ID: 'latchkey role list',
}

function nextFor({ code, told }: Refusal, action: string): readonly string[] {
  const known = Object.hasOwn(NEXT_BY_CODE, code) ? NEXT_BY_CODE[code] : undefined
  if (known !== undefined) return [known]
  if (told?.stage === 'permission' || (told === undefined && code === 'SERVICE_FORBIDDEN'))
    return [`latchkey suggest ${action}`]
  return [`latchkey explain-error ${/^[A-Z_]+$/.test(code) ? code : JSON.stringify(plain(code))}`]
}

/** As lines. */
export function describeRefusal(refusal: Refusal, action: string, paint: Paint): string {
  const { code, message, told } = refusal
  const head = `${paint.red('refused')}  ${paint.bold(plain(code))}  ${plain(action)}\n${wrap(`${message}`, '')}`
  if (told !== undefined) return `${head}\n${describeTold(told, paint)}`
  // Not one of ours: the dictionary knows what the code proves.
  const explanation = explainError(JSON.stringify(refusal.raw))
  return explanation === undefined ? head : `${head}\n${describeExplanation(explanation, paint)}`
}

function describeTold(told: Told, paint: Paint): string {
  const { stage, passed, cause, needed, isEachNeeded, held, fixes, requestId } = told
  return [
    'As far as it got:\n',
    ...passed.map((rung) => wrap(titleOf(rung), '      ', `  ${paint.green('ok')}  `)),
    wrap(`${titleOf(stage)}: no`, '      ', `  ${paint.red('--')}  `),
    `\n${paint.bold(plain(cause.id))}\n`,
    wrap(`${cause.title}.`, '  '),
    wrap(`Seen: ${cause.saw}.`, '  '),
    needed.length === 0 ? '' : wrap(`Needed: ${isEachNeeded ? 'all' : 'any'} of ${needed.join(', ')}`, '    ', '  '),
    needed.length === 0 ? '' : wrap(`Held: ${heldInWords(held)}`, '    ', '  '),
    ...cause.remedy.map((step, at) => wrap(step, '     ', `  ${at + 1}. `)),
    describeFixes(fixes),
    paint.dim(`  ${plain(cause.docs)}, request ${plain(requestId)}\n`),
  ].join('')
}

const MOST_HELD = 12

/** Where each permission comes from, once. */
export function heldInWords(held: Told['held']): string {
  if (held.length === 0) return 'none'
  const sources = [...new Set(held.map(({ from }) => from))]
  const parts = sources.map((source) => {
    const names = held.filter(({ from }) => from === source).map(({ permission }) => permission)
    const rest = names.length > MOST_HELD ? ` and ${names.length - MOST_HELD} more` : ''
    return `${names.slice(0, MOST_HELD).join(', ')}${rest} (${source})`
  })
  return parts.join('; ')
}

/** The changes that would let a call through, the smallest first. */
export function describeFixes(fixes: readonly ToldFix[]): string {
  if (fixes.length === 0) return ''
  const lines = fixes.map(({ title, opens }) => {
    const besides = opens === 0 ? 'opens nothing else' : `opens ${opens} more ${opens === 1 ? 'action' : 'actions'}`
    return wrap(`${title} (${besides})`, '    ', '  - ')
  })
  return `  Would let it through:\n${lines.join('')}`
}

function titleOf(rung: string): string {
  return isRung(rung) ? RUNGS[rung] : plain(rung)
}
