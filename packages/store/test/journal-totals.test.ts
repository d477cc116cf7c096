import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { JournalLine } from '@latchkey/authority'
import { TotalsCache } from '../src/journal/token-totals.ts'

function line(overrides: Partial<JournalLine>): JournalLine {
  return { at: 1, requestId: 'r', partnerId: 7, door: 'v3', action: 'a.b', outcome: 'issued', ...overrides }
}

describe('the totals of tokens', () => {
  test('ids that were only ever refused push out no token, however many come', () => {
    const cache = new TotalsCache(100)
    cache.add('token', line({}))
    for (let n = 0; n < 1000; n++) cache.add(`stranger ${n}`, line({ outcome: 'refused' }))
    assert.equal(cache.find('token')?.issued, 1)
    assert.equal(cache.find('stranger 0'), undefined)
    assert.equal(cache.isPartial, true)
  })

  test('what was refused before its first session counts on with it, and stays', () => {
    const cache = new TotalsCache(100)
    cache.add('token', line({ outcome: 'refused', cause: 'c' }))
    cache.add('token', line({}))
    for (let n = 0; n < 1000; n++) cache.add(`stranger ${n}`, line({ outcome: 'refused' }))
    cache.add('token', line({ outcome: 'refused', cause: 'c' }))
    for (let n = 0; n < 1000; n++) cache.add(`stranger ${n}`, line({ outcome: 'refused' }))
    assert.deepEqual([cache.find('token')?.issued, cache.find('token')?.refusedByCause], [1, { c: 2 }])
  })

  test('those that came up last are kept, and one with many users takes the room of many', () => {
    const cache = new TotalsCache(100)
    for (let n = 0; n < 99; n++) cache.add(`token ${n}`, line({}))
    assert.equal(cache.isPartial, false)
    cache.add('token 0', line({}))
    for (let n = 0; n < 50; n++) cache.add('shared', line({ value: 'previous', address: `10.0.0.${n}` }))
    assert.equal(cache.find('token 1'), undefined)
    assert.equal(cache.find('token 0')?.issued, 2)
    assert.equal(cache.find('token 98')?.issued, 1)
    assert.equal(cache.find('shared')?.previousValue.length, 50)
    cache.clear()
    assert.deepEqual([cache.isPartial, cache.find('token 0')], [false, undefined])
  })
})
