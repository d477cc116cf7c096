import { type Command, Option } from 'commander'
import { HASH_TYPE_NAMES } from '../names.ts'
import { serviceUrl, wholeNumber } from '../option-values.ts'
import { addSettingFlags, STORE_SETTINGS } from '../setting-flags.ts'

/** As commander hands them over; what a command adds of its own is read by it. */
export interface ConnectionFlags {
  readonly serviceUrl?: string
  readonly partnerId?: number
  readonly sessionFile?: string
  readonly adminSecretFile?: string
  readonly profile?: string
  readonly data?: string
  readonly masterKeyFile?: string
  readonly config?: string
  readonly json?: boolean
}

/** Of every command that asks a service: which one, and by what right. */
export function addConnectionFlags(command: Command): Command {
  command
    .option(
      '--service-url <url>',
      'Any v3 endpoint; without one, the store of this machine [LATCHKEY_SERVICE_URL, else LATCHKEY_URL]',
      serviceUrl,
    )
    .option('--partner-id <id>', 'Id of the account [LATCHKEY_PARTNER_ID]', wholeNumber)
    .option(
      '--admin-secret-file <file>',
      'File with its admin secret, - for piped in [LATCHKEY_ADMIN_SECRET, or a prompt]',
    )
    .option('--session-file <file>', 'File with a session string to call with instead [LATCHKEY_SESSION]')
    .option('--profile <name>', 'All of this under one name: see latchkey profile [LATCHKEY_PROFILE]')
  addSettingFlags(command, STORE_SETTINGS)
  return command.option('--json', 'Print JSON')
}

/** Where an app token may sign in as well. */
export function addTokenFlags(command: Command): Command {
  return command
    .option('--token-id <id>', 'Id of an app token to log in with [LATCHKEY_TOKEN_ID]')
    .option('--token-value-file <file>', 'File with its value, - for piped in [LATCHKEY_TOKEN_VALUE, or a prompt]')
    .addOption(
      new Option('--hash-type <type>', "The app token's hashType; all four are tried unless told").choices(
        HASH_TYPE_NAMES,
      ),
    )
}
