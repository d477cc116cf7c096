import { readFileSync } from 'node:fs'
import { type HashType, PRESETS, type PresetId } from '@latchkey/core'
import { type Least, parseToken } from '@latchkey/wire/answer'
import { leastAt, type Wanted } from '../access/least.ts'
import { runChange } from '../access/run-change.ts'
import { knownActions, listed } from '../access/wanted-names.ts'
import { CommandFailure } from '../command-failure.ts'
import { connect } from '../connect/connect.ts'
import type { ConnectionFlags } from '../connect/flags.ts'
import { isObject, type JsonObject, textOf } from '../connect/json.ts'
import type { ToldCall } from '../connect/outcome.ts'
import { askChoice, canAsk } from '../connect/prompts.ts'
import { wrap } from '../doctor/paint.ts'
import { say, tell, writeJson } from '../output.ts'
import { holdPrivately } from '../private-file.ts'
import { tokenFields } from '../tokens/token.ts'
import { tellValue } from '../tokens/value.ts'

interface Flags extends ConnectionFlags {
  readonly preset?: PresetId
  readonly services?: string
  readonly actions?: string
  readonly actionsFile?: string
  readonly allowSensitive?: boolean
  readonly userId?: string
  readonly sessionLife?: number
  readonly expiresIn?: number
  readonly hashType: HashType
  readonly valueFile?: string
  readonly dryRun?: boolean
}

const COMMAND = 'latchkey token create'

/** `latchkey token create`: a permission of just these actions, a role that holds it, a token with that role. */
export async function run(name: string | undefined, flags: Flags): Promise<void> {
  const wanted = await wantedBy(flags)
  await using connection = await connect(flags)
  const least = await leastAt(connection, wanted)
  if (isNothing(least, wanted)) throw nothingToOpen(least)
  warnOf(least, wanted)
  const change = withSettings(least.change, name, flags)
  if (flags.dryRun === true) return writeJson(change)
  using file = flags.valueFile === undefined ? undefined : holdPrivately(flags.valueFile)
  const results = await runChange(connection, change)
  const made = results.at(-1)
  const token = parseToken(made)
  if (token === undefined || !isObject(made)) {
    throw new CommandFailure('the server answered with something that is no app token', {
      next: ['latchkey token list'],
      exitCode: 1,
    })
  }
  const value = textOf(made.token)
  if (flags.json === true) return writeJson(tellValue({ ...made }, value, file))
  say(tokenFields(token))
  tellValue({}, value, file, say)
  tell(`latchkey: made ${madeBefore(change)}an app token\n`)
  tell(`next: latchkey reach ${token.id}\nnext: latchkey session start --token-id ${token.id}\n`)
}

function madeBefore(change: readonly ToldCall[]): string {
  const has = (name: string) => change.some(({ service }) => service === name)
  return `${has('permission') ? 'a permission, ' : ''}${has('userRole') ? 'a role and ' : ''}`
}

async function wantedBy(flags: Flags): Promise<Wanted> {
  const { preset, allowSensitive } = flags
  const inFile =
    flags.actionsFile === undefined ? '' : readFileSync(flags.actionsFile === '-' ? 0 : flags.actionsFile, 'utf8')
  const actions = knownActions(listed([flags.actions, inFile]), `${COMMAND} --actions`)
  const services = listed([flags.services])
  if (preset === undefined && actions.length === 0) return { ...(await asked()), services }
  if (services.length > 0 && preset !== 'get-and-list') {
    throw new CommandFailure('--services goes with --preset get-and-list', {
      next: [`${COMMAND} --preset get-and-list --services ${services.join(',')}`],
    })
  }
  const takesActions = preset === undefined || preset === 'recent-calls'
  if (takesActions !== actions.length > 0) {
    throw new CommandFailure(
      takesActions ? '--preset recent-calls takes the actions that were called' : `--preset ${preset} takes no actions`,
      {
        next: [
          takesActions ? `${COMMAND} --preset recent-calls --actions media.list` : `${COMMAND} --preset ${preset}`,
        ],
      },
    )
  }
  return { preset, services, actions, allowSensitive }
}

async function asked(): Promise<Wanted> {
  const offered = ['get-and-list', 'upload', 'full'] as const
  if (!canAsk()) {
    throw new CommandFailure('what is the app token for? Name a preset or actions', {
      details: Object.entries(PRESETS)
        .map(([id, { about }]) => wrap(about, ' '.repeat(16), `  ${id.padEnd(14)}`))
        .join(''),
      next: [`${COMMAND} --preset get-and-list`, `${COMMAND} --actions media.list,media.get`],
    })
  }
  const chosen = await askChoice(
    'What is the app token for?',
    offered.map((id) => ({ value: id, label: PRESETS[id].title, hint: PRESETS[id].about })),
  )
  return { preset: chosen, actions: [] }
}

/** An app token that opens nothing that was asked for is of no use to anybody. */
function isNothing({ exact, always }: Least, { preset, actions }: Wanted): boolean {
  if (preset === 'full' || exact.actions.length > 0) return false
  return !actions.some((name) => always.includes(name))
}

function nothingToOpen({ impossible, leftOut }: Least): CommandFailure {
  const reasons = impossible.map(({ action, text }) => wrap(`${action}: ${text}`, '    ', '  '))
  const sensitive = leftOut.length === 0 ? '' : '  what would do was left out: see latchkey suggest\n'
  return new CommandFailure('none of these actions can be opened by an app token', {
    details: `${reasons.join('')}${sensitive}`,
    next: ['latchkey suggest --help'],
    exitCode: 1,
  })
}

function warnOf({ impossible }: Least, { preset }: Wanted): void {
  // A preset names hundreds, of which many are of plugins.
  if (preset !== undefined && impossible.length > 0) {
    const what = `${impossible.length} actions of the preset are not opened, most of them since the account lacks a plugin`
    tell(wrap(`latchkey: ${what}`, '  ', ''))
    return
  }
  for (const { action, text } of impossible) tell(wrap(`latchkey: warning: ${action} is not opened: ${text}`, '  ', ''))
}

/** What the flags say of the token, in the place of what the plan has. */
export function withSettings(change: readonly ToldCall[], name: string | undefined, flags: Flags): readonly ToldCall[] {
  return change.map((call): ToldCall => {
    const { appToken } = call.params
    if (call.service !== 'appToken' || !isObject(appToken)) return call
    const settings: JsonObject = {
      ...(name !== undefined && { description: name }),
      ...(flags.userId !== undefined && { sessionUserId: flags.userId }),
      ...(flags.sessionLife !== undefined && { sessionDuration: flags.sessionLife }),
      ...(flags.expiresIn !== undefined && { expiry: Math.floor(Date.now() / 1_000) + flags.expiresIn }),
      hashType: flags.hashType,
    }
    return { ...call, params: { ...call.params, appToken: { ...appToken, ...settings } } }
  })
}
