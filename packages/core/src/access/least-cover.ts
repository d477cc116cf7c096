import { ActionSet } from '../action-set.ts'

/** Names that are given together, with what that covers and what it opens besides. */
export interface CoverCandidate {
  readonly names: readonly string[]
  readonly covers: ActionSet
  readonly surplus: ActionSet
}

export interface Cover {
  /** In the order of their first candidate, each once. */
  readonly names: readonly string[]
  readonly surplus: ActionSet
  readonly isProven: boolean
  /** No cover has less surplus; equal to the surplus where that is proven. */
  readonly bound: number
}

/**
 * The choice that covers everything with the least surplus, then with the fewest names. Among up to `mostExact` candidates
 * the best there is; among more, a good one, with a bound on how much better the best could be.
 *
 * @param target what the candidates together cover, no more
 */
export function coverLeast(target: ActionSet, candidates: readonly CoverCandidate[], mostExact: number): Cover {
  const useful = withoutDominated(candidates)
  const greedy = coverGreedily(target, useful)
  if (useful.length > mostExact) {
    const bound = lowerBound(target, useful)
    return { ...greedy, isProven: greedy.surplus.size === bound && greedy.names.length <= 1, bound }
  }
  const search = new Search(target, useful, greedy)
  const best = search.run()
  if (search.isCutShort) return { ...best, isProven: false, bound: lowerBound(target, useful) }
  return { ...best, isProven: true, bound: best.surplus.size }
}

interface Choice {
  readonly names: readonly string[]
  readonly surplus: ActionSet
}

/** One that covers no more, opens no less besides and needs all the names of another is never the better one. */
function withoutDominated(candidates: readonly CoverCandidate[]): readonly CoverCandidate[] {
  return candidates.filter(
    (candidate, at) =>
      !candidates.some(
        (other, otherAt) =>
          otherAt !== at &&
          candidate.covers.minus(other.covers).size === 0 &&
          other.surplus.minus(candidate.surplus).size === 0 &&
          other.names.every((name) => candidate.names.includes(name)) &&
          // Of two that are alike the first stays.
          (other.names.length < candidate.names.length ||
            other.covers.size > candidate.covers.size ||
            other.surplus.size < candidate.surplus.size ||
            otherAt < at),
      ),
  )
}

function coverGreedily(target: ActionSet, candidates: readonly CoverCandidate[]): Choice {
  let left = target
  let surplus = new ActionSet()
  const names = new Set<string>()
  while (left.size > 0) {
    let best: CoverCandidate | undefined
    let bestPrice = Number.POSITIVE_INFINITY
    for (const candidate of candidates) {
      const gain = candidate.covers.intersection(left).size
      if (gain === 0) continue
      const more = candidate.names.filter((name) => !names.has(name)).length
      const price = (candidate.surplus.minus(surplus).size + more / 1_000) / gain
      if (price >= bestPrice) continue
      best = candidate
      bestPrice = price
    }
    if (best === undefined) break
    left = left.minus(best.covers)
    surplus = surplus.union(best.surplus)
    for (const name of best.names) names.add(name)
  }
  return withoutNeedless(target, candidates, { names: [...names], surplus })
}

/** Takes out what the later choices made needless. */
function withoutNeedless(target: ActionSet, candidates: readonly CoverCandidate[], choice: Choice): Choice {
  let chosen = candidates.filter(({ names }) => names.every((name) => choice.names.includes(name)))
  for (const candidate of chosen.toSorted((a, b) => b.surplus.size - a.surplus.size)) {
    const others = chosen.filter((other) => other !== candidate)
    const covered = others.reduce((all, { covers }) => all.union(covers), new ActionSet())
    if (target.minus(covered).size === 0) chosen = others
  }
  return choiceOf(chosen)
}

function choiceOf(chosen: readonly CoverCandidate[]): Choice {
  return {
    names: [...new Set(chosen.flatMap(({ names }) => names))],
    surplus: chosen.reduce((all, { surplus }) => all.union(surplus), new ActionSet()),
  }
}

/** Every action has to be covered by something, so the cheapest way to cover the dearest of them is a must. */
function lowerBound(target: ActionSet, candidates: readonly CoverCandidate[]): number {
  let bound = 0
  for (const { index } of target.actions()) {
    let cheapest = Number.POSITIVE_INFINITY
    for (const { covers, surplus } of candidates) if (covers.has(index)) cheapest = Math.min(cheapest, surplus.size)
    if (Number.isFinite(cheapest)) bound = Math.max(bound, cheapest)
  }
  return bound
}

/** Some tens of milliseconds. Nobody's account comes near it; what is made up to come near it is cut short. */
const MOST_VISITS = 20_000

/** Branch and bound: always on the action that fewest candidates cover, never below what is already worse than the best. */
class Search {
  readonly #target: ActionSet
  readonly #candidates: readonly CoverCandidate[]
  #best: Choice
  #visits = 0

  constructor(target: ActionSet, candidates: readonly CoverCandidate[], start: Choice) {
    this.#target = target
    this.#candidates = candidates
    this.#best = start
  }

  run(): Choice {
    this.#visit(this.#target, [], new ActionSet(), new Set())
    return this.#best
  }

  /** Whether the best that was found may not be the best there is. */
  get isCutShort(): boolean {
    return this.#visits > MOST_VISITS
  }

  #visit(
    left: ActionSet,
    chosen: readonly CoverCandidate[],
    surplus: ActionSet,
    refused: ReadonlySet<CoverCandidate>,
  ): void {
    const names = new Set(chosen.flatMap((candidate) => candidate.names))
    if (!this.#isBetter(surplus.size, names.size)) return
    if (left.size === 0) {
      this.#best = { names: [...names], surplus }
      return
    }
    this.#visits += 1
    const { open, more } = this.#fewestFor(left, surplus, refused)
    if (this.isCutShort || surplus.size + more > this.#best.surplus.size) return
    const tried = new Set(refused)
    for (const candidate of open) {
      this.#visit(left.minus(candidate.covers), [...chosen, candidate], surplus.union(candidate.surplus), tried)
      // Every choice that holds it has been seen.
      tried.add(candidate)
    }
  }

  #isBetter(surplus: number, names: number): boolean {
    const best = this.#best.surplus.size
    return surplus < best || (surplus === best && names < this.#best.names.length)
  }

  /**
   * Those that cover the action which fewest of what is not refused cover, none where one cannot be covered any more; and
   * how much surplus the dearest of the actions adds at least.
   */
  #fewestFor(
    left: ActionSet,
    surplus: ActionSet,
    refused: ReadonlySet<CoverCandidate>,
  ): { readonly open: readonly CoverCandidate[]; readonly more: number } {
    const choices = this.#candidates
      .filter((candidate) => !refused.has(candidate))
      .map((candidate) => ({ candidate, adds: candidate.surplus.minus(surplus).size }))
    let fewest: typeof choices | undefined
    let more = 0
    for (const { index } of left.actions()) {
      const open = choices.filter(({ candidate }) => candidate.covers.has(index))
      if (fewest === undefined || open.length < fewest.length) fewest = open
      more = Math.max(more, Math.min(...open.map(({ adds }) => adds)))
    }
    const sorted = (fewest ?? []).toSorted(
      (a, b) => a.adds - b.adds || a.candidate.names.length - b.candidate.names.length,
    )
    return { open: sorted.map(({ candidate }) => candidate), more }
  }
}
