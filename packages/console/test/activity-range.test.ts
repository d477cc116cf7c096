import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bucketAt, bucketInWords, bucketsOf, parseSpan } from '../src/pages/activity/range.ts'

const NOON = Date.UTC(2026, 10, 24, 12, 34, 56) / 1_000
const HOUR = 3_600

describe('a span of time', () => {
  test('without a choice it is 24 whole hours, of which the last one runs', () => {
    const span = parseSpan({}, NOON, 0)
    assert.equal(span.id, '24h')
    assert.equal(span.to, Date.UTC(2026, 10, 24, 13) / 1_000)
    assert.equal(bucketsOf(span, 0).length, 24)
  })
  test('days begin at midnight of this machine’s zone', () => {
    const offset = 5.5 * HOUR
    const span = parseSpan({ from: '30d' }, NOON, offset)
    const buckets = bucketsOf(span, offset)
    assert.equal(buckets.length, 30)
    for (const { from } of buckets) assert.equal((from + offset) % 86_400, 0)
  })
  test('a span of one’s own keeps its ends, and its bars lie side by side', () => {
    const span = parseSpan({ from: String(NOON - 5_000), to: String(NOON) }, NOON, 0)
    const buckets = bucketsOf(span, 0)
    assert.equal(span.id, 'own')
    assert.equal(buckets[0]?.from, NOON - 5_000)
    assert.equal(buckets.at(-1)?.to, NOON)
    for (const [at, { from }] of buckets.entries()) if (at > 0) assert.equal(from, buckets[at - 1]?.to)
  })
  test('no span has more bars than can be told apart, nor none', () => {
    for (const length of [1, 59, 3_599, 86_401, 40 * 86_400, 4_000 * 86_400, 90_000 * 86_400]) {
      const count = bucketsOf(parseSpan({ from: '0', to: String(length) }, NOON, 0), 0).length
      assert.ok(count >= 1 && count <= 33, `${length}: ${count}`)
    }
  })
  test('an end before the beginning, and what is no time, are passed over', () => {
    const span = parseSpan({ from: '1000', to: '10' }, NOON, 0)
    assert.ok(span.to > span.from)
    assert.equal(parseSpan({ from: 'constructor' }, NOON, 0).id, '24h')
    assert.equal(parseSpan({ from: '-5' }, NOON, 0).id, '24h')
  })
})

test('every second of a span lies in one bar, and no other does', () => {
  const span = parseSpan({ from: String(NOON - 300), to: String(NOON) }, NOON, 0)
  const buckets = bucketsOf(span, 0)
  for (let at = span.from; at < span.to; at += 1) assert.ok(bucketAt(buckets, at) >= 0)
  assert.equal(bucketAt(buckets, span.from - 1), -1)
  assert.equal(bucketAt(buckets, span.to), -1)
})

test('a bar is named in words', () => {
  assert.deepEqual([300, 3_600, 21_600, 86_400, 604_800, 61].map(bucketInWords), [
    '5 minutes',
    'hour',
    '6 hours',
    'day',
    'week',
    '61 seconds',
  ])
})
