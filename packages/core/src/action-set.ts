import { ACTION_COUNT, ACTIONS, type CatalogueAction } from './catalogue/actions.ts'

const WORDS = Math.ceil(ACTION_COUNT / 32)
/** Sets whose bits lie side by side: thousands of them then fit into the processor's caches, each an array of its own would not. */
const SETS_A_BLOCK = 256
let block = new Uint32Array(WORDS * SETS_A_BLOCK)
let taken = 0

/** A set of the catalogue's actions, a bit each. */
export class ActionSet {
  readonly #words: Uint32Array
  readonly #start: number

  /** @param isLasting it is kept with many like it, so that its bits are to lie with theirs */
  constructor(isLasting = false) {
    if (!isLasting) {
      this.#words = new Uint32Array(WORDS)
      this.#start = 0
      return
    }
    if (taken === SETS_A_BLOCK) {
      block = new Uint32Array(WORDS * SETS_A_BLOCK)
      taken = 0
    }
    this.#words = block
    this.#start = taken * WORDS
    taken += 1
  }

  /** The actions among those that are in the catalogue by a place of their own. */
  static of(actions: Iterable<CatalogueAction>): ActionSet {
    const set = new ActionSet()
    for (const { index } of actions) if (index >= 0) set.add(index)
    return set
  }

  /** @param place `CatalogueAction.index` */
  has(place: number): boolean {
    return ((this.#words[this.#start + (place >>> 5)] ?? 0) & (1 << (place & 31))) !== 0
  }

  add(place: number): void {
    this.#words[this.#start + (place >>> 5)] = (this.#words[this.#start + (place >>> 5)] ?? 0) | (1 << (place & 31))
  }

  addAll(other: ActionSet): void {
    for (let at = 0; at < WORDS; at += 1) this.#set(at, this.#at(at) | other.#at(at))
  }

  union(other: ActionSet): ActionSet {
    return this.#with(other, (a, b) => a | b)
  }

  minus(other: ActionSet): ActionSet {
    return this.#with(other, (a, b) => a & ~b)
  }

  intersection(other: ActionSet): ActionSet {
    return this.#with(other, (a, b) => a & b)
  }

  get size(): number {
    let size = 0
    for (let at = 0; at < WORDS; at += 1) size += bitsIn(this.#at(at))
    return size
  }

  /** In the catalogue's order. */
  actions(): readonly CatalogueAction[] {
    return ACTIONS.filter(({ index }) => this.has(index))
  }

  #with(other: ActionSet, combine: (a: number, b: number) => number): ActionSet {
    const result = new ActionSet()
    for (let at = 0; at < WORDS; at += 1) result.#set(at, combine(this.#at(at), other.#at(at)))
    return result
  }

  #at(word: number): number {
    return this.#words[this.#start + word] ?? 0
  }

  #set(word: number, bits: number): void {
    this.#words[this.#start + word] = bits
  }
}

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
