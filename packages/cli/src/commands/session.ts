import { type Command, Option } from 'commander'
import { addConnectionFlags, addTokenFlags } from '../connect/flags.ts'
import { withExamples } from '../examples.ts'
import { EXPORT_SHELL_NAMES } from '../names.ts'
import { span } from '../option-values.ts'

/** `latchkey session`: started by an app token, a secret or by being at the store; looked at; ended. */
export function addSessionCommand(program: Command): void {
  const session = program.command('session').description('Start, look at and end sessions')
  addStart(session)
  const show = addConnectionFlags(
    session.command('show').description('Say what a session is, by the service that it is for'),
  ).action(async (flags) => (await import('../run/session.ts')).show(flags))
  withExamples(show, [
    ['latchkey session show', 'the one in LATCHKEY_SESSION'],
    ['latchkey session show --session-file ks.txt --profile prod', 'another one'],
  ])
  const end = addConnectionFlags(
    session.command('end').description('End a session before its time; others of the same app token go on'),
  ).action(async (flags) => (await import('../run/session.ts')).end(flags))
  withExamples(end, [['latchkey session end', 'the one in LATCHKEY_SESSION']])
}

function addStart(session: Command): void {
  const start = session
    .command('start')
    .description('Start a session, and print its string and nothing else')
    .option('--widget', 'The kind that anybody can get')
    .addOption(new Option('--type <type>', 'Of the session, where nothing else fixes it').choices(['user', 'admin']))
    .option('--user-id <id>', 'User that it acts as, where nothing else fixes it')
    .option('--life <span>', 'As 3600, 15m or 8h (default as long as the app token or the account allows)', span)
    .option('--privileges <text>', 'Privileges to narrow it by, as list:*,sview:0_abcd1234')
    .addOption(
      new Option('--export [shell]', 'Print lines that set LATCHKEY_SESSION and its service')
        .choices(EXPORT_SHELL_NAMES)
        .preset('sh'),
    )
  addConnectionFlags(addTokenFlags(start)).action(async (flags) => (await import('../run/session.ts')).start(flags))
  withExamples(start, [
    ['latchkey session start --token-id 0_abcd1234 --token-value-file token.txt', 'by an app token'],
    ['latchkey session start --profile prod --type admin --life 15m', 'by the admin secret of a profile'],
    ['eval "$(latchkey session start --export)"', 'for the commands that follow in sh, bash and zsh'],
    ['latchkey session start --export fish | source', 'in fish'],
    ['latchkey session start --export powershell | Out-String | iex', 'in PowerShell'],
  ])
}
