import { type Command, Option } from 'commander'
import { withExamples } from '../examples.ts'
import { HASH_TYPE_NAMES } from '../names.ts'

/** `latchkey vectors`: what to feed a tool with, and what it should print, and what it prints when it errs. */
export function addVectorsCommand(program: Command): void {
  const command = program
    .command('vectors')
    .description('Test vectors for a tool that hashes, and what each mistake would print')
    .addOption(new Option('--hash-type <type>', 'Of the mistakes').choices(HASH_TYPE_NAMES).default('SHA256'))
    .option('--json', 'Print JSON, with the mistakes of all four')
    .action(async (flags) => (await import('../run/vectors.ts')).run(flags))
  withExamples(command, [
    ['latchkey vectors', 'put session string and value into the tool, then look for what it prints'],
    ['latchkey vectors | grep -i 5f2d09', 'what does a tool do that prints this?'],
  ])
}
