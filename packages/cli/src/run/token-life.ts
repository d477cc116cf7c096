import { parseToken } from '@latchkey/wire/answer'
import { lacksOurs } from '../access/extras.ts'
import { CommandFailure } from '../command-failure.ts'
import { connect } from '../connect/connect.ts'
import type { Connection } from '../connect/endpoint.ts'
import type { ConnectionFlags } from '../connect/flags.ts'
import { type JsonObject, objectOf, textOf } from '../connect/json.ts'
import { confirmOrFail } from '../connect/prompts.ts'
import { say, tell, writeJson } from '../output.ts'
import { holdPrivately } from '../private-file.ts'
import { tokenFields } from '../tokens/token.ts'
import { tellValue } from '../tokens/value.ts'
import { refusedFailure } from '../view/refusal-view.ts'

interface RotateFlags extends ConnectionFlags {
  /** Seconds; -1 is until it is finished. */
  readonly overlap?: number
  readonly finish?: boolean
  readonly valueFile?: string
}

/** `latchkey token pause` */
export async function pause(id: string, flags: ConnectionFlags): Promise<void> {
  await using connection = await connect(flags)
  await change(connection, flags, 'pause', { id })
  tell(`next: latchkey token resume ${id}\n`)
}

/** `latchkey token resume` */
export async function resume(id: string, flags: ConnectionFlags): Promise<void> {
  await using connection = await connect(flags)
  await change(connection, flags, 'resume', { id })
}

/** `latchkey token rotate` */
export async function rotate(id: string, flags: RotateFlags): Promise<void> {
  const { overlap, finish, valueFile } = flags
  if (finish === true && (overlap !== undefined || valueFile !== undefined)) {
    throw new CommandFailure('--finish makes no new value, so that it goes with no other flag of rotate', {
      next: [`latchkey token rotate ${id} --finish`],
    })
  }
  await using connection = await connect(flags)
  if (finish === true) return change(connection, flags, 'rotate', { id, finish: true })
  using file = valueFile === undefined ? undefined : holdPrivately(valueFile)
  const params = { id, ...(overlap === undefined ? {} : { overlap }) }
  const answer = objectOf(await ours(connection, 'rotate', params))
  const value = textOf(answer.token)
  if (flags.json === true) return writeJson(tellValue(answer, value, file))
  const token = parseToken(answer)
  if (token !== undefined) say(tokenFields(token))
  tellValue({}, value, file, say)
  if (overlap !== 0) tell(`next: latchkey token rotate ${id} --finish\n`)
}

/** `latchkey token delete` */
export async function remove(id: string, flags: ConnectionFlags & { readonly yes?: boolean }): Promise<void> {
  await using connection = await connect(flags)
  if (flags.yes !== true) {
    await confirmOrFail(
      `delete ${id} at ${connection.endpoint.name}, and end all of its sessions`,
      `latchkey token delete ${id} --yes`,
    )
  }
  await connection.ask('appToken', 'delete', { id })
  if (flags.json === true) writeJson({ id, deleted: true })
  else say(`${id} is deleted, and its sessions have ended\n`)
}

async function change(
  connection: Connection,
  flags: ConnectionFlags,
  action: string,
  params: JsonObject,
): Promise<void> {
  const answer = await ours(connection, action, params)
  const token = parseToken(answer)
  if (flags.json === true) writeJson(answer)
  else if (token !== undefined) say(tokenFields(token))
}

/** An action of ours, for which the original has none. */
async function ours(connection: Connection, action: string, params: JsonObject): Promise<unknown> {
  const outcome = await connection.call({ service: 'latchkey_token', action, params })
  if (outcome.kind === 'result') return outcome.value
  if (!lacksOurs(outcome)) throw refusedFailure(outcome, `latchkey_token.${action}`)
  const id = textOf(params.id)
  throw new CommandFailure(`${connection.endpoint.name} has no way to ${action} an app token`, {
    details: '  the original only makes and deletes them: make another, hand it over,\n  then delete this one\n',
    next: [`latchkey token show ${id}`, 'latchkey token create --help', `latchkey token delete ${id}`],
    exitCode: 1,
  })
}
