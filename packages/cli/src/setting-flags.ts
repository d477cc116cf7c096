import { type Command, Option } from 'commander'
import { flagOf, SETTINGS, type SettingSpec } from './settings.ts'
import { type LoadedSettings, loadSettings } from './settings-sources.ts'

/** Secrets come from the environment or a file: the arguments of a process are there for everybody to read. */
export function addSettingFlags(command: Command, names?: readonly string[]): Command {
  for (const setting of SETTINGS as readonly SettingSpec[]) {
    if (setting.isSecret || (names && !names.includes(setting.name))) continue
    const fallback = setting.fallback === undefined ? '' : ` (default ${setting.fallback})`
    command.addOption(new Option(`${flagOf(setting.name)} <value>`, `${setting.about}${fallback} [${setting.env}]`))
  }
  return command.addOption(
    new Option('--config <file>', 'Settings file, JSON (default latchkey.json where there is one) [LATCHKEY_CONFIG]'),
  )
}

export function settingsOf(flags: Readonly<Record<string, unknown>>): LoadedSettings {
  const loaded = loadSettings({ flags, env: process.env })
  for (const warning of loaded.warnings) process.stderr.write(`latchkey: warning: ${warning}\n`)
  return loaded
}
