import { type Command, Option } from 'commander'
import { addConnectionFlags } from '../connect/flags.ts'
import { withExamples } from '../examples.ts'
import { HASH_TYPE_NAMES, PRESET_NAMES } from '../names.ts'
import { page, span } from '../option-values.ts'

/** `latchkey token`: app tokens, at any v3 endpoint or in the store of this machine. */
export function addTokenCommand(program: Command): void {
  const token = program.command('token').description('Make, look at, stop and delete app tokens')
  addCreate(token)
  const list = addConnectionFlags(
    token
      .command('list')
      .description('List the app tokens of the account, without their values')
      .addOption(new Option('--status <status>', 'Of these only').choices(['active', 'paused']))
      .option('--page <number>', 'Page of 100 tokens, from 1', page)
      .option('--all', 'All pages as one'),
  ).action(async (flags) => (await import('../run/token-list.ts')).list(flags))
  withExamples(list, [
    ['latchkey token list', 'those of the one account of this store'],
    ['latchkey token list --all --profile prod --json', 'all of another service, as data'],
  ])
  const show = leaf(token, 'show <id>', 'Show an app token, and what it reaches; never its value', async (id, flags) =>
    (await import('../run/token-list.ts')).show(id, flags),
  )
  withExamples(show, [['latchkey token show 0_abcd1234', 'its settings, and how much it can do']])
  const pause = leaf(token, 'pause <id>', 'Stop an app token and its sessions until it is resumed', async (id, flags) =>
    (await import('../run/token-life.ts')).pause(id, flags),
  )
  withExamples(pause, [['latchkey token pause 0_abcd1234', 'something odd is going on']])
  const resume = leaf(token, 'resume <id>', 'Let a paused app token and its sessions go on', async (id, flags) =>
    (await import('../run/token-life.ts')).resume(id, flags),
  )
  withExamples(resume, [['latchkey token resume 0_abcd1234', 'it was nothing']])
  addRotate(token)
  const remove = addConnectionFlags(
    token
      .command('delete <id>')
      .description('Delete an app token and end all of its sessions')
      .option('--yes', 'Do not ask'),
  ).action(async (id, flags) => (await import('../run/token-life.ts')).remove(id, flags))
  withExamples(remove, [
    ['latchkey token delete 0_abcd1234', 'asks first'],
    ['latchkey token delete 0_abcd1234 --yes', 'in a script'],
  ])
}

function addCreate(token: Command): void {
  const create = token
    .command('create [name]')
    .description('Make an app token that opens just what it is for; its value is told once')
    .addOption(new Option('--preset <preset>', 'What it is for').choices(PRESET_NAMES))
    .option('--services <names>', 'Of get-and-list: which services, as media,user (default all)')
    .option('--actions <actions>', 'Just these actions, as media.list,user.list; also those of recent-calls')
    .option('--actions-file <file>', 'As they stand in a file, one a line, or - for piped in')
    .option('--allow-sensitive', 'Also actions that show secrets or change app tokens or roles')
    .option('--user-id <id>', 'User that its sessions act as (default nobody)')
    .option('--session-life <span>', 'Life of its sessions, as 3600, 15m, 8h or 1d (default 1d)', span)
    .option('--expires-in <span>', 'After which it starts no session any more, as 90d (default never)', span)
    .addOption(new Option('--hash-type <type>', 'Of its login').choices(HASH_TYPE_NAMES).default('SHA256'))
    .option('--value-file <file>', 'Write its value there, for its owner alone, rather than to the terminal')
    .option('--dry-run', 'Print the calls that would make it, and make none')
  addConnectionFlags(create).action(async (name, flags) => (await import('../run/token-create.ts')).run(name, flags))
  withExamples(create, [
    ['latchkey token create --preset get-and-list', 'reads everything, changes nothing'],
    ['latchkey token create ETL --preset get-and-list --services media,user', 'reads two services'],
    ['latchkey token create --actions media.list,media.get --expires-in 90d', 'two actions, for three months'],
    ['latchkey token create --preset full --dry-run', 'what would be sent'],
  ])
}

function addRotate(token: Command): void {
  const rotate = token
    .command('rotate <id>')
    .description('Give an app token a new value, which is told once; the old one is taken for a while')
    .option(
      '--overlap <span>',
      'For how long the old value is taken, as 1d, 0 for not at all, or until --finish',
      overlap,
    )
    .option('--finish', 'Make no new value, but end the overlap of the last rotation')
    .option('--value-file <file>', 'Write the value there, for its owner alone, rather than to the terminal')
  addConnectionFlags(rotate).action(async (id, flags) => (await import('../run/token-life.ts')).rotate(id, flags))
  withExamples(rotate, [
    ['latchkey token rotate 0_abcd1234', 'the old value is taken for one more day'],
    ['latchkey token rotate 0_abcd1234 --overlap finish', 'until it is told that all have the new one'],
    ['latchkey token rotate 0_abcd1234 --finish', 'all have it'],
  ])
}

/** -1 is until it is finished. */
function overlap(text: string): number {
  return text === 'finish' ? -1 : span(text)
}

type Act = (id: string, flags: Record<string, never>) => Promise<void>

function leaf(parent: Command, usage: string, about: string, act: Act): Command {
  return addConnectionFlags(parent.command(usage).description(about)).action(act)
}
