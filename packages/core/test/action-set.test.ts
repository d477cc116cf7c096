/** A set of actions is a set: what `Set` says of the places, it says too. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ACTION_COUNT, ACTIONS, ActionSet, actionsOf, findAction, SERVICES } from '@latchkey/core'
import fc from 'fast-check'

const places = fc.uniqueArray(fc.nat(ACTION_COUNT - 1), { maxLength: 120 })

function setOf(chosen: Iterable<number>): ActionSet {
  const set = new ActionSet()
  for (const place of chosen) set.add(place)
  return set
}

const placesIn = (set: ActionSet) => set.actions().map(({ index }) => index)
const sorted = (chosen: Iterable<number>) => [...new Set(chosen)].sort((a, b) => a - b)

describe('a set of actions', () => {
  test('holds what was put in, tells how many, and lists them in the order of the catalogue', () => {
    fc.assert(
      fc.property(places, (chosen) => {
        const set = setOf(chosen)
        const model = new Set(chosen)
        assert.equal(set.size, model.size)
        assert.deepEqual(placesIn(set), sorted(model))
        for (let place = 0; place < ACTION_COUNT; place += 1) assert.equal(set.has(place), model.has(place))
        for (const place of chosen) set.add(place)
        assert.equal(set.size, model.size, 'what is there already is there once')
      }),
      { numRuns: 100 },
    )
  })

  test('unites, subtracts and intersects as sets do, and leaves both as they were', () => {
    fc.assert(
      fc.property(places, places, (left, right) => {
        const [a, b] = [setOf(left), setOf(right)]
        assert.deepEqual(placesIn(a.union(b)), sorted([...left, ...right]))
        assert.deepEqual(placesIn(a.minus(b)), sorted(left.filter((place) => !right.includes(place))))
        assert.deepEqual(placesIn(a.intersection(b)), sorted(left.filter((place) => right.includes(place))))
        assert.equal(a.union(b).size, a.minus(b).size + b.minus(a).size + a.intersection(b).size)
        assert.deepEqual([placesIn(a), placesIn(b)], [sorted(left), sorted(right)])
        a.addAll(b)
        assert.deepEqual([placesIn(a), placesIn(b)], [sorted([...left, ...right]), sorted(right)])
      }),
      { numRuns: 300 },
    )
  })

  test('shares nothing with another, however many there are', () => {
    const sets = Array.from({ length: 700 }, (_, place) => setOf([place]))
    for (const [place, set] of sets.entries()) assert.deepEqual(placesIn(set), [place])
  })

  test('of all actions has the highest place too', () => {
    const all = ActionSet.of(ACTIONS)
    assert.equal(all.size, ACTION_COUNT)
    assert.equal(all.minus(setOf([ACTION_COUNT - 1])).size, ACTION_COUNT - 1)
  })

  test('has no place for what no permission of the original can open, and one for an action and its other name', () => {
    const closed = SERVICES.flatMap((service) => actionsOf(service)).filter(({ index }) => index < 0)
    assert.ok(closed.length > 300)
    assert.equal(ActionSet.of(closed).size, 0)
    const other = SERVICES.flatMap((service) => actionsOf(service)).find(
      (action) => action.index >= 0 && ACTIONS[action.index] !== action,
    )
    assert.ok(other)
    assert.deepEqual(ActionSet.of([other]).actions(), [ACTIONS[other.index]])
    assert.equal(findAction(other.service, other.action), other)
  })
})
