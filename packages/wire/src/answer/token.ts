import { isObject, type JsonObject, numberOf, objectsOf, textOf, textsOf } from './json.ts'

/** An app token as it is shown: without its value, which is asked for only where somebody wants to see it. */
export interface Token {
  readonly id: string
  /** 0 where the server does not say. */
  readonly partnerId: number
  readonly status: 'active' | 'paused' | 'deleted'
  /** Epoch seconds, like every time here. */
  readonly createdAt?: number | undefined
  readonly updatedAt?: number | undefined
  /** Absent never expires. */
  readonly expiresAt?: number | undefined
  /** 0 USER, 2 ADMIN; absent leaves it to the holder. */
  readonly sessionType?: number | undefined
  /** Empty is nobody; absent leaves it to the holder. */
  readonly sessionUserId?: string | undefined
  readonly sessionSeconds?: number | undefined
  readonly sessionPrivileges: string
  readonly hashType: string
  readonly description: string
  readonly labels: readonly string[]
  readonly note: string
  readonly addresses: readonly string[]
  readonly startsPerMinute?: number | undefined
  readonly rotatedAt?: number | undefined
  /** Until when the value before the last rotation is taken too. */
  readonly previousUntil?: number | undefined
}

const FIELDS = [
  ...['id', 'partnerId', 'createdAt', 'updatedAt', 'status', 'expiry', 'sessionType', 'sessionUserId'],
  ...['sessionDuration', 'sessionPrivileges', 'hashType', 'description'],
  ...['labels', 'note', 'addresses', 'startsPerMinute', 'rotatedAt', 'previousUntil'],
]

/** A response profile that asks for everything but the values: what is not sent cannot leak. */
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
    partnerId: numberOf(value.partnerId) ?? 0,
    status: STATUSES[numberOf(value.status) ?? 2] ?? 'active',
    createdAt: numberOf(value.createdAt),
    updatedAt: numberOf(value.updatedAt),
    expiresAt: expiry > 0 ? expiry : undefined,
    sessionType: numberOf(value.sessionType),
    sessionUserId: typeof value.sessionUserId === 'string' ? value.sessionUserId : undefined,
    sessionSeconds: numberOf(value.sessionDuration),
    sessionPrivileges: textOf(value.sessionPrivileges),
    // What a token has for which none was chosen.
    hashType: textOf(value.hashType) || 'SHA1',
    description: textOf(value.description),
    labels: textsOf(value.labels),
    note: textOf(value.note),
    addresses: textsOf(value.addresses),
    startsPerMinute: numberOf(value.startsPerMinute),
    rotatedAt: numberOf(value.rotatedAt),
    previousUntil: numberOf(value.previousUntil),
  }
}

/** One page of `appToken.list`; undefined for what is no list. */
export function parseTokenList(
  value: unknown,
): { readonly tokens: readonly Token[]; readonly total: number } | undefined {
  if (!isObject(value)) return undefined
  const tokens = objectsOf(value.objects).flatMap((item) => parseToken(item) ?? [])
  return { tokens, total: numberOf(value.totalCount) ?? tokens.length }
}
