import type { Command } from 'commander'

export interface CompletedWord {
  readonly word: string
  readonly about: string
}

/** What may stand behind a command. */
export interface CompletedCommand {
  /** Names below the program, with blanks between; empty is the program itself. */
  readonly path: string
  /** Commands below it, and flags. */
  readonly words: readonly CompletedWord[]
  /** Choices of the flags that have some. */
  readonly choices: readonly { readonly flag: string; readonly values: readonly string[] }[]
  /** Flags that want a file behind them. */
  readonly fileFlags: readonly string[]
}

/** All commands, the program first. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  return collect(program, [])
}

function collect(command: Command, path: readonly string[]): readonly CompletedCommand[] {
  const options = command.options.filter(({ hidden, long }) => !hidden && long !== undefined && long !== null)
  const own: CompletedCommand = {
    path: path.join(' '),
    words: [
      ...command.commands.map((child) => ({ word: child.name(), about: shortly(child.description()) })),
      ...options.map(({ long, description }) => ({ word: long ?? '', about: shortly(description) })),
      { word: '--help', about: 'Show what is accepted, with examples' },
    ],
    choices: options.flatMap(({ long, argChoices }) =>
      argChoices === undefined ? [] : [{ flag: long ?? '', values: argChoices }],
    ),
    fileFlags: options.filter(({ flags }) => /<(file|directory)>/.test(flags)).map(({ long }) => long ?? ''),
  }
  return [own, ...command.commands.flatMap((child) => collect(child, [...path, child.name()]))]
}

/** One clause, in characters that no shell acts on. */
function shortly(text: string): string {
  const [first = ''] = text.split(/[.;:,[(]/)
  return first
    .replaceAll(/[^A-Za-z0-9 -]/g, '')
    .trim()
    .slice(0, 60)
}
