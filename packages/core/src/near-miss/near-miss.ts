import type { HashType } from '../app-token.ts'
import { CAUSES, type CauseId } from '../causes/catalogue.ts'
import { judgeHashShape } from '../hash-shape.ts'
import type { Primitives } from '../primitives.ts'
import type { SessionKind } from '../session.ts'
import { hashOf, type Material, rightMaterial } from './material.ts'
import { type Mutation, type MutationFacts, ordersOf } from './mutation.ts'
import { MUTATIONS } from './mutations.ts'
import { type OtherSession, otherSessions } from './other-sessions.ts'
import { type Reading, readingsOf, sameText } from './received.ts'

export interface NearMissQuestion {
  /** Exactly as it was sent. */
  readonly sessionString: string
  readonly sessionKind?: SessionKind | undefined
  readonly tokenValue: string
  /** The value before the last rotation; `isTaken` while it still counts. */
  readonly previousValue?: { readonly value: string; readonly isTaken: boolean } | undefined
  readonly tokenId?: string | undefined
  readonly hashType: HashType
  /** That the token had before a change; a hash of this type is then put down to the change. */
  readonly formerHashType?: HashType | undefined
  /** What came as the hash. */
  readonly received: string
  /** Session strings that were at hand besides, such as an earlier widget session. */
  readonly otherSessions?: readonly (string | OtherSession)[] | undefined
}

/** One thing that was done wrong. */
export interface Mistake {
  readonly cause: CauseId
  /** What was done, in words; holds nothing of session, value or hash. */
  readonly did: string
  readonly title: string
  readonly remedy: readonly string[]
}

export type NearMiss =
  | {
      readonly kind: 'found'
      /** In the order in which they were made: two at most in what was hashed, and what the form of the hash shows besides. */
      readonly mistakes: readonly [Mistake, ...Mistake[]]
      /** From what was hashed to what should be, in words. */
      readonly steps: readonly string[]
      /** `certain`: what was received is the very digest. `likely`: it has lost digits, and what is left fits. */
      readonly confidence: 'certain' | 'likely'
      /** Of two values of a rotated token. */
      readonly madeWith: 'current' | 'previous'
      /** Digests made. */
      readonly tried: number
    }
  | { readonly kind: 'right'; readonly tried: number }
  | {
      readonly kind: 'none'
      /** Whether what was received reads as a digest of any kind. If not, there was nothing to try. */
      readonly isDigest: boolean
      readonly triedCauses: readonly CauseId[]
      readonly tried: number
    }

/** In what was hashed. What is wrong with the form of the digest is seen, not searched. */
const MOST_MISTAKES = 2
/** So many bytes are hashed between two points at which the search can be put down: far below a millisecond. */
const BYTES_A_STEP = 16_384
const OVERHEAD = 128

/** Names the mistakes that explain a wrong hash, or says that none that is known does. Answers for any input. */
export function nearMiss(primitives: Primitives, question: NearMissQuestion): NearMiss {
  const search = searchNearMiss(primitives, question)
  for (let step = search.next(); ; step = search.next()) if (step.done === true) return step.value
}

/**
 * The same search, in pieces: each `next` hashes some 16 KiB at most, or one input where that is longer, and gives the
 * number of digests so far. Whoever has other things to do puts it down in between.
 */
export function* searchNearMiss(primitives: Primitives, question: NearMissQuestion): Generator<number, NearMiss, void> {
  const { hashType, received, sessionString } = question
  const sent = sentAsItIs(question)
  if (sent !== undefined) return explained(question, [sent], 'certain', 'current', 0)
  const readings = readingsOf(primitives, received, hashType, question.formerHashType)
  const facts: MutationFacts = { primitives, tokenId: question.tokenId }
  const mutations = [...otherSessions(question.otherSessions ?? [], question.sessionKind), ...MUTATIONS]
  const bases = basesOf(question).map((base) => ({ ...base, single: singlesOf(base, mutations, facts) }))
  const aStep = Math.max(1, Math.floor(BYTES_A_STEP / (sessionString.length + OVERHEAD)))
  let tried = 0
  // Few mistakes before many, over both values and all readings of what was received.
  for (let most = 0; most <= MOST_MISTAKES && readings.length > 0; most += 1) {
    for (const base of bases) {
      for (const made of materials(base, most - base.mistakes.length, mutations, facts)) {
        for (const reading of readings) {
          tried += 1
          if (reading.matches(hashOf(primitives, reading.algorithm, made.material))) {
            return found(question, base, made, reading, tried)
          }
          if (tried % aStep === 0) yield tried
        }
      }
    }
  }
  const triedCauses = readings.length === 0 ? [] : causesTried(bases, mutations, readings)
  return { kind: 'none', isDigest: readings.length > 0, triedCauses, tried }
}

/** The right thing to hash, for one of the token's values. */
interface Base {
  readonly material: Material
  readonly madeWith: 'current' | 'previous'
  /** What is wrong with the base itself. */
  readonly mistakes: readonly Told[]
  /** With the mistake of that place in the table; undefined where it cannot be made. */
  readonly single: (at: number) => Material | undefined
}

interface Told {
  readonly cause: CauseId
  readonly did: string
}

interface Made {
  readonly material: Material
  readonly mutations: readonly Mutation[]
}

function basesOf({ sessionString, tokenValue, previousValue }: NearMissQuestion): readonly Omit<Base, 'single'>[] {
  const current = { material: rightMaterial(sessionString, tokenValue), madeWith: 'current', mistakes: [] } as const
  if (previousValue === undefined) return [current]
  const old = { cause: 'token-value-old', did: 'the value before the last rotation, which is no longer taken' } as const
  const material = rightMaterial(sessionString, previousValue.value)
  return [current, { material, madeWith: 'previous', mistakes: previousValue.isTaken ? [] : [old] }]
}

/** Each is made once, and only when it is asked for: most searches end among the first few. */
function singlesOf(
  { material }: Pick<Base, 'material'>,
  mutations: readonly Mutation[],
  facts: MutationFacts,
): Base['single'] {
  const made = new Map<number, Material | undefined>()
  return (at) => {
    if (!made.has(at)) made.set(at, mutations[at]?.change(material, facts))
    return made.get(at)
  }
}

/** The base with exactly so many mistakes in it, the likeliest first. */
function* materials(
  base: Base,
  count: number,
  mutations: readonly Mutation[],
  facts: MutationFacts,
): Generator<Made, void, void> {
  if (count === 0) yield { material: base.material, mutations: [] }
  if (count === 1) {
    for (const [at, mutation] of mutations.entries()) {
      const material = base.single(at)
      if (material !== undefined) yield { material, mutations: [mutation] }
    }
  }
  if (count === 2) yield* pairs(base, mutations, facts)
}

/** By the sum of their places in the table, so that two likely ones come long before a likely one and a rare one. */
function* pairs(base: Base, mutations: readonly Mutation[], facts: MutationFacts): Generator<Made, void, void> {
  const places = new Map(mutations.map((mutation, at) => [mutation, at]))
  for (let sum = 1; sum <= 2 * mutations.length - 3; sum += 1) {
    for (let at = Math.max(0, sum - mutations.length + 1); at < sum - at; at += 1) {
      const [one, other] = [mutations[at], mutations[sum - at]]
      if (one === undefined || other === undefined) continue
      for (const [earlier, later] of ordersOf(one, other)) {
        const between = base.single(places.get(earlier) ?? -1)
        const material = between && later.change(between, facts)
        if (material !== undefined) yield { material, mutations: [earlier, later] }
      }
    }
  }
}

/** The value, the id or the session string in the place of the hash, or nothing: no digest was made at all. */
function sentAsItIs(question: NearMissQuestion): Told | undefined {
  const { received, tokenValue, tokenId, sessionString, previousValue, hashType } = question
  const plain = received.trim().replaceAll(/^["']|["']$/g, '')
  const lower = plain.toLowerCase()
  const cause = 'hash-token-value-sent'
  const values = previousValue === undefined ? [tokenValue] : [tokenValue, previousValue.value]
  if (values.some((value) => sameText(plain, value) || sameText(lower, value.toLowerCase()))) {
    return { cause, did: "the token's value itself, not hashed" }
  }
  if (tokenId !== undefined && plain === tokenId) return { cause, did: 'the id of the token, not hashed' }
  if (plain === sessionString.trim()) return { cause, did: 'the session string itself, not hashed' }
  if (values.some((value) => sameText(plain, sessionString + value))) return { cause, did: 'both inputs, not hashed' }
  return judgeHashShape(received, hashType).cause === 'hash-placeholder'
    ? { cause: 'hash-placeholder', did: 'a placeholder, or nothing, in place of the digest' }
    : undefined
}

function found(question: NearMissQuestion, base: Base, made: Made, reading: Reading, tried: number): NearMiss {
  const mistakes = [...base.mistakes, ...made.mutations, ...reading.mistakes]
  return explained(question, mistakes, reading.confidence, base.madeWith, tried)
}

function explained(
  { hashType }: NearMissQuestion,
  told: readonly Told[],
  confidence: 'certain' | 'likely',
  madeWith: 'current' | 'previous',
  tried: number,
): NearMiss {
  const [first, ...others] = told.map(({ cause, did }) => mistakeOf(cause, did))
  if (first === undefined) return { kind: 'right', tried }
  const mistakes = [first, ...others] as const
  const steps = [
    ...mistakes.map(({ did, remedy }) => `Found: ${did}. ${remedy[0]}`),
    `What is wanted: ${hashType} over the session string of the call and the token's value, nothing between, in lower-case hex.`,
  ]
  return { kind: 'found', mistakes, steps, confidence, madeWith, tried }
}

function mistakeOf(cause: CauseId, did: string): Mistake {
  const { title, remedy } = CAUSES[cause]
  return { cause, did, title, remedy }
}

/** Those that could have been made with these inputs; what only the form shows was looked for in any case. */
function causesTried(
  bases: readonly Base[],
  mutations: readonly Mutation[],
  readings: readonly Reading[],
): readonly CauseId[] {
  const inside = bases.flatMap(({ single }) => mutations.filter((_, at) => single(at) !== undefined))
  const outside = readings.flatMap(({ mistakes }) => mistakes)
  const always = ['hash-token-value-sent', 'hash-upper-case', 'hash-base64', 'hash-decorated'] as const
  const old = bases.flatMap(({ mistakes }) => mistakes)
  return [...new Set([...always, ...[...inside, ...outside, ...old].map(({ cause }) => cause)])]
}
