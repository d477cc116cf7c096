import type { EpochSeconds } from '@latchkey/core'

const MOST_A_MINUTE = 10
const MINUTE = 60

/** How often a wrong code was tried within the last sixty seconds, in this process. */
export class WrongTries {
  #times: readonly EpochSeconds[] = []

  /**
   * Counts one, unless there were as many as are answered already.
   *
   * @returns undefined where it counts, otherwise how many seconds until the next may come
   */
  add(now: EpochSeconds): number | undefined {
    // A clock that was set back must not keep them for ever.
    this.#times = this.#times.filter((at) => at > now - MINUTE && at <= now)
    const [oldest] = this.#times
    if (oldest !== undefined && this.#times.length >= MOST_A_MINUTE) return oldest + MINUTE - now
    this.#times = [...this.#times, now]
    return undefined
  }
}
