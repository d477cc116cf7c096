import type { Command } from 'commander'
import { withExamples } from '../examples.ts'
import { addSettingFlags } from '../setting-flags.ts'

/** `latchkey settings`: the effective settings, each with where it came from; secrets masked. */
export function addSettingsCommand(program: Command): void {
  const command = program.command('settings').description('Print the effective settings and where each came from')
  addSettingFlags(command)
    .option('--json', 'Print JSON')
    .action(async (flags) => (await import('../run/settings.ts')).run(flags))
  withExamples(command, [
    ['latchkey settings', 'what a server started here would run with'],
    ['latchkey settings --config /etc/latchkey.json --json', 'what another file makes of them'],
  ])
}
