import type { Command } from 'commander'

/** @param examples each a line as it is typed, and what it is for */
export function withExamples(command: Command, examples: readonly (readonly [line: string, about: string])[]): Command {
  const lines = examples.map(([line, about]) => `  # ${about}\n  ${line}\n`)
  return command.addHelpText('after', `\nExamples:\n${lines.join('')}`)
}

/** Of an option that may be given several times. */
export function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value]
}
