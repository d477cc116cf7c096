import type { Command } from 'commander'
import { withExamples } from '../examples.ts'

/** `latchkey inspect`: what is in a session string. */
export function addInspectCommand(program: Command): void {
  const command = program
    .command('inspect <session>')
    .description(
      'Show what is in a session string, piped in for -, or as an argument: version 1 in clear, version 2 with the secret',
    )
    .option('--secret-file <file>', 'File with admin secrets of the account, one a line')
    .option('--json', 'Print JSON')
    .action(async (session, flags) => (await import('../run/inspect.ts')).run(session, flags))
  withExamples(command, [
    ['latchkey inspect - < ks.txt', 'version, account, and whether it is whole'],
    ['latchkey inspect - --secret-file admin-secret.txt < ks.txt', 'all that is in it'],
    ['latchkey inspect djJ8MTAyfBYUA2…', 'the same of one that may be known: shells keep their arguments'],
  ])
}
