import type { HashType } from '../app-token.ts'
import { CAUSES, type CauseId } from '../causes/catalogue.ts'
import type { Primitives } from '../primitives.ts'
import { hashOf, type Material } from './material.ts'
import { MUTATIONS, type Mutation, type MutationFacts, otherSessionMutations, STAGES } from './mutations.ts'
import { type Candidate, candidatesFor, withoutZeros } from './received.ts'

export interface NearMissQuestion {
  /** Exactly as it was sent. */
  readonly sessionString: string
  readonly tokenValue: string
  readonly tokenId?: string | undefined
  readonly hashType: HashType
  /** What came as the hash. */
  readonly received: string
  /** Session strings that were at hand besides. */
  readonly otherSessions?: readonly string[] | undefined
}

/** One of the mistakes, in the order in which they were made. */
export interface Mistake {
  readonly cause: CauseId
  /** Completes "what was hashed, or sent: …". */
  readonly did: string
  readonly title: string
  readonly remedy: readonly string[]
}

export type NearMiss =
  | {
      readonly kind: 'found'
      /** One or two. */
      readonly mistakes: readonly Mistake[]
      /** From what was hashed to what should be, in words. */
      readonly steps: readonly string[]
      /** `certain`: what was received is the very digest. `likely`: it has lost something, and what is left fits. */
      readonly confidence: 'certain' | 'likely'
      readonly tried: number
    }
  | {
      readonly kind: 'right'
      readonly tried: number
    }
  | {
      readonly kind: 'none'
      /** What was tried, by cause. */
      readonly triedCauses: readonly CauseId[]
      readonly tried: number
    }

const MOST_MISTAKES = 2
/** So many digests between two points at which the search can be put down. */
const STRIDE = 64

/** Names the mistake, or the two, that explain a wrong hash; or says that none that is known does. */
export function nearMiss(primitives: Primitives, question: NearMissQuestion): NearMiss {
  const search = searchNearMiss(primitives, question)
  for (let step = search.next(); ; step = search.next()) if (step.done === true) return step.value
}

/**
 * The same search, in pieces: each `next` makes some 64 digests. Whoever has other things to do puts it down in between.
 */
export function* searchNearMiss(primitives: Primitives, question: NearMissQuestion): Generator<number, NearMiss, void> {
  const facts: MutationFacts = {
    primitives,
    tokenId: question.tokenId,
    otherSessions: question.otherSessions ?? [],
  }
  const direct = sentAsItIs(question)
  if (direct !== undefined) return direct
  const candidates = candidatesFor(primitives, question.received, question.hashType)
  const right: Material = {
    session: question.sessionString,
    token: question.tokenValue,
    isSwapped: false,
    separator: '',
    before: '',
    after: '',
    encoding: 'utf-8',
    method: 'digest',
  }
  const mutations = [...otherSessionMutations(facts.otherSessions), ...MUTATIONS]
  let tried = 0
  // Few mistakes before many, over all readings of what was received.
  for (let most = 0; most <= MOST_MISTAKES; most += 1) {
    for (const candidate of candidates) {
      const inside = most - candidate.mistakes.length
      if (inside < 0) continue
      for (const made of materials(right, mutations, inside, facts)) {
        tried += 1
        if (hashOf(primitives, candidate.algorithm, made.material) === candidate.hex) {
          return found(candidate, made.mutations, tried)
        }
        if (tried % STRIDE === 0) yield tried
      }
    }
  }
  const short = zerosDropped(primitives, question, right)
  if (short !== undefined) return short
  return { kind: 'none', triedCauses: triedCauses(mutations, candidates), tried }
}

interface Made {
  readonly material: Material
  readonly mutations: readonly Mutation[]
}

/** The right material with exactly so many mistakes in it. */
function* materials(
  right: Material,
  mutations: readonly Mutation[],
  count: number,
  facts: MutationFacts,
): Generator<Made, void, void> {
  if (count === 0) {
    yield { material: right, mutations: [] }
    return
  }
  const single = mutations.flatMap((mutation) => {
    const material = mutation.change(right, facts)
    return material === undefined ? [] : [{ material, mutations: [mutation] }]
  })
  if (count === 1) {
    yield* single
    return
  }
  for (const [at, { mutations: [first] }] of single.entries()) {
    if (first === undefined) continue
    for (const second of mutations.slice(mutations.indexOf(first) + 1)) {
      if (second.stage === first.stage) continue
      // In the order of the stages, whichever of the two is the likelier one.
      const [earlier, later] = rank(first) < rank(second) ? [first, second] : [second, first]
      const between = earlier === first ? single[at]?.material : earlier.change(right, facts)
      const material = between && later.change(between, facts)
      if (material !== undefined) yield { material, mutations: [earlier, later] }
    }
  }
}

function rank({ stage }: Mutation): number {
  return STAGES.indexOf(stage)
}

/** The value, the id or the session string in the place of the hash: nothing was hashed at all. */
function sentAsItIs({ received, tokenValue, tokenId, sessionString }: NearMissQuestion): NearMiss | undefined {
  const plain = received.trim()
  const what =
    plain === tokenValue
      ? "the token's value itself"
      : tokenId !== undefined && plain === tokenId
        ? 'the id of the token'
        : plain === sessionString
          ? 'the session string itself'
          : plain === `${sessionString}${tokenValue}`
            ? 'the two inputs, not their digest'
            : undefined
  if (what === undefined) return undefined
  return explained([mistakeOf('hash-token-value-sent', `${what}, not hashed`)], 'certain', 1)
}

/** Hex written by hand, each byte without its leading zero: seen only where a byte had one. */
function zerosDropped(primitives: Primitives, question: NearMissQuestion, right: Material): NearMiss | undefined {
  const received = question.received.trim()
  const hex = hashOf(primitives, question.hashType, right)
  if (received.length >= hex.length || received.toLowerCase() !== withoutZeros(hex)) return undefined
  const upper = received === received.toLowerCase() ? [] : [mistakeOf('hash-upper-case', 'the digest in capital letters')]
  return explained([mistakeOf('hash-zeros-dropped', 'each byte without its leading zero'), ...upper], 'certain', 1)
}

function found(candidate: Candidate, mutations: readonly Mutation[], tried: number): NearMiss {
  const inside = mutations.map(({ cause, did }) => mistakeOf(cause, did))
  const outside = candidate.mistakes.map(({ cause, did }) => mistakeOf(cause, did))
  const mistakes = [...inside, ...outside]
  return mistakes.length === 0 ? { kind: 'right', tried } : explained(mistakes, 'certain', tried)
}

function explained(mistakes: readonly Mistake[], confidence: 'certain' | 'likely', tried: number): NearMiss {
  const steps = mistakes.flatMap(({ did, remedy }) => [`Found: ${did}.`, ...remedy.slice(0, 1)])
  return { kind: 'found', mistakes, steps, confidence, tried }
}

function mistakeOf(cause: CauseId, did: string): Mistake {
  const { title, remedy } = CAUSES[cause]
  return { cause, did, title, remedy }
}

function triedCauses(mutations: readonly Mutation[], candidates: readonly Candidate[]): readonly CauseId[] {
  const inside = candidates.length === 0 ? [] : mutations.map(({ cause }) => cause)
  return [...new Set([...inside, 'hash-upper-case', 'hash-base64', 'hash-decorated', 'hash-wrong-algorithm'] as const)]
}
