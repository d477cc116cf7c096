import { reach } from '@latchkey/core'
import { lacksOurs } from '../access/extras.ts'
import { connect } from '../connect/connect.ts'
import type { Connection } from '../connect/endpoint.ts'
import type { ConnectionFlags } from '../connect/flags.ts'
import { objectOf, objectsOf, textOf, textsOf } from '../connect/json.ts'
import { type Paint, paintFor, wrap } from '../doctor/paint.ts'
import { say, tell, writeJson } from '../output.ts'
import { refusedFailure } from '../view/refusal-view.ts'
import { fields } from '../view/table.ts'

interface Flags extends ConnectionFlags {
  readonly actions?: boolean
}

/** `latchkey reach` */
export async function run(id: string, flags: Flags): Promise<void> {
  await using connection = await connect(flags)
  const reached = await reachOf(connection, id)
  if (flags.json === true) return writeJson(reached)
  say(describe(reached, flags.actions === true, paintFor(process.stdout)))
  if (flags.actions !== true) tell(`next: latchkey reach ${id} --actions\n`)
}

async function reachOf(connection: Connection, id: string): Promise<unknown> {
  const outcome = await connection.call({ service: 'latchkey_access', action: 'reach', params: { tokenId: id } })
  if (outcome.kind === 'result') return outcome.value
  if (!lacksOurs(outcome)) throw refusedFailure(outcome, 'latchkey_access.reach', ['latchkey token list'])
  tell(`latchkey: this server does not tell; worked out by the catalogue here\n`)
  const { readTokenFacts } = await import('../access/token-access.ts')
  const { facts, role } = await readTokenFacts(connection, id)
  return reach(facts, role, Math.floor(Date.now() / 1_000))
}

function describe(value: unknown, isWhole: boolean, paint: Paint): string {
  const { read, write, delete: deletes, services, behindPlugins, users, lifetime, addresses, shrink } = objectOf(value)
  const rows = objectsOf(services)
  const plugins = textsOf(behindPlugins).length
  const { title, from, to } = objectOf(shrink)
  return [
    fields([
      ['opens', `${textOf(read)} read, ${textOf(write)} write, ${textOf(deletes)} delete, in ${rows.length} services`],
      ['of these', plugins === 0 ? undefined : `${plugins} stay closed as long as the account lacks a plugin`],
      ['acts', textOf(objectOf(users).text)],
      ['lives', textOf(objectOf(lifetime).text)],
      ['comes', textOf(objectOf(addresses).text)],
    ]),
    title === undefined ? '' : `\n${paint.bold('Would take most away')}\n`,
    title === undefined
      ? ''
      : wrap(
          `${textOf(title)} (${from === to ? 'the same actions, until then' : `from ${textOf(from)} actions to ${textOf(to)}`})`,
          '  ',
        ),
    isWhole ? '\n' : '',
    ...(isWhole ? rows.map((row) => describeService(row, paint)) : []),
  ].join('')
}

function describeService(row: Readonly<Record<string, unknown>>, paint: Paint): string {
  const parts = ['read', 'write', 'delete'].flatMap((effect) => {
    const names = textsOf(row[effect])
    return names.length === 0 ? [] : [wrap(names.join(' '), '          ', `  ${effect.padEnd(8)}`)]
  })
  return `${paint.bold(textOf(row.service))}\n${parts.join('')}`
}
