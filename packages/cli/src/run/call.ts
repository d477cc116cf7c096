import { readFileSync } from 'node:fs'
import { CommandFailure } from '../command-failure.ts'
import { connectTo, requireAnswer } from '../connect/connect.ts'
import { isObject, type JsonObject } from '../connect/json.ts'
import { type TargetFlags, targetOf } from '../connect/target.ts'
import { say, writeJson } from '../output.ts'
import { refusedFailure } from '../view/refusal-view.ts'

interface Flags extends TargetFlags {
  readonly jsonParams?: string
  /** False by `--no-session`. */
  readonly session: boolean
}

const ACTION = /^([A-Za-z]\w{0,99})\.([A-Za-z]\w{0,99})$/

/** `latchkey call`: what comes back is data, whatever it is; a refusal is too, with `--json`. */
export async function run(name: string, given: readonly string[], flags: Flags): Promise<void> {
  const [, service, action] = ACTION.exec(name) ?? []
  if (service === undefined || action === undefined) {
    throw new CommandFailure(`${JSON.stringify(name.slice(0, 100))} is no action: accepted is service.action`, {
      next: ['latchkey call media.list'],
    })
  }
  const params = merge(flags.jsonParams === undefined ? {} : jsonParams(flags.jsonParams), given, name)
  await using connection = await connectTo(targetOf(flags), flags)
  const { endpoint } = connection
  const request = { service, action, params }
  const outcome = requireAnswer(endpoint, flags.session ? await connection.call(request) : await endpoint.send(request))
  if (outcome.kind === 'result') return writeJson(outcome.value)
  if (flags.json === true) {
    say(`${JSON.stringify(outcome.refusal.raw, null, 2)}\n`)
    process.exitCode = 1
    return
  }
  throw refusedFailure(outcome, `${service}.${action}`)
}

function jsonParams(text: string): JsonObject {
  const source =
    text === '-' ? readFileSync(0, 'utf8') : text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text
  let value: unknown
  try {
    value = JSON.parse(source.replace(/^\ufeff/, ''))
  } catch {
    value = undefined
  }
  if (isObject(value)) return value
  throw new CommandFailure('--json-params: accepted is a JSON object, @file with one, or - for one that is piped in', {
    next: [`latchkey call media.list --json-params '{"pager": {"pageSize": 5}}'`],
  })
}

/** Parameters whose values nobody else should see, among the arguments as anywhere. */
const SECRETS = /^(?:.*:)?(?:secret|ks|token|password|adminSecret|userSecret)$/i
const MOST_DEPTH = 8

/** `name=value`; `name:inner=value` is an object, and so on; `name=@file` is what is in that file. @throws {CommandFailure} */
export function merge(start: JsonObject, given: readonly string[], action = 'media.list'): JsonObject {
  return given.reduce((params, text) => {
    const at = text.indexOf('=')
    const path = text.slice(0, Math.max(0, at)).split(':')
    if (
      at < 1 ||
      path.length > MOST_DEPTH ||
      path.some((name) => !/^[\w-]{1,100}$/.test(name) || name === '__proto__')
    ) {
      throw new CommandFailure(`${JSON.stringify(text.slice(0, 40))} is no parameter: accepted is name=value`, {
        details: '  of objects name:inner=value, of the content of a file name=@file\n',
        next: ['latchkey call media.list pager:pageSize=5'],
      })
    }
    const value = text.slice(at + 1)
    const name = path.join(':')
    if (SECRETS.test(name) && value !== '' && !value.startsWith('@')) {
      throw new CommandFailure(`${name}=… is not taken: the arguments of a process can be read by everybody here`, {
        details: `  give it as ${name}=@file (@- for piped in) or in --json-params\n`,
        next: [`latchkey call ${action} ${name}=@secret.txt`],
      })
    }
    return put(params, path, value.startsWith('@') ? fileValue(value.slice(1)) : value)
  }, start)
}

function fileValue(file: string): string {
  return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '')
}

function put(object: JsonObject, [name = '', ...rest]: readonly string[], value: string): JsonObject {
  if (rest.length === 0) return { ...object, [name]: value }
  const inner = Object.hasOwn(object, name) ? object[name] : undefined
  return { ...object, [name]: put(isObject(inner) ? inner : {}, rest, value) }
}
