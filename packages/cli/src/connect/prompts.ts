import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandFailure, INTERRUPTED } from '../command-failure.ts'

/** All questions go to stderr: stdout is data, and may be a pipe. Asked only where a person sits at both ends. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

/**
 * Asks for a secret without showing it.
 *
 * @param hint beside the question
 * @returns empty where nothing was typed
 * @throws {CommandFailure} where whoever sits there gives up, by Ctrl-C, Ctrl-D or Escape
 */
export async function askPassword(message: string, hint = 'not shown'): Promise<string> {
  const question = `${message} (${hint})`
  if (!canDraw()) return askLine(`${question}: `, true)
  const { password } = await import('@clack/prompts')
  const typed = await drawn((signal) => password({ message: question, mask: '*', output: process.stderr, signal }))
  // Nothing at all is what it gives for nothing typed.
  return typed ?? ''
}

/** @throws {CommandFailure} where nobody confirms it */
export async function confirmOrFail(question: string, next: string): Promise<void> {
  if (!canAsk()) {
    throw new CommandFailure(`${question}: nobody is there to confirm it`, { next: [next] })
  }
  if (!(await isConfirmed(question))) {
    throw new CommandFailure('nothing was changed', { next: [next], exitCode: 1 })
  }
}

async function isConfirmed(question: string): Promise<boolean> {
  if (!canDraw()) return /^y(?:es)?$/i.test((await askLine(`${question}? [y/N] `)).trim())
  const { confirm } = await import('@clack/prompts')
  return drawn((signal) => confirm({ message: `${question}?`, initialValue: false, output: process.stderr, signal }))
}

/** @throws {CommandFailure} where none is chosen */
export async function askChoice<Name extends string>(
  message: string,
  choices: readonly { readonly value: Name; readonly label: string; readonly hint?: string }[],
): Promise<Name> {
  const chosen = canDraw() ? await drawnChoice(message, choices) : await numberedChoice(message, choices)
  const found = choices.find(({ value }) => value === chosen)
  if (found === undefined) throw givenUp()
  return found.value
}

type Choices = readonly { readonly value: string; readonly label: string; readonly hint?: string }[]

async function drawnChoice(message: string, choices: Choices): Promise<string> {
  const { select } = await import('@clack/prompts')
  return drawn((signal) => select<string>({ message, options: [...choices], output: process.stderr, signal }))
}

async function numberedChoice(message: string, choices: Choices): Promise<string | undefined> {
  const lines = choices.map(({ label }, at) => `  ${at + 1}. ${label}\n`)
  const typed = await askLine(`${message}\n${lines.join('')}1 to ${choices.length}: `)
  return choices[Number(typed) - 1]?.value
}

/** Where nothing can be drawn over, questions are lines. */
function canDraw(): boolean {
  return process.stderr.columns > 0 && process.env.TERM !== 'dumb'
}

/** The end of the input (Ctrl-D) would leave a drawn question open for ever, with the cursor hidden. */
async function drawn<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Promise<Exclude<Answer, symbol>> {
  const ended = new AbortController()
  const onKey = (_text: unknown, key?: { readonly ctrl?: boolean; readonly name?: string }) => {
    if (key?.ctrl === true && key.name === 'd') ended.abort()
  }
  process.stdin.on('keypress', onKey)
  try {
    const answer = await ask(ended.signal)
    if (isAnswer(answer)) return answer
    throw givenUp()
  } finally {
    process.stdin.off('keypress', onKey)
  }
}

/** A symbol stands for giving up. */
function isAnswer<Answer>(answer: Answer): answer is Exclude<Answer, symbol> {
  return typeof answer !== 'symbol'
}

async function askLine(question: string, isHidden = false): Promise<string> {
  const ended = new AbortController()
  const end = () => ended.abort()
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const output = isHidden ? nowhere : process.stderr
  const reader = createInterface({ input: process.stdin, output, terminal: isHidden })
  // Ctrl-C is a key where it reads key by key, and a signal where it reads lines; Ctrl-D closes it.
  reader.once('SIGINT', end).once('close', end)
  process.once('SIGINT', end)
  try {
    // By now nothing that is typed is shown.
    if (isHidden) process.stderr.write(question)
    return await reader.question(isHidden ? '' : question, { signal: ended.signal })
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw givenUp()
    throw error
  } finally {
    process.off('SIGINT', end)
    if (isHidden || ended.signal.aborted) process.stderr.write('\n')
    reader.close()
  }
}

function givenUp(): CommandFailure {
  return new CommandFailure('stopped; nothing was changed', { next: [], exitCode: INTERRUPTED })
}
