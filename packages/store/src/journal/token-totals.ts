import type { JournalLine, PreviousValueUse } from '@latchkey/authority'
import type { EpochSeconds } from '@latchkey/core'
import { causeOf } from './line.ts'

/** Groups of client and address that are told of a token. */
export const MAX_PREVIOUS = 100

/** What the lines of one token add up to. */
export class TokenTotals {
  issued = 0
  lastIssuedAt: EpochSeconds | undefined
  lastRefusedAt: EpochSeconds | undefined
  readonly #refused = new Map<string, number>()
  /** By client and address, the latest last. */
  readonly #previous = new Map<string, Required<PreviousValueUse>>()

  add(line: JournalLine): void {
    if (line.outcome === 'issued') {
      this.issued += 1
      this.lastIssuedAt = later(this.lastIssuedAt, line.at)
    } else if (line.outcome === 'refused') {
      const cause = causeOf(line)
      this.#refused.set(cause, (this.#refused.get(cause) ?? 0) + 1)
      this.lastRefusedAt = later(this.lastRefusedAt, line.at)
    }
    if (line.value === 'previous') this.#addPrevious(line)
  }

  get refusedByCause(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#refused)
  }

  get previousValue(): readonly PreviousValueUse[] {
    return [...this.#previous.values()].sort(latestFirst)
  }

  /** How much it holds, counted in records. */
  get size(): number {
    return 1 + this.#refused.size + this.#previous.size
  }

  #addPrevious({ at, client, address }: JournalLine): void {
    const key = JSON.stringify([client, address])
    const known = this.#previous.get(key)
    this.#previous.delete(key)
    this.#previous.set(key, { client, address, lastAt: later(known?.lastAt, at), count: (known?.count ?? 0) + 1 })
    if (this.#previous.size > MAX_PREVIOUS) dropOldest(this.#previous)
  }
}

/**
 * Totals of as many tokens as there is room for, those that came up last. Tokens that were only ever refused have a room of
 * their own: anyone may send any id, and must not push out those that exist.
 */
export class TotalsCache {
  readonly #proven: Room
  readonly #refused: Room

  /** @param max records in either room */
  constructor(max: number) {
    this.#proven = new Room(max)
    this.#refused = new Room(max)
  }

  /** Whether any were dropped, so that one that isn't here need not be all zero. */
  get isPartial(): boolean {
    return this.#proven.isPartial || this.#refused.isPartial
  }

  find(key: string): TokenTotals | undefined {
    return this.#proven.find(key) ?? this.#refused.find(key)
  }

  add(key: string, line: JournalLine): void {
    const proven = this.#proven.take(key)
    const totals = proven ?? this.#refused.take(key) ?? new TokenTotals()
    totals.add(line)
    const room = proven !== undefined || line.outcome !== 'refused' ? this.#proven : this.#refused
    room.put(key, totals)
  }

  /** Totals that were added up elsewhere take the place of what is here. */
  put(key: string, totals: TokenTotals): void {
    this.#proven.take(key)
    this.#refused.take(key)
    const room = totals.issued > 0 ? this.#proven : this.#refused
    room.put(key, totals)
  }

  clear(): void {
    this.#proven.clear()
    this.#refused.clear()
  }
}

class Room {
  readonly #max: number
  readonly #kept = new Map<string, { readonly totals: TokenTotals; readonly size: number }>()
  #size = 0
  isPartial = false

  constructor(max: number) {
    this.#max = max
  }

  find(key: string): TokenTotals | undefined {
    return this.#kept.get(key)?.totals
  }

  take(key: string): TokenTotals | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    this.#kept.delete(key)
    this.#size -= kept.size
    return kept.totals
  }

  put(key: string, totals: TokenTotals): void {
    const { size } = totals
    this.#kept.set(key, { totals, size })
    this.#size += size
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#max) return
      this.take(oldest)
      this.isPartial = true
    }
  }

  clear(): void {
    this.#kept.clear()
    this.#size = 0
    this.isPartial = false
  }
}

function later(known: EpochSeconds | undefined, at: EpochSeconds): EpochSeconds {
  return known === undefined ? at : Math.max(known, at)
}

function dropOldest(map: Map<string, unknown>): void {
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}

function latestFirst(a: PreviousValueUse, b: PreviousValueUse): number {
  return b.lastAt - a.lastAt || compare(a.client ?? '', b.client ?? '') || compare(a.address ?? '', b.address ?? '')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
