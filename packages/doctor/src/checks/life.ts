import { inWords } from '@latchkey/core'
import { type Check, found } from '../check.ts'
import { granted, login, serverTime } from '../view.ts'

const SHORT = 600
/** Ten years: more is a date. */
const LONGEST = 315_360_000
/** What people mean in minutes; as seconds no job would ask for it. */
const MINUTES = new Set([1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440])

/** How long a session lives. */
export const life: Check = (facts) => {
  const made = login(facts)
  const info = granted(facts)
  if (made === undefined || info === undefined) return []
  const now = serverTime(made)?.at ?? made.sentAt
  const left = info.expiry - now
  const lives = left < 0 ? 'a session is over when it is made' : `a session lives ${inWords(left)}`
  const asked = facts.told.expiry
  const evidence = "expiry in startSession's answer, beside the time of the server"
  if (asked !== undefined && asked > LONGEST) {
    const saw = `expiry was given as ${asked}, which is a date; ${lives}`
    return [found('session-expiry-unit', 'warning', saw, evidence)]
  }
  if (asked !== undefined && MINUTES.has(asked) && left <= asked + 1) {
    const saw = `expiry was given as ${asked}, which are seconds, not minutes: a session lives ${left} of them`
    return [found('session-expiry-unit', 'warning', saw, evidence)]
  }
  const isAsked = asked !== undefined && asked > 0 && left >= asked - 2
  if (left >= SHORT || isAsked) return []
  return [found('session-duration-too-short', left <= 0 ? 'error' : 'warning', lives, evidence)]
}
