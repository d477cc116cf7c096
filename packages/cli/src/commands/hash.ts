import { type Command, Option } from 'commander'
import { collect, withExamples } from '../examples.ts'
import { HASH_TYPE_NAMES } from '../names.ts'

/** `latchkey hash`: what the hash of a login is made of, and what a wrong one was made of. */
export function addHashCommand(program: Command): void {
  const command = program
    .command('hash')
    .description('All four digests of session string and app token value, and what a wrong one was made of')
    .option('--session-file <file>', 'File with the session string, - for piped in [LATCHKEY_SESSION, or a prompt]')
    .option(
      '--value-file <file>',
      "File with the app token's value, - for piped in [LATCHKEY_TOKEN_VALUE, or a prompt]",
    )
    .addOption(
      new Option('--hash-type <type>', "The app token's hashType (default: by the length of --received)").choices(
        HASH_TYPE_NAMES,
      ),
    )
    .option('--token-id <id>', 'Id of the app token, which may have been hashed in the place of its value')
    .option('--received <hash>', 'What the tool made: the mistake in it is named')
    .option('--other-session <ks>', 'A session string that was at hand besides; may be repeated', collect, [])
    .option('--exact', 'Hash files with the line end that they end in')
    .option('--reveal', 'Show both inputs whole, with what no screen shows written out')
    .option('--json', 'Print JSON')
    .action(async (flags) => (await import('../run/hash.ts')).run(flags))
  withExamples(command, [
    ['latchkey hash', 'asks for both'],
    ['latchkey hash --session-file ks.txt --value-file token.txt --hash-type SHA256', 'out of files'],
    ['latchkey hash --session-file ks.txt --value-file token.txt --received 5F2D…', 'what is wrong with this hash?'],
  ])
}
