/** Where a line is, and what it is sorted by. */
export interface LineKey {
  readonly at: number
  /** The files' order, the oldest first. */
  readonly file: number
  readonly position: number
  readonly length: number
}

/** Keeps the newest so many of any number of lines. Newer is later, then in a later file, then further down in it. */
export class Newest {
  readonly #max: number
  #keys: LineKey[] = []
  /** None older than this one is among them. */
  #oldest: LineKey | undefined

  constructor(max: number) {
    this.#max = max
  }

  add(key: LineKey): void {
    if (this.#max === 0 || (this.#oldest !== undefined && newestFirst(key, this.#oldest) > 0)) return
    this.#keys.push(key)
    // Sorting twice as many now and then costs less than keeping them sorted.
    if (this.#keys.length >= 2 * this.#max + 100) this.#cut()
  }

  /** Whether no line of that time or before would be kept. */
  isAbove(at: number): boolean {
    if (this.#keys.length >= this.#max) this.#cut()
    return this.#max === 0 || (this.#oldest !== undefined && at < this.#oldest.at)
  }

  /** The newest first. */
  sorted(): readonly LineKey[] {
    this.#cut()
    return this.#keys
  }

  #cut(): void {
    this.#keys.sort(newestFirst)
    if (this.#keys.length < this.#max) return
    this.#keys.length = this.#max
    this.#oldest = this.#keys.at(-1)
  }
}

function newestFirst(a: LineKey, b: LineKey): number {
  return b.at - a.at || b.file - a.file || b.position - a.position
}
