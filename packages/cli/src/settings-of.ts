import { type LoadedSettings, loadSettings } from './settings-sources.ts'

/** The settings by flags, environment and file; what looks wrong without being so is told on stderr. */
export function settingsOf(flags: Readonly<Record<string, unknown>>): LoadedSettings {
  const loaded = loadSettings({ flags, env: process.env })
  for (const warning of loaded.warnings) process.stderr.write(`latchkey: warning: ${warning}\n`)
  return loaded
}
