import { type ErrorExplanation, explainError, type LikelyCause } from '@latchkey/doctor'
import { CommandFailure } from '../command-failure.ts'
import { type Paint, paintFor, plain, wrap } from '../doctor/paint.ts'
import { writeJson } from '../output.ts'
import { readTextArgument } from '../paste.ts'
import { nextAfterError } from '../view/next-step.ts'
import { RUNGS } from '../view/rungs.ts'
import { offlineAction } from './offline-command.ts'

/** @see addExplainErrorCommand */
export const run = offlineAction(explain)

function explain(argument: string, { json }: { readonly json?: boolean }): number {
  const explanation = explainError(readTextArgument(argument))
  if (explanation === undefined) {
    throw new CommandFailure('there is no error in it that is known: no code, no message, no body of one', {
      next: ['latchkey lint -'],
    })
  }
  if (json === true) writeJson(explanation)
  else {
    process.stdout.write(describeExplanation(explanation, paintFor(process.stdout)))
    for (const command of nextAfterError(explanation)) process.stderr.write(`next: ${command}\n`)
  }
  return 0
}

/** @see explainError */
export function describeExplanation(
  { code, action, stage, proven, saw, isTold, causes }: ErrorExplanation,
  paint: Paint,
): string {
  const [first] = causes
  return [
    `${paint.bold(plain(code))}${action === undefined ? '' : `  ${plain(action)}`}\n`,
    wrap(`Seen: ${saw}.`, ''),
    '\nAs far as it got:\n',
    ...proven.map((rung) => wrap(RUNGS[rung], '      ', `  ${paint.green('ok')}  `)),
    wrap(`${RUNGS[stage]}: no`, '      ', `  ${paint.red('--')}  `),
    ...(isTold && first !== undefined
      ? [`\nThe cause, as the server says:\n  ${paint.bold(first.id)}\n`, wrap(`${first.title}.`, '  ')]
      : likelyCauses(causes, paint)),
    ...(first === undefined
      ? []
      : [
          causes.length === 1 ? '\nWhat to do:\n' : '\nWhat to do about the first:\n',
          ...first.remedy.map((step, at) => wrap(step, '     ', `  ${at + 1}. `)),
          paint.dim(`     ${first.docs}\n`),
        ]),
  ].join('')
}

function likelyCauses(causes: readonly LikelyCause[], paint: Paint): readonly string[] {
  if (causes.length === 0) return []
  return [
    causes.length === 1 ? '\nLikely cause:\n' : '\nLikely causes, the likeliest first:\n',
    ...causes.map(
      ({ id, title, check }, at) =>
        `${wrap(`${title}.`, '     ', `  ${at + 1}. `)}${paint.dim(wrap(`${id}. ${check}`, '     '))}`,
    ),
  ]
}
