import type { Json, JsonObject } from '../../connection/json.ts'
import { mask, redact } from '../../connection/secrets.ts'
import type { Caller } from './run.ts'

const SECRET_NAMES = new Set(['ks', 'secret', 'token', 'tokenhash', 'adminsecret', 'password', 'admintoken'])

const SESSION_WORDS: Readonly<Record<Caller, string | undefined>> = {
  none: undefined,
  widget: '<a new widget session>',
  workflow: '<the workflow’s session>',
  'signed-in': '<the signed-in session>',
  pasted: '<the pasted session>',
}

/** The request as it will be sent, with secrets masked: in text, so that it can be shown and copied. */
export function previewText(wish: {
  readonly serviceUrl: string
  readonly service: string
  readonly action: string
  readonly params: JsonObject
  readonly caller: Caller
}): string {
  const url = `${wish.serviceUrl}/api_v3/service/${encodeURIComponent(wish.service)}/action/${encodeURIComponent(wish.action)}`
  const ks = SESSION_WORDS[wish.caller]
  const body = { format: 1, ...(ks !== undefined && { ks }), ...maskedObject(wish.params) }
  return redact(`POST ${url}\ncontent-type: application/json\n\n${JSON.stringify(body, undefined, 2)}`)
}

function maskedObject(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, masked(name, item)]))
}

function masked(name: string, value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return SECRET_NAMES.has(name.toLowerCase()) ? mask(value) : value
  if (isList(value)) return value.map((item) => masked(name, item) ?? null)
  return typeof value === 'object' && value !== null ? maskedObject(value) : value
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
