import type { SeenRequest, SeenResponse, SeenToken } from '../seen.ts'
import { type Fields, isFields, isList, textAt, textOf, type Value } from './fields.ts'
import { isCall, readRequests } from './request.ts'
import { errorOf } from './response.ts'
import { isTokenRecord, readToken } from './token-record.ts'

/** What an object was taken for. */
export interface ReadValue {
  readonly tokens: readonly SeenToken[]
  readonly requests: readonly SeenRequest[]
  readonly responses: readonly SeenResponse[]
}

const NOTHING: ReadValue = { tokens: [], requests: [], responses: [] }
/** Objects lie in lists and under headings; what lies deeper is a part of something. */
const DEEPEST_HEADING = 3
const MOST_ITEMS = 500
/** What answers have, and nothing else that people paste. */
const ANSWERED = ['ks', 'totalCount', 'objects', 'objectType', 'permissionNames', 'privileges']

/** Tells tokens, calls and answers apart, in objects, in lists of them, and under headings. */
export function readValue(value: Value, where: string, form: SeenResponse['form'] = 'json', depth = 0): ReadValue {
  if (isList(value)) {
    return joined(
      value.slice(0, MOST_ITEMS).map((item, at) => readValue(item, `${where}, item ${at + 1}`, form, depth + 1)),
    )
  }
  if (!isFields(value)) return NOTHING
  const error = errorOf(value)
  const response = (part: Partial<SeenResponse>): ReadValue => ({
    ...NOTHING,
    responses: [{ where, headers: new Map(), form, ...part }],
  })
  if (error !== undefined) return response({ error })
  if (isTokenRecord(value)) return { ...NOTHING, tokens: [readToken(value, where)] }
  if (isCall(value)) return { ...NOTHING, requests: callOf(value, where) }
  const objects = value.get('objects')
  if (isList(objects) && objects.some((item) => isFields(item) && isTokenRecord(item))) {
    return readValue(objects, where, form, depth + 1)
  }
  if (ANSWERED.some((name) => value.has(name))) return response({ fields: value })
  if (depth >= DEEPEST_HEADING) return NOTHING
  const nested = [...value]
    .slice(0, MOST_ITEMS)
    .map(([name, child]) => readValue(child, `${where}, ${name.slice(0, 40)}`, form, depth + 1))
  return joined(nested)
}

/** Written down without the way in which it was sent. */
function callOf(fields: Fields, where: string): readonly SeenRequest[] {
  return readRequests({ where, url: '', body: JSON.stringify(plain(fields)) }).map((request) => ({
    ...request,
    service: request.service ?? guessed(fields)?.service,
    action: request.action ?? guessed(fields)?.action,
  }))
}

/** What has a hash can only be meant for one action, and what has a widget id for one other. */
function guessed(fields: Fields): { readonly service: string; readonly action: string } | undefined {
  if (textAt(fields, 'tokenHash') !== undefined) return { service: 'appToken', action: 'startSession' }
  if (textAt(fields, 'widgetId') !== undefined) return { service: 'session', action: 'startWidgetSession' }
  return undefined
}

function plain(value: Value): unknown {
  if (isFields(value)) return Object.fromEntries([...value].map(([name, child]) => [name, plain(child)]))
  if (isList(value)) return value.map(plain)
  return textOf(value) === undefined ? null : value
}

function joined(parts: readonly ReadValue[]): ReadValue {
  return {
    tokens: parts.flatMap(({ tokens }) => tokens),
    requests: parts.flatMap(({ requests }) => requests),
    responses: parts.flatMap(({ responses }) => responses),
  }
}
