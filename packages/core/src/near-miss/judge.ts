import type { HashType } from '../app-token.ts'
import type { CauseId } from '../causes/catalogue.ts'
import { judgeHashShape } from '../hash-shape.ts'
import type { SessionKind } from '../session.ts'
import type { NearMiss } from './near-miss.ts'

/** What became of looking for the mistake behind a wrong hash. */
export type HashSearch = NearMiss | { readonly kind: 'not-searched'; readonly why: SearchLimit }

/** Why it was not looked for: too often from one address, too much at a time, or too long an input. */
export type SearchLimit = 'rate' | 'busy' | 'length'

export interface WrongHash {
  readonly received: string
  readonly hashType: HashType | undefined
  readonly sessionText: string | undefined
  readonly sessionKind: SessionKind | undefined
}

export interface HashJudgement {
  readonly cause: CauseId
  /** Lengths and what was done; nothing from which value or right hash follow. */
  readonly saw: string
  /** Of all mistakes, where there are several. */
  readonly remedy?: readonly string[]
  /** Where there are several. */
  readonly mistakes?: readonly CauseId[]
}

const NOTES: Readonly<Record<SearchLimit, string>> = {
  rate: 'known mistakes were not tried, since too many wrong hashes came from this address: try again in a minute',
  busy: 'known mistakes were not tried, since the server is busy: try again',
  length: 'known mistakes were not tried, since ks is far longer than a session string',
}

/** The mistakes that were found, or what the form of the hash alone tells. */
export function judgeHash(search: HashSearch | undefined, wrong: WrongHash): HashJudgement {
  if (search?.kind === 'found') return judgeFound(search, wrong)
  const shape = judgeHashShape(wrong.received, wrong.hashType)
  return { cause: shape.cause, saw: [shape.saw, ...notesOf(search, wrong)].join('; ') }
}

function judgeFound(
  { mistakes, confidence, madeWith }: Extract<NearMiss, { kind: 'found' }>,
  { received, hashType, sessionText }: WrongHash,
): HashJudgement {
  const [first] = mistakes
  const causes = [...new Set(mistakes.map(({ cause }) => cause))]
  const done = mistakes.map(({ did }) => did).join(', and ')
  const how = confidence === 'certain' ? 'is explained by' : 'is very likely explained by'
  const isOldValue = madeWith === 'previous' && !causes.includes('token-value-old')
  const saw = [
    `tokenHash (${count(received)}) ${how}: ${done}`,
    ...(isOldValue ? ['it was made with the value before the last rotation'] : []),
    ...(sessionText === undefined ? [] : [`ks as it was sent has ${count(sessionText)}`]),
    ...(hashType === undefined ? [] : [`the token wants ${hashType}`]),
  ].join('; ')
  if (causes.length === 1) return { cause: first.cause, saw }
  return { cause: first.cause, saw, remedy: [...new Set(mistakes.flatMap(({ remedy }) => remedy))], mistakes: causes }
}

function notesOf(search: HashSearch | undefined, { sessionKind }: WrongHash): readonly string[] {
  if (search === undefined || search.kind === 'found' || search.kind === 'right') return []
  if (search.kind === 'not-searched') return [NOTES[search.why]]
  const other =
    sessionKind === 'admin' || sessionKind === 'user'
      ? [
          `the session of this call is ${sessionKind === 'admin' ? 'an ADMIN' : 'a USER'} session: hash its string, not that of a widget session`,
        ]
      : []
  if (!search.isDigest) return other
  return [`no known mistake gives it, alone or with another (${search.tried} digests tried)`, ...other]
}

function count({ length }: string): string {
  return length === 1 ? '1 character' : `${length} characters`
}
