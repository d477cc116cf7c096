import type { TokenRecord } from '@latchkey/core'
import type { Token } from '@latchkey/wire/answer'

export { parseToken, parseTokenList, type Token, WITHOUT_VALUES } from '@latchkey/wire/answer'

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
