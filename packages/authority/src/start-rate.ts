import type { EpochSeconds } from '@latchkey/core'

const MINUTE = 60
const MOST_TOKENS = 50_000

interface Window {
  /** The minute that is counted. */
  minute: number
  count: number
  /** Of the minute before. */
  before: number
}

/**
 * How many sessions each token has started in the last minute, in this process. Weighs the minute before by how much of it
 * is still within sixty seconds, so that a token keeps two numbers and not a list of times.
 */
export class StartRate {
  readonly #windows = new Map<string, Window>()

  /** Counts a start, unless there were as many already. */
  take(tokenId: string, perMinute: number, now: EpochSeconds): boolean {
    const window = this.#windowOf(tokenId, Math.floor(now / MINUTE))
    const share = 1 - (now % MINUTE) / MINUTE
    if (window.count + window.before * share >= perMinute) return false
    window.count += 1
    return true
  }

  #windowOf(tokenId: string, minute: number): Window {
    const known = this.#windows.get(tokenId)
    if (known === undefined) {
      if (this.#windows.size >= MOST_TOKENS) this.#windows.clear()
      const made = { minute, count: 0, before: 0 }
      this.#windows.set(tokenId, made)
      return made
    }
    if (known.minute !== minute) {
      known.before = known.minute === minute - 1 ? known.count : 0
      known.count = 0
      known.minute = minute
    }
    return known
  }
}
