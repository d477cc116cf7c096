/** Numbers that look random and are the same for the same seed (the generator known as mulberry32). */
export class SeededRandom {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to 1, without it. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** From 0 up to `below`, without it. */
  whole(below: number): number {
    return Math.floor(this.next() * below)
  }

  /** True so many times in a hundred. */
  percent(chance: number): boolean {
    return this.next() * 100 < chance
  }

  one<T>(items: readonly T[]): T {
    const item = items[this.whole(items.length)]
    if (item === undefined) throw new RangeError('nothing to choose from')
    return item
  }

  /** So many, some of them possibly the same. */
  some<T>(items: readonly T[], count: number): T[] {
    return Array.from({ length: count }, () => this.one(items))
  }
}
