import type { Command } from 'commander'
import type { SHELL_NAMES } from '../names.ts'
import { bashCompletion } from './bash.ts'
import { fishCompletion } from './fish.ts'
import { powershellCompletion } from './powershell.ts'
import { type CompletedCommand, completedCommands } from './words.ts'
import { zshCompletion } from './zsh.ts'

const WRITERS: Readonly<Record<(typeof SHELL_NAMES)[number], (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
}

/** A script that completes the program in a shell: made of the commands that there are, and asking nobody when it runs. */
export function completionFor(shell: (typeof SHELL_NAMES)[number], program: Command): string {
  return WRITERS[shell](completedCommands(program))
}
