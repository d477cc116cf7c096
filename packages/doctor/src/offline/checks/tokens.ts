import {
  agoInWords,
  dayInWords,
  type Finding,
  finding,
  type HashType,
  type Lint,
  lint,
  SHARED_PERMISSIONS,
  showable,
  type TokenRecord,
} from '@latchkey/core'
import { found, type PasteCheck, type PasteFacts } from '../paste-facts.ts'
import type { SeenToken } from '../seen.ts'

const TOKEN_ID = /^\d+_[0-9a-z]{8}$/
const RELATIVE = 315_360_000

/** Core's judgement on an app token, at the time of its making unless another is told. */
export function lintSeenToken(facts: PasteFacts, { record, createdAt, isStored }: SeenToken): Lint {
  const now = facts.now ?? createdAt ?? facts.clock ?? 0
  const token = isStored ? record : absolute(record, now)
  return lint({
    token,
    features: [],
    index: SHARED_PERMISSIONS,
    userRoles: [],
    knowsRoles: false,
    now,
    wanted: facts.wanted,
  })
}

/** What a request sends as a small number counts from its arrival. */
function absolute(record: TokenRecord, now: number): TokenRecord {
  const { expiresAt } = record
  const isRelative = expiresAt !== undefined && expiresAt !== -1 && Math.abs(expiresAt) <= RELATIVE
  return isRelative ? { ...record, expiresAt: now + expiresAt } : record
}

/** What an app token is, by itself. */
export const TOKEN_CHECKS: readonly PasteCheck[] = [
  (facts) =>
    facts.tokens.flatMap((token) =>
      lintSeenToken(facts, token)
        .findings.filter(({ cause }) => token.isStored || cause !== 'token-expired')
        .map((one) => (facts.tokens.length > 1 ? found(facts, token.where, one.cause, one.severity, one.saw) : one)),
    ),

  (facts) =>
    facts.tokens.flatMap(({ id, where }) => {
      if (id === undefined || TOKEN_ID.test(id)) return []
      return [found(facts, where, 'token-id-mangled', 'warning', idFault(id))]
    }),

  (facts) =>
    facts.tokens.flatMap(({ where, oddExpiry }) =>
      oddExpiry === undefined
        ? []
        : [found(facts, where, 'token-expiry-unit', 'error', `its expiry is ${showable(oddExpiry)}, and no number`)],
    ),

  (facts) =>
    facts.tokens.flatMap(({ record: { expiresAt }, where, isStored }) => {
      if (isStored || expiresAt === undefined || expiresAt === -1 || Math.abs(expiresAt) > RELATIVE) return []
      const saw =
        expiresAt <= 0
          ? `expiry is ${expiresAt}, or empty: the token has expired when it is made`
          : `expiry ${expiresAt} counts from the arrival of the request: as a number of seconds, not as a time`
      return [found(facts, where, 'token-expiry-unit', expiresAt <= 0 ? 'error' : 'note', saw)]
    }),

  // Judged at its making, as it should be; that it is over by now is worth a word all the same.
  (facts) =>
    facts.tokens.flatMap(({ record: { expiresAt }, createdAt, where }) => {
      const { clock, now } = facts
      if (now !== undefined || clock === undefined || createdAt === undefined || expiresAt === undefined) return []
      if (expiresAt < RELATIVE || expiresAt <= createdAt || expiresAt > clock) return []
      const past = `it was ${dayInWords(expiresAt)}, ${agoInWords(expiresAt, clock)}`
      const saw = `judged at its making, ${dayInWords(createdAt)}; by the clock of this machine its expiry ${expiresAt} is past: ${past}`
      return [found(facts, where, 'token-expired', 'note', saw)]
    }),

  (facts) => {
    const types = new Map<string, HashType>()
    return facts.tokens.flatMap(({ id, record, where }): readonly Finding[] => {
      const before = id === undefined ? undefined : types.get(id)
      if (id !== undefined && record.hashType !== undefined) types.set(id, record.hashType)
      if (before === undefined || before === record.hashType) return []
      const saw = `${where}: the hashType of ${showable(id ?? '')} is ${record.hashType}, and was ${before} before`
      return [finding('hash-type-unchanged', 'warning', saw)]
    })
  },
]

export function idFault(id: string): string {
  if (/^[0-9a-f]{32}$/i.test(id)) return 'the id is 32 hex digits, as values have: an id looks like 0_k3v9qz1m'
  if (/^[0-9a-z]{8}$/.test(id)) return `the id ${showable(id)} lacks the number and the underscore in front`
  if (/^\d+_[0-9a-z]{8}$/i.test(id.trim())) return `the id ${showable(id)} has blanks around it, or capital letters`
  return `the id has ${id.length} characters, and is not in the form of 0_k3v9qz1m`
}
