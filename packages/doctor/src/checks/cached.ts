import { type Check, found } from '../check.ts'
import { stoppedAt } from '../rungs.ts'
import { nameOf, probesOf } from '../view.ts'

/** Errors that a cache repeats after their cause is gone. */
export const cached: Check = (facts) => {
  const first = probesOf(facts, 'login').at(-1)
  const again = probesOf(facts, 'login-again').at(-1)
  if (first !== undefined && again !== undefined && stoppedAt(first) !== stoppedAt(again)) {
    const saw =
      stoppedAt(again) === undefined
        ? 'the login failed, and with a fresh widget session past the cache it works'
        : `the login stopped at ${stoppedAt(first)}, and past the cache at ${stoppedAt(again)}`
    return [found('error-cached', 'error', saw, 'the same login twice, the second time with nocache=1')]
  }
  const old = facts.exchanges.find(
    ({ answer }) =>
      answer.kind === 'reply' && answer.error !== undefined && /^cached/.test(answer.headers['x-kaltura'] ?? ''),
  )
  if (old === undefined) return []
  return [found('error-cached', 'error', 'the error came out of a cache', `X-Kaltura of ${nameOf(old)} says so`)]
}
