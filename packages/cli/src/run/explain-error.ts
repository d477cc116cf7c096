import { type ErrorExplanation, explainError } from '@latchkey/doctor'
import { type Paint, paintFor, plain, wrap } from '../doctor/paint.ts'
import { writeJson } from '../output.ts'
import { NOT_READABLE, readTextArgument } from '../paste.ts'
import { RUNGS } from '../view/rungs.ts'
import { offlineAction } from './offline-command.ts'

/** @see addExplainErrorCommand */
export const run = offlineAction(explain)

function explain(argument: string, { json }: { readonly json?: boolean }): number {
  const explanation = explainError(readTextArgument(argument))
  if (explanation === undefined) {
    process.stderr.write('latchkey: there is no error in it that is known: no code, no message, no body of one\n')
    return NOT_READABLE
  }
  if (json === true) writeJson(explanation)
  else process.stdout.write(describeExplanation(explanation, paintFor(process.stdout)))
  return 0
}

/** @see explainError */
export function describeExplanation(
  { code, action, stage, proven, saw, causes }: ErrorExplanation,
  paint: Paint,
): string {
  const [first] = causes
  return [
    `${paint.bold(plain(code))}${action === undefined ? '' : `  ${plain(action)}`}\n`,
    wrap(`${saw.slice(0, 1).toUpperCase()}${saw.slice(1)}.`, ''),
    '\nAs far as it got:\n',
    ...proven.map((rung) => wrap(RUNGS[rung], '      ', `  ${paint.green('ok')}  `)),
    wrap(`${RUNGS[stage]}: no`, '      ', `  ${paint.red('--')}  `),
    first === undefined ? '' : '\nLikely causes, the likeliest first:\n',
    ...causes.map(
      ({ id, title, check }, at) =>
        `${wrap(`${title}.`, '     ', `  ${at + 1}. `)}${paint.dim(wrap(`${id}. ${check}`, '     '))}`,
    ),
    ...(first === undefined
      ? []
      : [
          `\nWhat to do about the first:\n`,
          ...first.remedy.map((step, at) => wrap(step, '     ', `  ${at + 1}. `)),
          paint.dim(`     ${first.docs}\n`),
        ]),
  ].join('')
}
