import type { Command } from 'commander'
import { withExamples } from '../examples.ts'
import { addSettingFlags, STORE_SETTINGS } from '../setting-flags.ts'

/** `latchkey migrate`: the schema of the store. A server brings it up to date by itself when it starts. */
export function addMigrateCommand(program: Command): void {
  const migrate = program.command('migrate').description('Look at the schema of the store, and bring it up to date')
  const status = addSettingFlags(
    migrate.command('status').description('Say which schema the store has and which this program knows'),
    STORE_SETTINGS,
  )
    .option('--json', 'Print JSON')
    .action(async (flags) => (await import('../run/migrate.ts')).status(flags))
  withExamples(status, [
    ['latchkey migrate status', 'the store in ./data'],
    ['LATCHKEY_DATABASE_URL=postgres://… latchkey migrate status', 'PostgreSQL'],
  ])
  const apply = addSettingFlags(
    migrate.command('apply').description('Bring the store up to date, or make an empty one; a server does so itself'),
    STORE_SETTINGS,
  )
    .option('--json', 'Print JSON')
    .action(async (flags) => (await import('../run/migrate.ts')).apply(flags))
  withExamples(apply, [['latchkey migrate apply', 'before the new version is started']])
}
