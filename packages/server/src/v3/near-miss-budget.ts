/** So many at once from one address, and so many a minute after that. */
const AT_ONCE = 30
const A_MINUTE = 20
const MINUTE_MS = 60_000
/** Of addresses that are remembered; who was quiet longest is forgotten, and starts anew. */
const MOST_ADDRESSES = 10_000

interface Bucket {
  left: number
  filledAt: number
}

/**
 * How many searches an address may still ask for, in this process. A bucket for each that looks into none of its requests:
 * no token is ever locked by failures, since its id is public.
 */
export class NearMissBudget {
  readonly #buckets = new Map<string, Bucket>()
  readonly #now: () => number

  /** @param now in milliseconds, never going back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Counts a search, unless there were as many already. */
  take(address: string): boolean {
    const key = networkOf(address)
    const now = this.#now()
    const known = this.#buckets.get(key)
    const left = known === undefined ? AT_ONCE : filled(known, now)
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

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}

function filled({ left, filledAt }: Bucket, now: number): number {
  return Math.min(AT_ONCE, left + ((now - filledAt) * A_MINUTE) / MINUTE_MS)
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
