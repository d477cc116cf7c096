import type { CauseId } from '../causes/catalogue.ts'
import type { Primitives } from '../primitives.ts'
import type { Material, Piece } from './material.ts'

/** What the search knows besides the material itself. */
export interface MutationFacts {
  readonly primitives: Primitives
  readonly tokenId?: string | undefined
}

/** One thing that people do to what they hash. */
export interface Mutation {
  readonly cause: CauseId
  /** What was done, in words that complete "what was hashed has …" or "… was hashed". Holds nothing of the inputs. */
  readonly did: string
  readonly stage: Stage
  /** Undefined where it changes nothing, or cannot be done to this material. */
  change(material: Material, facts: MutationFacts): Material | undefined
}

/** From the value as it was kept to the digest: of two mistakes the one of the earlier stage was made first. */
const STAGES = [
  'session-value',
  'session-space',
  'session-padding',
  'session-letters',
  'session-encoding',
  'session-cut',
  'session-edge',
  'token-value',
  'token-letters',
  'token-edge',
  'both-edges',
  'order',
  'join',
  'end',
  'encoding',
  'method',
] as const
export type Stage = (typeof STAGES)[number]

const RANKS: Readonly<Record<string, number>> = Object.fromEntries(STAGES.map((stage, rank) => [stage, rank]))
/** Where two of one stage go together, in either order: quotes inside a line feed, or around it. */
const REPEATABLE: ReadonlySet<Stage> = new Set<Stage>(['session-edge', 'token-edge', 'end'])

/** In which orders a person could make both; none where they shut each other out. */
export function ordersOf(one: Mutation, other: Mutation): readonly (readonly [Mutation, Mutation])[] {
  const distance = rank(one) - rank(other)
  if (distance < 0) return [[one, other]]
  if (distance > 0) return [[other, one]]
  if (!REPEATABLE.has(one.stage)) return []
  return [
    [one, other],
    [other, one],
  ]
}

function rank({ stage }: Mutation): number {
  return RANKS[stage] ?? 0
}

type TextChange = (text: string, facts: MutationFacts) => Piece | undefined
type SessionStep = 'value' | 'space' | 'padding' | 'letters' | 'encoding' | 'cut' | 'edge'
type TokenStep = 'value' | 'letters' | 'edge'

/** A row that changes the session string. */
export function session(cause: CauseId, step: SessionStep, did: string, change: TextChange): Mutation {
  return {
    cause,
    did,
    stage: `session-${step}`,
    change(material, facts) {
      const piece = changed(material.session, change, facts)
      return piece === undefined ? undefined : { ...material, session: piece }
    },
  }
}

/** A row that changes the token's value. */
export function token(cause: CauseId, step: TokenStep, did: string, change: TextChange): Mutation {
  return {
    cause,
    did,
    stage: `token-${step}`,
    change(material, facts) {
      const piece = changed(material.token, change, facts)
      return piece === undefined ? undefined : { ...material, token: piece }
    },
  }
}

/** A row that does the same to both. */
export function both(cause: CauseId, did: string, change: TextChange): Mutation {
  return {
    cause,
    did,
    stage: 'both-edges',
    change(material, facts) {
      const first = changed(material.session, change, facts)
      const second = changed(material.token, change, facts)
      return first === undefined || second === undefined ? undefined : { ...material, session: first, token: second }
    },
  }
}

/** A row that adds something behind everything. */
export function end(cause: CauseId, did: string, after: string): Mutation {
  return { cause, did, stage: 'end', change: (material) => ({ ...material, after: material.after + after }) }
}

/** A row that puts something between the two, and perhaps around them. */
export function join(cause: CauseId, did: string, separator: string, before = '', after = ''): Mutation {
  return { cause, did, stage: 'join', change: (material) => ({ ...material, separator, before, after }) }
}

/** A row that sets one property of the material. */
export function setting(cause: CauseId, stage: Stage, did: string, set: Partial<Material>): Mutation {
  return { cause, did, stage, change: (material) => ({ ...material, ...set }) }
}

/** A row for what takes the two apart, so that neither order nor anything between or behind them counts. */
export function apart(cause: CauseId, did: string, method: Material['method']): Mutation {
  return {
    cause,
    did,
    stage: 'method',
    change: (material) =>
      material.isSwapped || material.separator !== '' || material.before !== '' || material.after !== ''
        ? undefined
        : { ...material, method },
  }
}

/** Bytes have no edges and no case any more. */
function changed(piece: Piece, change: TextChange, facts: MutationFacts): Piece | undefined {
  if (typeof piece !== 'string') return undefined
  const made = change(piece, facts)
  return made === piece ? undefined : made
}
