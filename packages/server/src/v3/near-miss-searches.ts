import type { HashSearch, NearMiss } from '@latchkey/core'
import { NearMissBudget } from './near-miss-budget.ts'

/** So long the event loop is held at a time, all searches together; one step more may begin just before. */
const SLICE_MS = 2
/** Beyond this, whoever asks is told that the server is busy. */
const MOST_WAITING = 32
/** Sessions for a login have some 200 characters; white space in one counts for nothing, so that anybody can make it long. */
const LONGEST_SESSION = 2_048

export type NearMissSearch = Generator<number, NearMiss, void>

interface Job {
  readonly search: NearMissSearch
  readonly resolve: (found: NearMiss) => void
  readonly reject: (error: unknown) => void
}

/**
 * Looks for the mistakes behind wrong hashes without holding the event loop: one slice a turn of it, and all searches take
 * turns in that, so that a likely mistake is named at once however many garbage hashes wait.
 */
export class NearMissSearches {
  readonly #budget: NearMissBudget
  readonly #waiting: Job[] = []

  constructor(budget: NearMissBudget = new NearMissBudget()) {
    this.#budget = budget
  }

  /**
   * @param search is begun only if address and length allow it
   * @returns what was found, or why it was not looked for
   */
  find(address: string, sessionText: string, search: () => NearMissSearch): Promise<HashSearch> {
    if (sessionText.length > LONGEST_SESSION) return notSearched('length')
    if (this.#waiting.length >= MOST_WAITING) return notSearched('busy')
    if (!this.#budget.take(address)) return notSearched('rate')
    return new Promise((resolve, reject) => {
      this.#waiting.push({ search: search(), resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => this.#turn())
    })
  }

  #turn(): void {
    const until = performance.now() + SLICE_MS
    do {
      const job = this.#waiting[0]
      if (job === undefined) return
      if (isOver(job, until)) this.#waiting.shift()
    } while (performance.now() < until)
    const [first, ...others] = this.#waiting
    if (first === undefined) return
    this.#waiting.splice(0, this.#waiting.length, ...others, first)
    setImmediate(() => this.#turn())
  }
}

/** Goes on with a search until it is over, or time is up. */
function isOver({ search, resolve, reject }: Job, until: number): boolean {
  try {
    do {
      const step = search.next()
      if (step.done !== true) continue
      resolve(step.value)
      return true
    } while (performance.now() < until)
    return false
  } catch (error) {
    reject(error)
    return true
  }
}

function notSearched(why: 'rate' | 'busy' | 'length'): Promise<HashSearch> {
  return Promise.resolve({ kind: 'not-searched', why })
}
