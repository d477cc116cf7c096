import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RunningServer } from './server.ts'

/** What counts calls is no change of the account. */
const COUNTERS: readonly unknown[] = ['token_usage', 'call_counters']

/** Every row of every table of a server's embedded store, as it lies on the disk. */
export function tablesOf(server: RunningServer): Readonly<Record<string, readonly unknown[]>> {
  using database = new DatabaseSync(join(server.data, 'latchkey.db'), { readOnly: true })
  const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all()
  const tables = names.flatMap(({ name }) =>
    COUNTERS.includes(name) ? [] : [[String(name), database.prepare(`SELECT * FROM "${name}"`).all()] as const],
  )
  return Object.fromEntries(tables)
}
