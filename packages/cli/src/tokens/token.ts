import { inWords } from '@latchkey/core'
import type { Token } from '@latchkey/wire/answer'
import { fields, table, timeInWords } from '../view/table.ts'

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
    ['session life', sessionSeconds === undefined ? undefined : inWords(sessionSeconds)],
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
