import type { CompletedCommand } from './words.ts'

type Kind = 'fileFlags' | 'otherFlags'

/** As a pattern of a shell's `case`. What another command takes without anything behind it is left out. */
export function flagsOf(commands: readonly CompletedCommand[], kind: Kind): string {
  const flags = [...new Set(commands.flatMap((command) => command[kind]))]
  return flags.filter((flag) => commands.every((command) => !isBare(flag, command))).join('|')
}

function isBare(flag: string, { words, choices, fileFlags, otherFlags }: CompletedCommand): boolean {
  const hasValue =
    fileFlags.includes(flag) || otherFlags.includes(flag) || choices.some((choice) => choice.flag === flag)
  return !hasValue && words.some(({ word }) => word === flag)
}
