import type { Command } from 'commander'
import { addConnectionFlags, addTokenFlags } from '../connect/flags.ts'
import { withExamples } from '../examples.ts'

/** `latchkey call`: any action of the API. */
export function addCallCommand(program: Command): void {
  const command = program
    .command('call <action> [parameters...]')
    .description('Call any action as service.action, with parameters as name=value; prints what it answers')
    .option('--json-params <json>', 'Parameters as JSON, a file of it as @file, or - for piped in')
    .option('--no-session', 'Call without a session')
  addConnectionFlags(addTokenFlags(command)).action(async (action, parameters, flags) =>
    (await import('../run/call.ts')).run(action, parameters, flags),
  )
  withExamples(command, [
    ['latchkey call media.list pager:pageSize=5 filter:orderBy=-createdAt', 'names of objects go before a colon'],
    ['latchkey call user.add --json-params \'{"user": {"id": "anna"}}\'', 'or all of them as JSON'],
    ['latchkey call session.start secret=@admin-secret.txt partnerId=1234 type=2 --no-session', 'a value in a file'],
    ['latchkey call media.list --token-id 0_abcd1234 --token-value-file token.txt', 'as an app token may'],
  ])
}
