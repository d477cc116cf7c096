/** Reads a report that somebody sent. It may hold anything: what has not the shape of a report is refused, not guessed at. */
import { type HASH_TYPES, type HashType, LatchkeyError, Secret, type TokenRecord } from '@latchkey/core'
import type { Answer, BodyForm, NoAnswer, Result } from '../answer.ts'
import type { Exchange, Facts, LocalFacts, Params, ParamValue, Told } from '../facts.ts'
import { isCause } from '../known-cause.ts'

type Fields = Readonly<Record<string, unknown>>

const LARGEST = 8 * 1024 * 1024
const DEEPEST = 8
const FORMAT = 'latchkey-doctor-report/1'

/**
 * The facts of a report: JSON, or a page that ends in it.
 *
 * @throws {LatchkeyError} `REPORT_UNREADABLE`
 */
export function parseReport(text: string): Facts {
  if (text.length > LARGEST) throw unreadable('it is larger than 8 MiB')
  const json = /```json\n([\s\S]*)```\s*$/.exec(text)?.[1] ?? text
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw unreadable('it is no JSON')
  }
  const report = fields(value, 'report')
  if (report.format !== FORMAT) throw unreadable(`its format is not ${FORMAT}`)
  const facts = fields(report.facts, 'facts')
  return {
    startedAt: number(facts.startedAt, 'startedAt'),
    told: told(fields(facts.told, 'told')),
    exchanges: list(facts.exchanges, 'exchanges').map((item) => exchange(fields(item, 'exchange'))),
    local: facts.local === undefined ? undefined : localFacts(fields(facts.local, 'local')),
  }
}

function told(at: Fields): Told {
  return {
    serviceUrl: text(at.serviceUrl, 'serviceUrl'),
    partnerId: optional(number, at.partnerId, 'partnerId'),
    widgetId: optional(text, at.widgetId, 'widgetId'),
    tokenId: optional(text, at.tokenId, 'tokenId'),
    tokenValue: optional(secret, at.tokenValue, 'tokenValue'),
    hashType: optional(hashType, at.hashType, 'hashType'),
    userId: optional(text, at.userId, 'userId'),
    type: optional(number, at.type, 'type'),
    expiry: optional(number, at.expiry, 'expiry'),
    privileges: optional(text, at.privileges, 'privileges'),
    wanted: texts(at.wanted, 'wanted'),
    receivedHash: optional(secret, at.receivedHash, 'receivedHash'),
    sentSession: optional(secret, at.sentSession, 'sentSession'),
    otherSessions: optional(secrets, at.otherSessions, 'otherSessions'),
    record: optional(record, at.record, 'record'),
    rolePermissions: optional(texts, at.rolePermissions, 'rolePermissions'),
    tookErrorForData: at.tookErrorForData === true ? true : undefined,
  }
}

function record(value: unknown): TokenRecord {
  const at = fields(value, 'record')
  const status = optional(text, at.status, 'status')
  return {
    id: text(at.id, 'id'),
    partnerId: number(at.partnerId, 'partnerId'),
    status: status === 'disabled' || status === 'deleted' ? status : 'active',
    expiresAt: optional(number, at.expiresAt, 'expiresAt'),
    sessionType: optional(number, at.sessionType, 'sessionType'),
    sessionUserId: optional(text, at.sessionUserId, 'sessionUserId'),
    sessionSeconds: optional(number, at.sessionSeconds, 'sessionSeconds'),
    sessionPrivileges: optional(text, at.sessionPrivileges, 'sessionPrivileges'),
    hashType: optional(hashType, at.hashType, 'hashType'),
    addresses: optional(texts, at.addresses, 'addresses'),
  }
}

const PROBES: readonly Exchange['probe'][] = [
  'ping',
  'widget',
  'widget-as-told',
  'login',
  'login-again',
  'permissions',
  'role',
  'want',
  'sent-session',
  'tool',
]

function exchange(at: Fields): Exchange {
  return {
    probe: oneOf(PROBES, at.probe, 'probe'),
    service: text(at.service, 'service'),
    action: text(at.action, 'action'),
    params: params(at.params, 0),
    contentType: optional(text, at.contentType, 'contentType'),
    sentAt: number(at.sentAt, 'sentAt'),
    tookMs: number(at.tookMs, 'tookMs'),
    answer: answer(fields(at.answer, 'answer')),
  }
}

const WHY: readonly NoAnswer[] = ['name-unknown', 'refused', 'timeout', 'certificate', 'other']
const FORMS: readonly BodyForm[] = ['json', 'xml', 'html', 'empty', 'text']

function answer(at: Fields): Answer {
  if (at.kind === 'none') {
    return { kind: 'none', why: oneOf(WHY, at.why, 'why'), text: text(at.text, 'text') }
  }
  return {
    kind: 'reply',
    status: number(at.status, 'status'),
    headers: textMap(at.headers, 'headers'),
    form: oneOf(FORMS, at.form, 'form'),
    length: number(at.length, 'length'),
    error: optional(v3Error, at.error, 'error'),
    result: optional(result, at.result, 'result'),
  }
}

function v3Error(value: unknown) {
  const at = fields(value, 'error')
  const cause = optional(text, at.cause, 'cause')
  return {
    code: text(at.code, 'code'),
    message: text(at.message, 'message'),
    args: textMap(at.args, 'args'),
    ...(cause !== undefined && isCause(cause) && { cause }),
  }
}

function result(value: unknown): Result {
  const at = fields(value, 'result')
  switch (at.kind) {
    case 'session':
      return { kind: 'session', ks: secret(at.ks, 'ks'), info: optional(info, at.info, 'info') }
    case 'names':
      return { kind: 'names', names: texts(at.names, 'names') }
    case 'list':
      return { kind: 'list', totalCount: number(at.totalCount, 'totalCount'), count: number(at.count, 'count') }
    case 'role':
      return { kind: 'role', id: number(at.id, 'id'), names: texts(at.names, 'names') }
    default:
      return { kind: 'other' }
  }
}

function info(value: unknown) {
  const at = fields(value, 'info')
  return {
    sessionType: number(at.sessionType, 'sessionType'),
    partnerId: text(at.partnerId, 'partnerId'),
    userId: text(at.userId, 'userId'),
    expiry: number(at.expiry, 'expiry'),
    privileges: text(at.privileges, 'privileges'),
  }
}

function localFacts(at: Fields): LocalFacts {
  const store = fields(at.store, 'store')
  const key = fields(at.masterKey, 'masterKey')
  const disk = fields(at.disk, 'disk')
  return {
    store: {
      kind: text(store.kind, 'kind'),
      error: optional(text, store.error, 'error'),
      schema: optional(number, store.schema, 'schema'),
      knownSchema: number(store.knownSchema, 'knownSchema'),
    },
    masterKey: {
      path: text(key.path, 'path'),
      isThere: key.isThere === true,
      mode: optional(number, key.mode, 'mode'),
      fits: typeof key.fits === 'boolean' ? key.fits : undefined,
    },
    disk: { path: text(disk.path, 'path'), freeBytes: optional(number, disk.freeBytes, 'freeBytes') },
  }
}

function params(value: unknown, depth: number): Params {
  if (depth > DEEPEST) throw unreadable('params are nested too deeply')
  return Object.fromEntries(Object.entries(fields(value, 'params')).map(([name, item]) => [name, param(item, depth)]))
}

function param(value: unknown, depth: number): ParamValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  const at = fields(value, 'params')
  return at.$madeUp === undefined ? params(at, depth + 1) : secret(at, 'params')
}

function fields(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(`${name} is no object`)
  return { ...value }
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > 1_000) throw unreadable(`${name} is no list of up to 1000`)
  return value
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value.length > 100_000) throw unreadable(`${name} is no text`)
  return value
}

function number(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw unreadable(`${name} is no number`)
  return value
}

function texts(value: unknown, name: string): readonly string[] {
  return list(value, name).map((item) => text(item, name))
}

function textMap(value: unknown, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields(value, name)).map(([key, item]) => [key, text(item, name)]))
}

function secret(value: unknown, name: string): Secret {
  return new Secret(text(fields(value, name).$madeUp, name))
}

function secrets(value: unknown, name: string): readonly Secret[] {
  return list(value, name).map((item) => secret(item, name))
}

function hashType(value: unknown, name: string): HashType {
  return oneOf(['MD5', 'SHA1', 'SHA256', 'SHA512'] satisfies (keyof typeof HASH_TYPES)[], value, name)
}

function oneOf<T extends string>(names: readonly T[], value: unknown, name: string): T {
  const known = names.find((item) => item === value)
  if (known === undefined) throw unreadable(`${name} is none of ${names.join(', ')}`)
  return known
}

function optional<T>(read: (value: unknown, name: string) => T, value: unknown, name: string): T | undefined {
  return value === undefined ? undefined : read(value, name)
}

function unreadable(why: string): LatchkeyError {
  return new LatchkeyError('REPORT_UNREADABLE', { why })
}
