import { isObject, type JsonObject, numberOf, objectsOf, textOf, textsOf } from '../connect/json.ts'
import { fields, spanInWords, table, timeInWords } from '../view/table.ts'

/** An app token as it is shown: without its value. */
export interface Token {
  readonly id: string
  readonly status: 'active' | 'paused' | 'deleted'
  readonly hashType: string
  readonly createdAt?: number | undefined
  /** Epoch seconds; absent never expires. */
  readonly expiresAt?: number | undefined
  /** 0 USER, 2 ADMIN; absent leaves it to the holder. */
  readonly sessionType?: number | undefined
  /** Empty is nobody; absent leaves it to the holder. */
  readonly sessionUserId?: string | undefined
  readonly sessionSeconds?: number | undefined
  readonly sessionPrivileges: string
  readonly description: string
  readonly labels: readonly string[]
  readonly note: string
  readonly addresses: readonly string[]
  readonly startsPerMinute?: number | undefined
  readonly rotatedAt?: number | undefined
  readonly previousUntil?: number | undefined
}

const FIELDS = [
  ...['id', 'partnerId', 'createdAt', 'updatedAt', 'status', 'expiry', 'sessionType', 'sessionUserId'],
  ...['sessionDuration', 'sessionPrivileges', 'hashType', 'description'],
  ...['labels', 'note', 'addresses', 'startsPerMinute', 'rotatedAt', 'previousUntil'],
]

/** Asks for everything but the values: what is not sent cannot leak. */
export const WITHOUT_VALUES: JsonObject = {
  objectType: 'KalturaDetachedResponseProfile',
  type: 1,
  fields: FIELDS.join(','),
}

const STATUSES: Readonly<Record<number, Token['status']>> = { 1: 'paused', 2: 'active', 3: 'deleted' }

/** A token as the API gives it; undefined for anything else. A value that came along is left behind. */
export function parseToken(value: unknown): Token | undefined {
  if (!isObject(value) || textOf(value.id) === '') return undefined
  const expiry = numberOf(value.expiry) ?? 0
  return {
    id: textOf(value.id),
    status: STATUSES[numberOf(value.status) ?? 2] ?? 'active',
    hashType: textOf(value.hashType) || 'SHA1',
    createdAt: numberOf(value.createdAt),
    expiresAt: expiry > 0 ? expiry : undefined,
    sessionType: numberOf(value.sessionType),
    sessionUserId: typeof value.sessionUserId === 'string' ? value.sessionUserId : undefined,
    sessionSeconds: numberOf(value.sessionDuration),
    sessionPrivileges: textOf(value.sessionPrivileges),
    description: textOf(value.description),
    labels: textsOf(value.labels),
    note: textOf(value.note),
    addresses: textsOf(value.addresses),
    startsPerMinute: numberOf(value.startsPerMinute),
    rotatedAt: numberOf(value.rotatedAt),
    previousUntil: numberOf(value.previousUntil),
  }
}

/** One page of `appToken.list`. */
export function parseTokenList(value: unknown): { readonly tokens: readonly Token[]; readonly total: number } {
  const list = isObject(value) ? value : {}
  const tokens = objectsOf(list.objects).flatMap((item) => parseToken(item) ?? [])
  return { tokens, total: numberOf(list.totalCount) ?? tokens.length }
}

export function tokenTable(tokens: readonly Token[]): string {
  return table(
    ['ID', 'STATUS', 'TYPE', 'HASH', 'EXPIRES', 'DESCRIPTION'],
    tokens.map(({ id, status, sessionType, hashType, expiresAt, description }) => [
      id,
      status,
      typeInWords(sessionType),
      hashType,
      timeInWords(expiresAt)?.slice(0, 10) ?? 'never',
      description,
    ]),
  )
}

export function tokenFields(token: Token): string {
  const { sessionSeconds, sessionUserId, startsPerMinute, previousUntil, rotatedAt } = token
  return fields([
    ['id', token.id],
    ['status', token.status],
    ['description', token.description],
    ['made', timeInWords(token.createdAt)],
    ['expires', timeInWords(token.expiresAt) ?? 'never'],
    ['session type', typeInWords(token.sessionType)],
    ['user', sessionUserId === undefined ? 'chosen by the holder' : sessionUserId || 'nobody'],
    ['session life', sessionSeconds === undefined ? undefined : spanInWords(sessionSeconds)],
    ['privileges', token.sessionPrivileges || 'none'],
    ['hash type', token.hashType],
    ['labels', token.labels.join(', ')],
    ['note', token.note],
    ['addresses', token.addresses.join(', ')],
    ['starts', startsPerMinute === undefined ? undefined : `at most ${startsPerMinute} a minute`],
    ['rotated', timeInWords(rotatedAt)],
    ['old value', rotatedAt === undefined ? undefined : `taken until ${timeInWords(previousUntil) ?? 'finish'}`],
  ])
}

export function typeInWords(type: number | undefined): string {
  return type === undefined ? 'any' : type === 2 ? 'ADMIN' : type === 0 ? 'USER' : String(type)
}
