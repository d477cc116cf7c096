import { type Check, found } from '../check.ts'
import { clockSkew } from '../view.ts'

/** A session is renewed too late by a clock that is slow by more than that. */
const MOST = 60

/** The clock here beside the server's. */
export const clock: Check = (facts) => {
  const skew = clockSkew(facts)
  if (skew === undefined || Math.abs(skew.seconds) <= MOST) return []
  const direction = skew.seconds > 0 ? 'behind' : 'ahead of'
  const saw = `the clock here is ${Math.abs(skew.seconds)} seconds ${direction} the server's`
  return [found('clock-skew', 'warning', saw, `the header ${skew.from} of the fastest answer`)]
}
