import { type Command, CommanderError, Option } from 'commander'
import { addConnectionFlags, addTokenFlags } from '../connect/flags.ts'
import { withExamples } from '../examples.ts'
import { KIND_NAMES, PRESET_NAMES } from '../names.ts'

/** `latchkey explain`, `suggest` and `reach`: questions about who may do what. */
export function addAccessCommands(program: Command): void {
  addExplain(program)
  addSuggest(program)
  addReach(program)
}

function addExplain(program: Command): void {
  const command = program
    .command('explain <actions...>')
    .description('Say whether actions are open, why, and what would open them')
    .option('--about <token>', 'To an app token, by its id; otherwise to the calling session')
    .option('--address <address>', 'As if the call came from there')
    .option('--entry-id <id>', 'As if it were about that entry')
    .addOption(new Option('--kind <kind>', 'Without a server: to this kind of session').choices(KIND_NAMES))
    .option('--role <role>', 'Without a server: to a USER session with this role that all accounts share')
  pointToAbout(command)
  addConnectionFlags(addTokenFlags(command)).action(async (actions, flags) =>
    (await import('../run/explain.ts')).run(actions, flags),
  )
  withExamples(command, [
    ['latchkey explain user.list media.delete --about 0_abcd1234', 'may the sessions of this app token?'],
    ['latchkey explain user.list --session-file ks.txt --profile prod', 'may this session?'],
    ['latchkey explain user.list --kind user', 'may any USER session, by the catalogue?'],
    ['latchkey explain user.list --role PLAYBACK_BASE_ROLE', 'may one with this role?'],
  ])
}

/** What is nearest in letters, `--token-id`, is whom to log in as; an app token that is named is one to ask about. */
function pointToAbout(command: Command): void {
  const { outputError } = command.configureOutput()
  const meant = (text: string) =>
    text.replace(
      /(unknown option '--(?:app-?)?token(?:=[^']*)?')\n\(Did you mean --token-id\?\)/,
      '$1\n(Did you mean --about?)',
    )
  command.configureOutput({ outputError: (text, write) => outputError?.(meant(text), write) }).exitOverride((error) => {
    throw new CommanderError(error.exitCode, error.code, meant(error.message))
  })
}

function addSuggest(program: Command): void {
  const command = program
    .command('suggest [actions...]')
    .description('Say the least that opens some actions, and what else that would open')
    .addOption(new Option('--preset <preset>', 'In place of actions').choices(PRESET_NAMES.slice(0, 2)))
    .option('--services <names>', 'Of get-and-list: which services, as media,user (default all)')
    .option('--allow-sensitive', 'Propose also what shows secrets or changes app tokens or roles')
    .option('--offline', 'By the catalogue of this program, without any server')
  addConnectionFlags(command).action(async (actions, flags) => (await import('../run/suggest.ts')).run(actions, flags))
  withExamples(command, [
    ['latchkey suggest media.list user.list', 'for the account of this store'],
    ['latchkey suggest --preset get-and-list --services media --offline', 'without a server'],
  ])
}

function addReach(program: Command): void {
  const command = program
    .command('reach <token>')
    .description('Say all that whoever holds an app token can do with it, by its id')
    .option('--actions', 'Name every action')
  addConnectionFlags(command).action(async (id, flags) => (await import('../run/reach.ts')).run(id, flags))
  withExamples(command, [
    ['latchkey reach 0_abcd1234', 'in a few lines, with the one change that takes most away'],
    ['latchkey reach 0_abcd1234 --actions', 'service by service'],
  ])
}
