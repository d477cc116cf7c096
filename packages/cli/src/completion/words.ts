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
  /** Flags that want a file or a directory behind them. */
  readonly fileFlags: readonly string[]
  /** Flags that want something behind them that nobody can guess. */
  readonly otherFlags: readonly string[]
  /** What its first argument may be, where that is one of a few. */
  readonly values: readonly string[]
  /** Whether its first argument is a file. */
  readonly takesFile: boolean
}

/** All commands, the program first. */
export function completedCommands(program: Command): readonly CompletedCommand[] {
  const [root, ...others] = collect(program, [])
  if (root === undefined) return []
  const help = { word: 'help', about: 'Show the help of a command' }
  return [{ ...root, words: [...root.words, help] }, ...others, ...helpOf(program, [])]
}

/** Behind `help` stand the names of commands alone. */
function helpOf(command: Command, path: readonly string[]): readonly CompletedCommand[] {
  if (command.commands.length === 0) return []
  const words = command.commands.map((child) => ({ word: child.name(), about: shortly(child.description()) }))
  const own = { path: ['help', ...path].join(' '), words, choices: [], fileFlags: [], otherFlags: [], values: [] }
  return [{ ...own, takesFile: false }, ...command.commands.flatMap((child) => helpOf(child, [...path, child.name()]))]
}

const IN_FILES = /<(?:file|directory)>|^--(?:data|master-key-file) /

function collect(command: Command, path: readonly string[]): readonly CompletedCommand[] {
  const options = command.options.filter(({ hidden, long }) => !hidden && long !== undefined && long !== null)
  const [first] = command.registeredArguments
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
    fileFlags: options.filter(({ flags }) => IN_FILES.test(flags)).map(({ long }) => long ?? ''),
    otherFlags: options
      .filter(({ flags, required, argChoices }) => required && argChoices === undefined && !IN_FILES.test(flags))
      .map(({ long }) => long ?? ''),
    values: first?.argChoices ?? [],
    takesFile: first?.name() === 'file',
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
