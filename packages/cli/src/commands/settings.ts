import type { Command } from 'commander'
import { addSettingFlags, settingsOf } from '../setting-flags.ts'

const MASK = '********'

/** `latchkey settings`: the effective settings, each with where it came from; secrets masked. */
export function addSettingsCommand(program: Command): void {
  const command = program.command('settings').description('Print the effective settings and where each came from')
  addSettingFlags(command)
    .option('--json', 'print JSON')
    .action((flags: Record<string, unknown>) => {
      const { effective } = settingsOf(flags)
      const rows = effective.map(({ name, env, value, origin, isSecret }) => ({
        name,
        value: isSecret ? MASK : value,
        origin,
        env,
      }))
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
        return
      }
      for (const row of rows) {
        const value = Array.isArray(row.value) ? row.value.join(',') || 'none' : String(row.value)
        process.stdout.write(`${row.name.padEnd(15)} ${value.padEnd(28)} ${row.origin.padEnd(12)} ${row.env}\n`)
      }
    })
}
