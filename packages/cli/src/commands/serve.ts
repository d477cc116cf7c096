import type { Command } from 'commander'
import { withExamples } from '../examples.ts'
import { addSettingFlags } from '../setting-flags.ts'

/** `latchkey serve`: runs until SIGINT or SIGTERM, then finishes what it has begun. */
export function addServeCommand(program: Command): void {
  const command = program.command('serve').description('Run the server')
  addSettingFlags(command).action(async (flags) => (await import('../run/serve.ts')).run(flags))
  withExamples(command, [
    ['latchkey serve', 'an embedded database in ./data, on port 8800 of this machine'],
    ['latchkey serve --port 0 --data /tmp/try', 'a free port, and somewhere else'],
    ['LATCHKEY_DATABASE_URL=postgres://… latchkey serve', 'on PostgreSQL'],
  ])
}
