import type { Command } from 'commander'
import { withExamples } from '../examples.ts'
import { addSettingFlags, STORE_SETTINGS } from '../setting-flags.ts'

/** `latchkey partner`: the accounts of this store. A running server sees a change at its next call. */
export function addPartnerCommand(program: Command): void {
  const partner = program
    .command('partner')
    .description('Look at and change the partners of this store; a running server sees a change at its next call')
  leaf(partner, 'list', 'List all partners', 'latchkey partner list --json')
  leaf(partner, 'show <id>', 'Show one partner', 'latchkey partner show 1234')
  leaf(
    partner,
    'create [id] [name]',
    'Create a partner with sample data; what is drawn at random for it is told once',
    'latchkey partner create 1234 "Example account"',
  )
  leaf(partner, 'block <id>', 'Refuse every call of a partner', 'latchkey partner block 1234')
  leaf(partner, 'unblock <id>', 'Let a blocked partner call again', 'latchkey partner unblock 1234')
  leaf(
    partner,
    'https-only <id> <on|off>',
    'Refuse calls of a partner that do not come over HTTPS',
    'latchkey partner https-only 1234 on',
  )
  leaf(
    partner,
    'feature <id> <name> <on|off>',
    'Switch a feature or plugin of a partner, such as METADATA_PLUGIN_PERMISSION',
    'latchkey partner feature 1234 METADATA_PLUGIN_PERMISSION on',
  )
  leaf(
    partner,
    'read-only <id>',
    'Let a partner call what reads only, or what its block list leaves; unblock ends it',
    'latchkey partner read-only 1234',
  )
  leaf(
    partner,
    'rules <id>',
    'Change which roles a partner has for kinds of sessions, which actions it blocks and what it always allows',
    "latchkey partner rules 1234 --block 'baseEntry.delete,media.*'",
    addRuleFlags,
  )
}

/** @param addFlags flags of the command's own, before the settings of the store */
function leaf(
  parent: Command,
  usage: string,
  about: string,
  example: string,
  addFlags: (command: Command) => void = () => {},
): Command {
  const command = parent.command(usage).description(about)
  addFlags(command)
  addSettingFlags(command, STORE_SETTINGS)
    .option('--json', 'Print JSON')
    .action(async (...given: unknown[]) => {
      const args = given.slice(0, -2).map((argument) => (typeof argument === 'string' ? argument : undefined))
      const { run } = await import('../run/partner.ts')
      await run(command.name(), args, command.opts<Record<string, unknown>>())
    })
  return withExamples(command, [[example, `${about.charAt(0).toLowerCase()}${about.slice(1)}`.split(/[,;]/)[0] ?? '']])
}

/** The flags of `latchkey partner rules`; an empty value takes a rule away. */
function addRuleFlags(command: Command): void {
  command
    .option('--widget-role <id>', 'role of widget sessions, in the place of WIDGET_SESSION_ROLE')
    .option('--user-roles <ids>', 'roles of USER sessions, separated by commas and taken together')
    .option('--admin-role <id>', 'role of ADMIN sessions, in the place of PARTNER_ADMIN_ROLE')
    .option('--secondary-role <id>', 'role of every session, whatever it or its user names')
    .option(
      '--block <patterns>',
      'actions to refuse, as service.action with * for any text, separated by commas; in force with FEATURE_LIMIT_ALLOWED_ACTIONS or while the partner is read-only',
    )
    .option('--always <names>', 'permissions that every call holds, in the place of ALWAYS_ALLOWED_ACTIONS')
    .option('--clear', 'take all of these rules away')
}
