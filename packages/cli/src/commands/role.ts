import { type Command, Option } from 'commander'
import { addConnectionFlags } from '../connect/flags.ts'
import { withExamples } from '../examples.ts'
import { PRESET_NAMES } from '../names.ts'

/** `latchkey role`: roles, which say what a session may call. */
export function addRoleCommand(program: Command): void {
  const role = program.command('role').description('Look at roles, and make those that open just some actions')
  const list = addConnectionFlags(
    role.command('list').description('List the roles of the account and those that all accounts share'),
  ).action(async (flags) => (await import('../run/role.ts')).list(flags))
  withExamples(list, [['latchkey role list', 'with what each holds']])
  const show = addConnectionFlags(
    role.command('show <role>').description('Show a role, by its id or system name, with its permissions'),
  ).action(async (name, flags) => (await import('../run/role.ts')).show(name, flags))
  withExamples(show, [
    ['latchkey role show 1005', 'by its id'],
    ['latchkey role show PLAYBACK_BASE_ROLE', 'by its system name'],
  ])
  const create = role
    .command('create <name>')
    .description('Make a role of just these actions, or of permissions that there are')
    .option('--actions <actions>', 'Just these, as media.list,user.list')
    .addOption(new Option('--preset <preset>', 'Actions by what they are for').choices(PRESET_NAMES.slice(0, 2)))
    .option('--services <names>', 'Of get-and-list: which services, as media,user (default all)')
    .option('--permissions <names>', 'Permissions that it holds, separated by commas')
    .option('--dry-run', 'Print the calls that would make it, and make none')
  addConnectionFlags(create).action(async (name, flags) => (await import('../run/role.ts')).create(name, flags))
  withExamples(create, [
    ['latchkey role create Reader --actions media.list,media.get', 'opens those two'],
    ['latchkey role create Reader --permissions CONTENT_MANAGE_BASE', 'holds that permission'],
  ])
}
