/** The least choice of names that covers some actions, against trying every choice there is. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ActionSet } from '@latchkey/core'
import fc from 'fast-check'
import { type CoverCandidate, coverLeast } from '../src/access/least-cover.ts'

const RUNS = Number(process.env.LATCHKEY_FUZZ_RUNS ?? 400)
/** Places from here up are surplus, those below are wanted. */
const SURPLUS_FROM = 100

function setOf(places: Iterable<number>): ActionSet {
  const set = new ActionSet()
  for (const place of places) set.add(place)
  return set
}

interface Instance {
  readonly target: ActionSet
  readonly candidates: readonly CoverCandidate[]
}

interface Priced {
  readonly surplus: number
  readonly names: number
}

const candidate = fc
  .record({
    // Few letters, so that candidates share names as permissions share what they depend on.
    names: fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'), { minLength: 1, maxLength: 3 }),
    covers: fc.uniqueArray(fc.nat(6), { maxLength: 5 }),
    surplus: fc.uniqueArray(fc.nat(9), { maxLength: 6 }),
  })
  .map(({ names, covers, surplus }) => ({
    names,
    covers: setOf(covers),
    surplus: setOf(surplus.map((place) => place + SURPLUS_FROM)),
  }))

/** Any candidates at all, each with a name of its own before the shared ones. */
function instances(maxLength: number): fc.Arbitrary<Instance> {
  return fc.array(candidate, { maxLength }).map((list) => {
    const candidates = list.map((each, at) => ({ ...each, names: [`own${at}`, ...each.names] }))
    return { candidates, target: candidates.reduce((all, { covers }) => all.union(covers), new ActionSet()) }
  })
}

/** Also some that say the same or less than others. */
function withCopies({ candidates, target }: Instance, picks: readonly number[]): Instance {
  const copies = picks.flatMap((pick, at) => {
    const like = candidates[pick % Math.max(candidates.length, 1)]
    return like === undefined ? [] : [at % 2 === 0 ? like : { ...like, names: [...like.names, `more${at}`] }]
  })
  return { candidates: [...copies, ...candidates], target }
}

function priceOf(chosen: readonly CoverCandidate[]): Priced {
  return {
    surplus: chosen.reduce((all, { surplus }) => all.union(surplus), new ActionSet()).size,
    names: new Set(chosen.flatMap(({ names }) => names)).size,
  }
}

const isBetter = (a: Priced, b: Priced) => a.surplus < b.surplus || (a.surplus === b.surplus && a.names < b.names)
const coverOf = (chosen: readonly CoverCandidate[]) =>
  chosen.reduce((all, { covers }) => all.union(covers), new ActionSet())

/** Every subset there is. */
function bestByTrying({ target, candidates }: Instance): Priced {
  let best: Priced = { surplus: Number.POSITIVE_INFINITY, names: Number.POSITIVE_INFINITY }
  for (let mask = 0; mask < 2 ** candidates.length; mask += 1) {
    const chosen = candidates.filter((_, at) => (mask & (1 << at)) !== 0)
    if (target.minus(coverOf(chosen)).size > 0) continue
    const price = priceOf(chosen)
    if (isBetter(price, best)) best = price
  }
  return best
}

/** Those that names open: a candidate is chosen when all its names are. */
function chosenBy(names: readonly string[], candidates: readonly CoverCandidate[]): readonly CoverCandidate[] {
  return candidates.filter((each) => each.names.every((name) => names.includes(name)))
}

describe('the least cover', () => {
  test('has the least surplus of all choices, and the fewest names among those', () => {
    fc.assert(
      fc.property(instances(8), fc.array(fc.nat(20), { maxLength: 2 }), (drawn, picks) => {
        const instance = withCopies(drawn, picks)
        const cover = coverLeast(instance.target, instance.candidates, 25)
        const best = bestByTrying(instance)
        assert.deepEqual({ surplus: cover.surplus.size, names: cover.names.length }, best)
        assert.deepEqual([cover.isProven, cover.bound], [true, best.surplus])
        assert.equal(new Set(cover.names).size, cover.names.length)
        const chosen = chosenBy(cover.names, instance.candidates)
        assert.equal(instance.target.minus(coverOf(chosen)).size, 0, 'it covers everything')
      }),
      { numRuns: RUNS },
    )
  })

  test('is the same where thirteen candidates of which none can stand for another are to be chosen from', () => {
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 13, maxLength: 13 }), (list) => {
        const candidates = list.map((each, at) => ({ ...each, names: [`own${at}`] }))
        const instance = { candidates, target: coverOf(candidates) }
        const cover = coverLeast(instance.target, candidates, 25)
        assert.deepEqual({ surplus: cover.surplus.size, names: cover.names.length }, bestByTrying(instance))
      }),
      { numRuns: 8 },
    )
  })

  test('of nothing is nothing', () => {
    const cover = coverLeast(new ActionSet(), [], 25)
    assert.deepEqual([cover.names, cover.surplus.size, cover.isProven, cover.bound], [[], 0, true, 0])
  })

  test('prefers two names without surplus to one with', () => {
    const one: CoverCandidate = { names: ['BOTH'], covers: setOf([1, 2]), surplus: setOf([SURPLUS_FROM]) }
    const first: CoverCandidate = { names: ['FIRST'], covers: setOf([1]), surplus: new ActionSet() }
    const second: CoverCandidate = { names: ['SECOND'], covers: setOf([2]), surplus: new ActionSet() }
    const names = coverLeast(setOf([1, 2]), [one, first, second], 25).names
    assert.deepEqual([...names].sort(), ['FIRST', 'SECOND'])
  })

  test('counts a surplus that two share once', () => {
    const shared = setOf([SURPLUS_FROM, SURPLUS_FROM + 1])
    const a: CoverCandidate = { names: ['A'], covers: setOf([1]), surplus: shared }
    const b: CoverCandidate = { names: ['B'], covers: setOf([2]), surplus: shared }
    const both: CoverCandidate = {
      names: ['AB'],
      covers: setOf([1, 2]),
      surplus: setOf([200, 201, 202]),
    }
    const cover = coverLeast(setOf([1, 2]), [both, a, b], 25)
    assert.deepEqual([[...cover.names].sort(), cover.surplus.size], [['A', 'B'], 2])
  })
})

describe('a cover of too many candidates to try all', () => {
  test('covers everything, and its bound is never above what the best has', () => {
    let unproven = 0
    fc.assert(
      fc.property(instances(9), fc.nat(4), (instance, mostExact) => {
        const cover = coverLeast(instance.target, instance.candidates, mostExact)
        const best = bestByTrying(instance)
        const price = { surplus: cover.surplus.size, names: cover.names.length }
        const chosen = chosenBy(cover.names, instance.candidates)
        assert.equal(instance.target.minus(coverOf(chosen)).size, 0, 'it covers everything')
        assert.ok(!isBetter(price, best))
        assert.ok(cover.bound <= best.surplus, `bound ${cover.bound}, best ${best.surplus}`)
        if (cover.isProven) assert.deepEqual(price, best)
        else unproven += 1
      }),
      { numRuns: RUNS },
    )
    assert.ok(unproven > RUNS / 10, 'or else nothing was too many')
  })

  test('begins with the twenty-sixth: that one is told to be unproven, with a bound', () => {
    // A ring, in which each covers two neighbours: nothing is needless, and no choice is obvious.
    const ring = (count: number): readonly CoverCandidate[] =>
      Array.from({ length: count }, (_, at) => ({
        names: [`R${at}`],
        covers: setOf([at, (at + 1) % count]),
        surplus: setOf([SURPLUS_FROM + at]),
      }))
    const [most, more] = [ring(25), ring(26)]
    const proven = coverLeast(coverOf(most), most, 25)
    assert.deepEqual([proven.isProven, proven.names.length, proven.surplus.size, proven.bound], [true, 13, 13, 13])
    const greedy = coverLeast(coverOf(more), more, 25)
    assert.equal(greedy.isProven, false)
    assert.ok(greedy.bound <= 13 && greedy.surplus.size >= 13 && greedy.bound >= 1)
  })
})
