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
  const best = new Search(target, useful, greedy).run()
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

/** Branch and bound: always on the action that fewest candidates cover, never below what is already worse than the best. */
class Search {
  readonly #target: ActionSet
  readonly #candidates: readonly CoverCandidate[]
  #best: Choice

  constructor(target: ActionSet, candidates: readonly CoverCandidate[], start: Choice) {
    this.#target = target
    this.#candidates = candidates
    this.#best = start
  }

  run(): Choice {
    this.#visit(this.#target, [], new ActionSet(), new Set())
    return this.#best
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
    const open = this.#fewestFor(left, refused)
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

  /** Those that cover the action which fewest of what is not refused cover; none where one cannot be covered any more. */
  #fewestFor(left: ActionSet, refused: ReadonlySet<CoverCandidate>): readonly CoverCandidate[] {
    let fewest: readonly CoverCandidate[] | undefined
    for (const { index } of left.actions()) {
      const open = this.#candidates.filter((candidate) => candidate.covers.has(index) && !refused.has(candidate))
      if (fewest === undefined || open.length < fewest.length) fewest = open
      if (fewest.length <= 1) break
    }
    return (fewest ?? []).toSorted((a, b) => a.surplus.size - b.surplus.size || a.names.length - b.names.length)
  }
}
