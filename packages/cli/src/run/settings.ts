import { plain } from '../doctor/paint.ts'
import { settingsOf } from '../settings-of.ts'

const MASK = '********'

/** @see addSettingsCommand */
export async function run(flags: Readonly<Record<string, unknown>>): Promise<void> {
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
    process.stdout.write(`${row.name.padEnd(15)} ${plain(value).padEnd(24)} ${row.origin.padEnd(12)} ${row.env}\n`)
  }
}
