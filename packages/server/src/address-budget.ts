const MINUTE_MS = 60_000
/** Of addresses that are remembered; who was quiet longest is forgotten, and starts anew. */
const MOST_ADDRESSES = 10_000

interface Bucket {
  left: number
  filledAt: number
}

export interface BudgetSize {
  readonly atOnce: number
  /** So many more after that. */
  readonly perMinute: number
}

/** How many of something an address may still ask for, in this process: a bucket for each network that asks. */
export class AddressBudget {
  readonly #buckets = new Map<string, Bucket>()
  readonly #size: BudgetSize
  readonly #now: () => number

  /** @param now in milliseconds, never going back */
  constructor(size: BudgetSize, now: () => number = () => performance.now()) {
    this.#size = size
    this.#now = now
  }

  /** Counts one, unless there were as many already. @param about what is counted apart, where that is more than one thing */
  take(address: string, about = ''): boolean {
    const key = `${networkOf(address)} ${about}`
    const now = this.#now()
    const known = this.#buckets.get(key)
    const left = known === undefined ? this.#size.atOnce : this.#filled(known, now)
    if (known === undefined && this.#buckets.size >= MOST_ADDRESSES) this.#forgetOldest()
    // Put in again, so that the map stays in the order of use.
    this.#buckets.delete(key)
    this.#buckets.set(key, { left: left < 1 ? left : left - 1, filledAt: now })
    return left >= 1
  }

  /** Of addresses that are remembered. */
  get size(): number {
    return this.#buckets.size
  }

  /** Until there is one again. */
  get secondsForOne(): number {
    return Math.ceil(MINUTE_MS / this.#size.perMinute / 1_000)
  }

  #filled({ left, filledAt }: Bucket, now: number): number {
    const { atOnce, perMinute } = this.#size
    return Math.min(atOnce, left + ((now - filledAt) * perMinute) / MINUTE_MS)
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}

/** Whoever has one IPv6 address has the other 2^64 of its network as well. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%', 1).join('').split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const behind = tail === '' ? 0 : tail.split(':').length
    while (groups.length + behind < 8) groups.push('0')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`
}
