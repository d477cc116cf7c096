import type { TokenRecord } from '@latchkey/core'
import { isObject, type JsonObject, numberOf, objectsOf, textOf, textsOf } from '../../connection/json.ts'

/** An app token as this page holds it: without its value, which is asked for only where somebody wants to see it. */
export interface Token {
  readonly id: string
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
    partnerId: numberOf(value.partnerId) ?? 0,
    status: STATUSES[numberOf(value.status) ?? 2] ?? 'active',
    createdAt: numberOf(value.createdAt),
    updatedAt: numberOf(value.updatedAt),
    expiresAt: expiry > 0 ? expiry : undefined,
    sessionType: numberOf(value.sessionType),
    sessionUserId: typeof value.sessionUserId === 'string' ? value.sessionUserId : undefined,
    sessionSeconds: numberOf(value.sessionDuration),
    sessionPrivileges: textOf(value.sessionPrivileges),
    hashType: textOf(value.hashType),
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
export function parseTokenList(
  value: unknown,
): { readonly tokens: readonly Token[]; readonly total: number } | undefined {
  if (!isObject(value)) return undefined
  const tokens = objectsOf(value.objects).flatMap((item) => parseToken(item) ?? [])
  return { tokens, total: numberOf(value.totalCount) ?? tokens.length }
}

export type TokenState = Token['status'] | 'expired'

export const STATES: readonly TokenState[] = ['active', 'paused', 'expired', 'deleted']

export function isTokenState(text: string): text is TokenState {
  return STATES.some((state) => state === text)
}

/** @param now epoch seconds of the server */
export function stateOf({ status, expiresAt }: Token, now: number): TokenState {
  return status === 'active' && expiresAt !== undefined && expiresAt <= now ? 'expired' : status
}

/** How a token is called on the page. */
export function titleOf({ description, id }: Pick<Token, 'description' | 'id'>): string {
  return description.trim() === '' ? id : description
}

/** `USER`, `ADMIN`, or that its holder chooses. */
export function typeInWords(sessionType: number | undefined): string {
  if (sessionType === undefined) return 'holder chooses'
  return sessionType > 0 ? 'ADMIN' : 'USER'
}

/** Whose sessions it starts; `any user` is whoever its holder names. */
export function userInWords(userId: string | undefined): string {
  if (userId === undefined) return 'any user'
  return userId === '' ? 'nobody' : userId
}

export interface TokenFilter {
  readonly text: string
  readonly state?: TokenState | undefined
}

/** Those that hold every word typed in id, description, labels, user or note, and are in the state. */
export function filterTokens(tokens: readonly Token[], { text, state }: TokenFilter, now: number): readonly Token[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0 && state === undefined) return tokens
  return tokens.filter((token) => {
    if (state !== undefined && stateOf(token, now) !== state) return false
    if (words.length === 0) return true
    const { id, description, labels, sessionUserId = '', note } = token
    const hay = [id, description, ...labels, sessionUserId, note].join('\n').toLowerCase()
    return words.every((word) => hay.includes(word))
  })
}

/** What decides what its sessions may do. */
export function recordOf(token: Token): TokenRecord {
  const { id, partnerId, expiresAt, sessionType, sessionUserId, sessionSeconds, sessionPrivileges, addresses } = token
  return {
    id,
    partnerId,
    status: token.status === 'paused' ? 'disabled' : token.status,
    expiresAt,
    sessionType,
    sessionUserId,
    sessionSeconds,
    sessionPrivileges: sessionPrivileges === '' ? undefined : sessionPrivileges,
    hashType: HASHES.find((name) => name === token.hashType),
    addresses,
  }
}

const HASHES = ['SHA1', 'SHA256', 'SHA512', 'MD5'] as const
