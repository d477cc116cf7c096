import { CommandFailure } from '../command-failure.ts'
import { askHidden } from '../doctor/secret-input.ts'

const STOPPED = Symbol('stopped')

export function isInterrupted(value: unknown): value is typeof STOPPED {
  return value === STOPPED
}

/** All questions go to stderr: stdout is data, and may be a pipe. Asked only where a person sits at both ends. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

export async function askPassword(message: string): Promise<string | typeof STOPPED> {
  // A terminal that does not know its width gets nothing drawn.
  if (!process.stderr.columns) return askHidden(`${message} (not shown): `)
  const { isCancel, password } = await import('@clack/prompts')
  const typed = await password({ message: `${message} (not shown)`, mask: '*', output: process.stderr })
  return isCancel(typed) ? STOPPED : (typed ?? '')
}

/** @throws {CommandFailure} where nobody confirms it */
export async function confirmOrFail(question: string, next: string): Promise<void> {
  if (!canAsk()) {
    throw new CommandFailure(`${question}: nobody is there to confirm it`, { next: [next] })
  }
  const { confirm } = await import('@clack/prompts')
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr })
  if (answer !== true) throw new CommandFailure('nothing was changed', { next: [next], exitCode: 1 })
}

export async function askChoice<Name extends string>(
  message: string,
  choices: readonly { readonly value: Name; readonly label: string; readonly hint?: string }[],
): Promise<Name | undefined> {
  const { select } = await import('@clack/prompts')
  const chosen = await select<string>({ message, options: [...choices], output: process.stderr })
  return choices.find(({ value }) => value === chosen)?.value
}
