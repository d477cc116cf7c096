import { type HashType, hasPrivilege, parseAppTokenPrivileges } from '@latchkey/core'
import type { JsonObject } from '../../connection/json.ts'
import { isObject, textOf } from '../../connection/json.ts'
import type { ToldCall } from '../../connection/outcome.ts'
import { hashTypeOf } from '../../parts/hash.ts'
import type { Token } from './token.ts'

/** What stands in the fields of a token's form. */
export interface TypedSettings {
  readonly description: string
  /** `0` USER, `2` ADMIN. */
  readonly type: string
  readonly userId: string
  readonly hashType: string
  /** `never`, days from now, or `date`. */
  readonly expiry: string
  /** Of `date`: as a `datetime-local` field has it, in this machine's zone. */
  readonly expiryDate: string
  /** Seconds, or `other`. */
  readonly duration: string
  readonly durationOther: string
  readonly privileges: string
  readonly labels: string
  readonly note: string
  readonly addresses: string
  readonly rate: string
}

export const FIRST_SETTINGS: TypedSettings = {
  description: '',
  type: '2',
  userId: '',
  hashType: 'SHA256',
  expiry: 'never',
  expiryDate: '',
  duration: '86400',
  durationOther: '',
  privileges: '',
  labels: '',
  note: '',
  addresses: '',
  rate: '',
}

/** The same, read. */
export interface Settings {
  readonly description: string
  readonly sessionType: number
  readonly sessionUserId: string
  readonly hashType: HashType
  /** Epoch seconds; absent never. */
  readonly expiresAt?: number | undefined
  readonly sessionSeconds: number
  /** Besides the role. */
  readonly privileges: string
  readonly labels: readonly string[]
  readonly note: string
  readonly addresses: readonly string[]
  readonly startsPerMinute?: number | undefined
}

export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings }
  /** By the name of the field. */
  | { readonly ok: false; readonly wrong: Readonly<Partial<Record<keyof TypedSettings, string>>> }

const DAY = 86_400
const LONGEST_LABEL = 100
const MOST_LABELS = 20

/**
 * @param now epoch seconds of the server
 * @param makesRole a role is made for the token, so that its privileges may not name another one
 */
export function readSettings(typed: TypedSettings, now: number, makesRole: boolean): SettingsRead {
  const wrong: Partial<Record<keyof TypedSettings, string>> = {}
  const expiresAt = expiryOf(typed, now)
  if (expiresAt === 'wrong') wrong.expiryDate = 'Choose a date and a time'
  else if (expiresAt !== undefined && expiresAt <= now)
    wrong.expiryDate = 'This time is past: the token would start no session'
  const sessionSeconds = Number(typed.duration === 'other' ? typed.durationOther.trim() : typed.duration)
  if (!Number.isSafeInteger(sessionSeconds) || sessionSeconds <= 0) {
    wrong.durationOther = 'A whole number of seconds, such as 3600 for an hour'
  }
  const privileges = typed.privileges.trim()
  if (makesRole && parseAppTokenPrivileges(privileges).some(({ name }) => name.trim() === 'setrole')) {
    wrong.privileges =
      'The token gets a role of its own for what you chose above. Leave setrole out, or choose “Everything”'
  }
  const labels = listIn(typed.labels)
  const long = labels.find((label) => label.length > LONGEST_LABEL)
  if (labels.length > MOST_LABELS) wrong.labels = `${labels.length} labels; a token has ${MOST_LABELS} at most`
  else if (long !== undefined) wrong.labels = `A label has ${LONGEST_LABEL} characters at most; one has ${long.length}`
  const rate = typed.rate.trim()
  if (rate !== '' && !/^\d{1,7}$/.test(rate)) wrong.rate = 'A whole number, such as 60; empty is no limit'
  const addresses = listIn(typed.addresses)
  const strange = addresses.find((address) => !ADDRESS.test(address))
  if (strange !== undefined) wrong.addresses = `“${strange}” is no address; 203.0.113.7 and 10.0.0.0/8 are`
  if (Object.keys(wrong).length > 0) return { ok: false, wrong }
  return {
    ok: true,
    settings: {
      description: typed.description.trim(),
      sessionType: typed.type === '0' ? 0 : 2,
      sessionUserId: typed.userId.trim(),
      hashType: hashTypeOf(typed.hashType),
      expiresAt: expiresAt === 'wrong' ? undefined : expiresAt,
      sessionSeconds,
      privileges,
      labels,
      note: typed.note.trim(),
      addresses,
      startsPerMinute: rate === '' || Number(rate) === 0 ? undefined : Number(rate),
    },
  }
}

/** Looks like one; the server has the last word. */
const ADDRESS = /^[\d.:/a-fA-F*-]+$/

function expiryOf({ expiry, expiryDate }: TypedSettings, now: number): number | undefined | 'wrong' {
  if (expiry === 'never') return undefined
  if (expiry !== 'date') return /^\d+$/.test(expiry) ? now + Number(expiry) * DAY : 'wrong'
  const at = Date.parse(expiryDate)
  return Number.isNaN(at) ? 'wrong' : Math.floor(at / 1_000)
}

/** Words with commas or line ends between them, each once. */
export function listIn(text: string): readonly string[] {
  return [...new Set(text.split(/[,\n]/).map((item) => item.trim()))].filter((item) => item !== '')
}

/** The role first, so that whatever else stands there cannot hide it. */
export function joinPrivileges(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(',')
}

/**
 * A plan's calls with what the person settled: the token itself, and what is written down of it in a call of its own, where
 * the server has that.
 */
export function withSettings(
  change: readonly ToldCall[],
  settings: Settings,
  hasAnnotate: boolean,
): readonly ToldCall[] {
  const calls = change.map((call): ToldCall => {
    const { appToken } = call.params
    if (call.service !== 'appToken' || call.action !== 'add' || !isObject(appToken)) return call
    return { ...call, params: { ...call.params, appToken: tokenParams(appToken, settings) } }
  })
  const { labels, note, addresses, startsPerMinute } = settings
  const said: JsonObject = {
    ...(labels.length > 0 && { labels: [...labels] }),
    ...(note !== '' && { note }),
    ...(addresses.length > 0 && { addresses: [...addresses] }),
    ...(startsPerMinute !== undefined && { startsPerMinute }),
  }
  if (!hasAnnotate || Object.keys(said).length === 0) return calls
  const id = `{${calls.findIndex(({ service, action }) => service === 'appToken' && action === 'add') + 1}:result:id}`
  return [...calls, { service: 'latchkey_token', action: 'annotate', params: { id, ...said } }]
}

function tokenParams(planned: Readonly<Record<string, unknown>>, settings: Settings): JsonObject {
  const { description, sessionType, sessionUserId, hashType, expiresAt, sessionSeconds, privileges } = settings
  const sessionPrivileges = joinPrivileges(textOf(planned.sessionPrivileges), privileges)
  return {
    objectType: 'KalturaAppToken',
    description: description === '' ? textOf(planned.description) : description,
    sessionType,
    sessionUserId,
    hashType,
    sessionDuration: sessionSeconds,
    ...(expiresAt !== undefined && { expiry: expiresAt }),
    ...(sessionPrivileges !== '' && { sessionPrivileges }),
  }
}

/** Whether its sessions may see everybody's entries. */
export function seesAll(sessionType: number | undefined, privileges: string): boolean {
  return sessionType === undefined || sessionType > 0 || hasPrivilege({ privileges }, 'list', '*')
}

/** What stands in the form of a token that there is already. */
export function settingsOf(token: Token): TypedSettings {
  const { sessionSeconds, expiresAt } = token
  const duration = sessionSeconds === undefined ? '86400' : String(sessionSeconds)
  const isListed = DURATIONS.includes(duration)
  return {
    description: token.description,
    type: token.sessionType === undefined ? '' : token.sessionType > 0 ? '2' : '0',
    userId: token.sessionUserId ?? '',
    hashType: token.hashType,
    expiry: expiresAt === undefined ? 'never' : 'date',
    expiryDate: expiresAt === undefined ? '' : asField(expiresAt),
    duration: isListed ? duration : 'other',
    durationOther: isListed ? '' : duration,
    privileges: token.sessionPrivileges,
    labels: token.labels.join(', '),
    note: token.note,
    addresses: token.addresses.join(', '),
    rate: token.startsPerMinute === undefined ? '' : String(token.startsPerMinute),
  }
}

/** Lives that a choice has a name for, in seconds. */
export const DURATIONS: readonly string[] = ['3600', '86400', '604800']

/** As a `datetime-local` field has it: this machine's time, to the minute. */
function asField(atSeconds: number): string {
  const at = new Date(atSeconds * 1_000)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What `appToken.update` is to change: only fields that were touched, so that what a form cannot say stays. */
export function changedParams(before: TypedSettings, typed: TypedSettings, settings: Settings): JsonObject {
  const isTouched = (...names: readonly (keyof TypedSettings)[]) => names.some((name) => before[name] !== typed[name])
  return {
    ...(isTouched('description') && { description: settings.description }),
    ...(isTouched('type') && { sessionType: settings.sessionType }),
    ...(isTouched('userId') && { sessionUserId: settings.sessionUserId }),
    ...(isTouched('hashType') && { hashType: settings.hashType }),
    ...(isTouched('expiry', 'expiryDate') && { expiry: settings.expiresAt ?? null }),
    ...(isTouched('duration', 'durationOther') && { sessionDuration: settings.sessionSeconds }),
    ...(isTouched('privileges') && { sessionPrivileges: settings.privileges }),
  }
}

/** The same of `latchkey_token.annotate`. */
export function changedNotes(before: TypedSettings, typed: TypedSettings, settings: Settings): JsonObject {
  return {
    ...(before.labels !== typed.labels && { labels: [...settings.labels] }),
    ...(before.note !== typed.note && { note: settings.note }),
    ...(before.addresses !== typed.addresses && { addresses: [...settings.addresses] }),
    ...(before.rate !== typed.rate && { startsPerMinute: settings.startsPerMinute ?? 0 }),
  }
}
