import { type Command, Option } from 'commander'
import { collect, withExamples } from '../examples.ts'
import { HASH_TYPE_NAMES } from '../names.ts'
import { actions, names, serviceUrl, wholeNumber } from '../option-values.ts'
import { addSettingFlags, STORE_SETTINGS } from '../setting-flags.ts'

/** `latchkey doctor`: walks the ladder of a login at any v3 endpoint, by calls that change nothing. */
export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('Find out why a login with an app token, or what comes after it, does not work')
    .option('--service-url <url>', 'Address of the service [LATCHKEY_SERVICE_URL, else LATCHKEY_URL]', serviceUrl)
    .option('--partner-id <id>', 'Id of the account [LATCHKEY_PARTNER_ID]', wholeNumber)
    .option('--token-id <id>', 'Id of the app token [LATCHKEY_TOKEN_ID]')
    .option(
      '--token-value-file <file>',
      'File with its value, - for what is piped in [LATCHKEY_TOKEN_VALUE, or a prompt]',
    )
    .addOption(
      new Option('--hash-type <type>', 'What the tool hashes with; all four are tried').choices(HASH_TYPE_NAMES),
    )
    .option('--want <actions>', 'What the job calls, as media.list,user.list', actions)
    .option('--received-hash <hash>', 'What the tool made as tokenHash')
    .option(
      '--sent-session-file <file>',
      'File with what the tool sent as ks: with --received-hash in the login, else after it; - for piped in',
    )
    .option('--sent-session <ks>', 'The same as an argument, which shells keep')
    .option('--other-session <ks>', 'A session string that was at hand besides; may be repeated', collect, [])
    .option('--widget-id <id>', 'The widgetId that the tool sends (default _ and the account)')
    .option('--user-id <id>', 'The userId that the tool gives to startSession')
    .option('--type <type>', 'The type that the tool gives to startSession', wholeNumber)
    .option('--expiry <seconds>', 'The expiry that the tool gives to startSession', wholeNumber)
    .option('--privileges <text>', 'The sessionPrivileges that the tool gives to startSession')
    .option('--role-permissions <names>', "What the token's role is meant to hold", names)
    .option(
      '--paste <file>',
      'What was seen elsewhere: a request with its answer, the app token; - for what is piped in',
    )
    .option('--took-error-for-data', 'The tool went on as if an error were data')
    .option('--local', "Look at this machine as well, with the server's settings")
    .option('--report <file>', 'Write a report that may be posted in public, .json or .md')
    .option('--json', 'Print JSON')
  addSettingFlags(command, STORE_SETTINGS).action(async (flags) => (await import('../run/doctor.ts')).run(flags))
  withExamples(command, [
    [
      'latchkey doctor --service-url https://www.example.com --partner-id 1234 --token-id 0_abcd1234',
      'asks for the value',
    ],
    ['latchkey doctor --service-url http://127.0.0.1:8800 --partner-id 1234 --want media.list', 'may it call that?'],
    ['latchkey doctor --want media.list', 'all else is in the environment, as the examples have it'],
    ['latchkey doctor --local', 'this machine: its store, its key, its disk'],
  ])
}
