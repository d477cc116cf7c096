import { type CauseId, Secret } from '@latchkey/core'
import type { V3Reply } from './facts.ts'
import { isCause } from './known-cause.ts'

/** What came back. Of a result only what a diagnosis needs is kept: the account's data is nobody's business. */
export type Answer =
  | { readonly kind: 'none'; readonly why: NoAnswer; readonly text: string }
  | {
      readonly kind: 'reply'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly form: BodyForm
      readonly length: number
      readonly error?: V3Error | undefined
      readonly result?: Result | undefined
    }

export type NoAnswer = 'name-unknown' | 'refused' | 'timeout' | 'certificate' | 'other'
export type BodyForm = 'json' | 'xml' | 'html' | 'empty' | 'text'

export interface V3Error {
  readonly code: string
  readonly message: string
  readonly args: Readonly<Record<string, string>>
  /** What the server itself says is wrong, which a Latchkey does. */
  readonly cause?: CauseId | undefined
}

export type Result =
  | { readonly kind: 'session'; readonly ks: Secret; readonly info?: SessionInfo | undefined }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'list'; readonly totalCount: number; readonly count: number }
  | { readonly kind: 'role'; readonly id: number; readonly names: readonly string[] }
  /** Anything else: it worked. */
  | { readonly kind: 'other' }

/** What startSession says about the session that it made. */
export interface SessionInfo {
  readonly sessionType: number
  readonly partnerId: string
  readonly userId: string
  /** Epoch seconds. */
  readonly expiry: number
  readonly privileges: string
}

const KEPT_HEADERS = [
  'date',
  'content-type',
  'server',
  'x-kaltura',
  'x-kaltura-app',
  'x-kaltura-session',
  'x-me',
  'age',
]
const LONGEST_HEADER = 200

/** Reads an answer in JSON or XML; the original's only, whatever else is in it. */
export function readAnswer(reply: V3Reply): Answer {
  const headers: Record<string, string> = {}
  for (const name of KEPT_HEADERS) {
    const value = reply.headers[name]
    if (value !== undefined) headers[name] = value.slice(0, LONGEST_HEADER)
  }
  const body = reply.body.replace(/^\ufeff/, '').trim()
  const form = formOf(body)
  const base = { kind: 'reply', status: reply.status, headers, form, length: reply.body.length } as const
  if (form === 'json') {
    const value: unknown = JSON.parse(body)
    const error = errorIn(value)
    return error === undefined ? { ...base, result: resultIn(value) } : { ...base, error }
  }
  if (form === 'xml') {
    const error = xmlError(body)
    return error === undefined ? base : { ...base, error }
  }
  return base
}

/** Where there was no answer at all. */
export function noAnswer(error: unknown): Answer {
  const code = codeOf(error)
  const text = code === '' ? 'no answer' : code
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return { kind: 'none', why: 'name-unknown', text }
  if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET'].includes(code)) {
    return { kind: 'none', why: 'refused', text }
  }
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return { kind: 'none', why: 'timeout', text }
  if (/CERT|SIGNATURE|ALTNAME|SSL|TLS/.test(code)) return { kind: 'none', why: 'certificate', text }
  return { kind: 'none', why: 'other', text }
}

function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at.name === 'TimeoutError') return 'TIMEOUT'
  }
  return ''
}

function formOf(body: string): BodyForm {
  if (body === '') return 'empty'
  if (/^<!doctype html|^<html/i.test(body)) return 'html'
  if (body.startsWith('<')) return 'xml'
  try {
    JSON.parse(body)
    return 'json'
  } catch {
    return 'text'
  }
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
}

function errorIn(value: unknown): V3Error | undefined {
  const fields = fieldsOf(value)
  if (fields === undefined || typeof fields.code !== 'string' || typeof fields.message !== 'string') return undefined
  const args: Record<string, string> = {}
  for (const [name, arg] of Object.entries(fieldsOf(fields.args) ?? {})) args[name] = String(arg)
  const cause = causeIn(fields)
  return { code: fields.code, message: fields.message, args, ...(cause !== undefined && { cause }) }
}

function causeIn({ diagnosis }: Fields): CauseId | undefined {
  const id = fieldsOf(fieldsOf(diagnosis)?.cause)?.id
  return typeof id === 'string' && isCause(id) ? id : undefined
}

function resultIn(value: unknown): Result {
  if (typeof value === 'string') return { kind: 'names', names: namesIn(value) }
  const fields = fieldsOf(value)
  if (fields === undefined) return { kind: 'other' }
  if (typeof fields.ks === 'string') return { kind: 'session', ks: new Secret(fields.ks), info: infoIn(fields) }
  if (fields.totalCount !== undefined) {
    const count = Array.isArray(fields.objects) ? fields.objects.length : 0
    return { kind: 'list', totalCount: Number(fields.totalCount), count }
  }
  if (typeof fields.permissionNames === 'string') {
    return { kind: 'role', id: Number(fields.id), names: namesIn(fields.permissionNames) }
  }
  return { kind: 'other' }
}

/** Names of permissions; a text of any other kind, such as a session string, holds none. */
function namesIn(text: string): readonly string[] {
  return text.split(',').filter((name) => /^(?:\*|[A-Za-z][A-Za-z0-9_. -]{1,99})$/.test(name) && !/^djJ8/.test(name))
}

function infoIn(fields: Fields): SessionInfo | undefined {
  if (fields.expiry === undefined) return undefined
  return {
    sessionType: Number(fields.sessionType ?? 0),
    partnerId: String(fields.partnerId ?? ''),
    userId: String(fields.userId ?? ''),
    expiry: Number(fields.expiry),
    privileges: String(fields.privileges ?? ''),
  }
}

function xmlError(body: string): V3Error | undefined {
  const error = /<error>([\s\S]*?)<\/error>/.exec(body)?.[1]
  if (error === undefined) return undefined
  const args: Record<string, string> = {}
  for (const [, name = '', value = ''] of error.matchAll(/<name>([^<]*)<\/name><value>([^<]*)<\/value>/g)) {
    args[plain(name)] = plain(value)
  }
  const text = (name: string) => plain(new RegExp(`<${name}>([^<]*)</${name}>`).exec(error)?.[1] ?? '')
  return { code: text('code'), message: text('message'), args }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#039;': "'",
  '&amp;': '&',
}

function plain(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|#039|amp);/g, (entity) => ENTITIES[entity] ?? entity)
}
