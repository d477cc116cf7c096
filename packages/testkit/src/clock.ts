import type { Clock } from '@latchkey/authority'
import type { EpochSeconds } from '@latchkey/core'

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  /** @param seconds negative ones go back */
  advance(seconds: number): void
  set(now: EpochSeconds): void
}

/** @param start 2023-11-14T22:13:20Z unless told */
export function testClock(start: EpochSeconds = 1_700_000_000): TestClock {
  let now = start
  return Object.assign(() => now, {
    advance(seconds: number) {
      now += seconds
    },
    set(to: EpochSeconds) {
      now = to
    },
  })
}
