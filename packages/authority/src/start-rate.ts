import type { EpochSeconds } from '@latchkey/core'

const MINUTE = 60
const MOST_TOKENS = 50_000

/** Starts of one second. */
interface Second {
  readonly at: EpochSeconds
  count: number
}

/** How many sessions each token has started within the last sixty seconds, in this process. */
export class StartRate {
  readonly #seconds = new Map<string, Second[]>()

  /** Counts a start, unless there were as many already. */
  take(tokenId: string, perMinute: number, now: EpochSeconds): boolean {
    const seconds = this.#of(tokenId).filter(({ at }) => at > now - MINUTE && at <= now)
    const last = seconds.at(-1)
    const isFull = seconds.reduce((sum, { count }) => sum + count, 0) >= perMinute
    if (!isFull) {
      if (last?.at === now) last.count += 1
      else seconds.push({ at: now, count: 1 })
    }
    this.#seconds.set(tokenId, seconds)
    return !isFull
  }

  #of(tokenId: string): readonly Second[] {
    const known = this.#seconds.get(tokenId)
    if (known !== undefined) return known
    if (this.#seconds.size >= MOST_TOKENS) this.#seconds.clear()
    return []
  }
}
