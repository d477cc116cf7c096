import type { Command } from 'commander'
import { withExamples } from '../examples.ts'

/** `latchkey replay`: draws the same conclusions from a report, without any server. */
export function addReplayCommand(program: Command): void {
  const command = program
    .command('replay <file>')
    .description('Look at a report of the doctor again, from anywhere; - is what is piped in')
    .option('--json', 'Print JSON')
    .action(async (file, flags) => (await import('../run/replay.ts')).run(file, flags))
  withExamples(command, [
    ['latchkey replay report.json', 'what the doctor found, as it said it then'],
    ['latchkey replay - --json < report.md', 'a report as a page, findings as data'],
  ])
}
