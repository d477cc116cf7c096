import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { agoInWords, dayInWords, inWords } from '@latchkey/core'

describe('times in words', () => {
  for (const [seconds, words] of [
    [0, '0 seconds'],
    [1, '1 second'],
    [60, '1 minute'],
    [61, '1 minute 1 second'],
    [601, '10 minutes 1 second'],
    [3_599, '59 minutes 59 seconds'],
    [5_400, '90 minutes'],
    [3_601, 'about 1 hour'],
    [86_341, 'about 23 hours 59 minutes'],
    [100_000, 'about 1 day 3 hours'],
  ] as const) {
    test(`${seconds} seconds are ${words}`, () => assert.equal(inWords(seconds), words))
  }

  test('a day is one of the calendar, and a number that is no day stays that', () => {
    assert.equal(dayInWords(1_627_298_165), '2021-07-26, 11:16 UTC')
    for (const at of [1e15, -1e15, Number.NaN, Infinity]) assert.equal(dayInWords(at), String(at))
  })

  test('what is past is so many of the largest unit ago of which there are two', () => {
    const NOW = 1_800_000_000
    const ago = (seconds: number) => agoInWords(NOW - seconds, NOW)
    assert.deepEqual([0, 1, 119, 120, 7_199, 7_200, 172_800, 63_071_999, 63_072_000].map(ago), [
      '0 seconds ago',
      '1 second ago',
      '119 seconds ago',
      '2 minutes ago',
      '119 minutes ago',
      '2 hours ago',
      '2 days ago',
      '729 days ago',
      '2 years ago',
    ])
  })
})
