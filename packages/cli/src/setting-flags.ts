import { type Command, Option } from 'commander'
import { flagOf, SETTING_LIST, type SettingText } from './setting-list.ts'

/** What a command that opens the store itself has to know. */
export const STORE_SETTINGS = ['data', 'masterKeyFile'] as const

/** Secrets come from the environment or a file: the arguments of a process are there for everybody to read. */
export function addSettingFlags(command: Command, names?: readonly string[]): Command {
  for (const setting of SETTING_LIST as readonly SettingText[]) {
    if (setting.isSecret || (names && !names.includes(setting.name))) continue
    const fallback = setting.fallback === undefined ? '' : ` (default ${setting.fallback})`
    command.addOption(new Option(`${flagOf(setting.name)} <value>`, `${setting.about}${fallback} [${setting.env}]`))
  }
  return command.addOption(
    new Option('--config <file>', 'Settings file, JSON (default latchkey.json where there is one) [LATCHKEY_CONFIG]'),
  )
}
