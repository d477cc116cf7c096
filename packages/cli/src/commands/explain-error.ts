import type { Command } from 'commander'
import { withExamples } from '../examples.ts'

/** `latchkey explain-error`: the dictionary of errors. */
export function addExplainErrorCommand(program: Command): void {
  const command = program
    .command('explain-error <error>')
    .description('Say what an error means: a code, a message, or a body in JSON, XML or PHP (- for piped in)')
    .option('--json', 'Print JSON')
    .action(async (error, flags) => (await import('../run/explain-error.ts')).run(error, flags))
  withExamples(command, [
    ['latchkey explain-error INVALID_APP_TOKEN_HASH', 'a code'],
    ["latchkey explain-error 'The access to service [user->list] is forbidden'", 'a message'],
    ['curl -sS "$url" | latchkey explain-error -', 'an answer'],
  ])
}
