import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { clockSkew, formatDuration, formatWhen, learnClock } from '../src/connection/clock.ts'

describe('a duration', () => {
  for (const [seconds, text] of [
    [-5, '0 s'],
    [0, '0 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [291, '4 min 51 s'],
    [3_600, '1 h'],
    [3_601, '1 h'],
    [86_280, '23 h 58 min'],
    [86_400, '1 d'],
    [180_000, '2 d 2 h'],
    [864_060, '10 d'],
  ] as const) {
    test(`of ${seconds} seconds is ${text}`, () => assert.equal(formatDuration(seconds), text))
  }
})

test('a point in time is told from now', () => {
  assert.equal(formatWhen(1_000, 1_000), 'just now')
  assert.equal(formatWhen(1_291, 1_000), 'in 4 min 51 s')
  assert.equal(formatWhen(940, 1_000), '1 min ago')
})

describe('the clock of the server', () => {
  const at = Date.parse('2026-11-24T12:00:00Z')

  test('is learnt from an answer, and from more answers more exactly', () => {
    clockSkew.value = undefined
    learnClock('Tue, 24 Nov 2026 12:00:10 GMT', at - 100, at + 100)
    assert.equal(clockSkew.value, 10.5)
    learnClock('Tue, 24 Nov 2026 12:00:10 GMT', at + 400, at + 600)
    assert.ok(Math.abs(Number(clockSkew.value) - 10.4) < 1e-9)
  })

  test('is believed at once where it jumps, as after it was set', () => {
    learnClock('Tue, 24 Nov 2026 12:05:00 GMT', at, at)
    assert.equal(clockSkew.value, 300.5)
  })

  for (const date of [null, '', 'yesterday']) {
    test(`is not made up out of ${JSON.stringify(date)}`, () => {
      clockSkew.value = 1
      learnClock(date, at, at)
      assert.equal(clockSkew.value, 1)
    })
  }
})
