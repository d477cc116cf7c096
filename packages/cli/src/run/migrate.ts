import { inspectStore, openStore, type StoreState } from '@latchkey/store'
import { CommandFailure } from '../command-failure.ts'
import { say, tell, writeJson } from '../output.ts'
import { settingsOf } from '../settings-of.ts'
import { fields } from '../view/table.ts'

interface Flags {
  readonly json?: boolean
  readonly [setting: string]: unknown
}

interface Standing extends StoreState {
  readonly place: string
  readonly state: 'none yet' | 'empty' | 'behind' | 'up to date' | 'not readable'
}

/** `latchkey migrate status`: ends with 0 where there is nothing to do, with 1 where there is. */
export async function status(flags: Flags): Promise<void> {
  const standing = await standingOf(flags)
  if (standing.state === 'not readable') throw notReadable(standing)
  if (flags.json === true) writeJson(standing)
  else {
    say(describe(standing))
    if (standing.state !== 'up to date') tell('next: latchkey migrate apply\n')
  }
  process.exitCode = standing.state === 'up to date' ? 0 : 1
}

/** `latchkey migrate apply` */
export async function apply(flags: Flags): Promise<void> {
  const before = await standingOf(flags)
  if (before.state === 'not readable') throw notReadable(before)
  const { settings } = settingsOf(withoutJson(flags))
  const store = await openStore({
    url: settings.databaseUrl,
    dataDirectory: settings.data,
    masterKeyPath: settings.masterKeyFile,
  })
  await store.close()
  const after = await standingOf(flags)
  if (flags.json === true)
    return writeJson({ ...after, from: before.schema ?? 0, changed: before.schema !== after.schema })
  say(describe(after))
  const from = before.schema ?? 0
  tell(
    from === after.schema
      ? 'latchkey: there was nothing to do\n'
      : `latchkey: brought from schema ${from} to ${after.schema ?? '?'}\n`,
  )
  if (store.isNew) tell('next: latchkey serve\n')
}

async function standingOf(flags: Flags): Promise<Standing> {
  const { settings } = settingsOf(withoutJson(flags))
  const seen = await inspectStore({
    url: settings.databaseUrl,
    dataDirectory: settings.data,
    masterKeyPath: settings.masterKeyFile,
  })
  return { ...seen, place: settings.databaseUrl === undefined ? settings.data : 'PostgreSQL', state: stateOf(seen) }
}

function stateOf({ schema, knownSchema, isAbsent, isEmpty }: StoreState): Standing['state'] {
  if (isAbsent === true) return 'none yet'
  if (isEmpty === true) return 'empty'
  // One of a later program is not ours to judge; opening it says so.
  if (schema === undefined || schema > knownSchema) return 'not readable'
  return schema < knownSchema ? 'behind' : 'up to date'
}

function notReadable({ place, error, schema, knownSchema }: Standing): CommandFailure {
  const why =
    schema === undefined
      ? (error ?? 'it has no schema')
      : `its schema ${schema} is newer than ${knownSchema}, the newest that this program knows`
  return new CommandFailure(`the store in ${place} cannot be migrated: ${why}`, { next: ['latchkey doctor --local'] })
}

function describe({ kind, place, schema, knownSchema, state }: Standing): string {
  return fields([
    ['store', `${kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}${kind === 'sqlite' ? ` in ${place}` : ''}`],
    ['schema', schema === undefined ? 'none' : String(schema)],
    ['known', String(knownSchema)],
    ['state', state],
  ])
}

function withoutJson({ json: _json, ...settings }: Flags): Readonly<Record<string, unknown>> {
  return settings
}
