import type { EpochSeconds } from '@latchkey/core'
import { sql } from 'kysely'
import { type Engine, run, type Statement } from '../engine.ts'
import { isStorableKey } from '../storable.ts'

/** Calls of one token. */
export interface Calls {
  readonly calls: number
  readonly lastCallAt?: EpochSeconds | undefined
}

interface Pending {
  readonly partnerId: number
  readonly tokenId: string
  calls: number
  lastCallAt: EpochSeconds
}

/** From the first counted call to the write that adds it to the table. */
const WRITE_DELAY_MS = 2000

/** Tokens that are counted between two writes; calls of further ones go uncounted. */
const MAX_PENDING = 50_000

/** Rows of one statement, few enough for the parameters that an engine takes. */
const ROWS = 200

const NONE: Calls = { calls: 0 }

/** Adds up allowed calls in memory and writes the sums now and then, alike on both engines. */
export class CallCounts {
  readonly #engine: Engine
  #pending = new Map<string, Pending>()
  #timer: NodeJS.Timeout | undefined
  /** Never rejects. */
  #writing: Promise<unknown> | undefined
  #writes = 0
  #isClosed = false

  constructor(engine: Engine) {
    this.#engine = engine
  }

  count(partnerId: number, tokenId: string, at: EpochSeconds): void {
    if (this.#isClosed || !Number.isSafeInteger(at)) return
    this.#add({ partnerId, tokenId, calls: 1, lastCallAt: at })
    this.#writeSoon()
  }

  /** With those that aren't written yet. */
  async find(partnerId: number, tokenId: string): Promise<Calls> {
    if (!isStorableKey(partnerId) || !isStorableKey(tokenId)) return NONE
    const query = this.#engine.db
      .selectFrom('token_usage')
      .select(['calls', 'last_call_at'])
      .where('partner_id', '=', partnerId)
      .where('token_id', '=', tokenId)
      .compile()
    for (;;) {
      // What is being written is in neither place for certain.
      await this.#writing
      const writes = this.#writes
      const row = (await this.#engine.read(query))[0]
      if (this.#writes !== writes) continue
      const pending = this.#pending.get(keyOf(partnerId, tokenId))
      if (row === undefined) return pending ?? NONE
      return {
        calls: row.calls + (pending?.calls ?? 0),
        lastCallAt: Math.max(row.last_call_at, pending?.lastCallAt ?? row.last_call_at),
      }
    }
  }

  /** @throws {LatchkeyError} `STORE_UNAVAILABLE`; what wasn't written is kept for the next time */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#writing
    if (this.#pending.size === 0) return
    const taken = this.#pending
    this.#pending = new Map()
    this.#writes += 1
    const written = this.#engine.write(this.#statements([...taken.values()]))
    this.#writing = written
      .catch(() => {
        for (const pending of taken.values()) this.#add(pending)
        this.#writeSoon()
      })
      .then(() => {
        this.#writing = undefined
      })
    await this.#writing
    await written
  }

  /** As {@link CallCounts.flush}; nothing is counted any more. */
  close(): Promise<void> {
    this.#isClosed = true
    return this.flush()
  }

  #add({ partnerId, tokenId, calls, lastCallAt }: Pending): void {
    const key = keyOf(partnerId, tokenId)
    const known = this.#pending.get(key)
    if (known !== undefined) {
      known.calls += calls
      known.lastCallAt = Math.max(known.lastCallAt, lastCallAt)
    } else if (this.#pending.size < MAX_PENDING && isStorableKey(partnerId) && isStorableKey(tokenId)) {
      this.#pending.set(key, { partnerId, tokenId, calls, lastCallAt })
    }
  }

  #writeSoon(): void {
    if (this.#timer !== undefined || this.#isClosed) return
    // A failure shows where it matters, and the next time it may work.
    this.#timer = setTimeout(() => this.flush().catch(() => {}), WRITE_DELAY_MS)
    // Counts are worth no delay of an exit; closing writes them.
    this.#timer.unref()
  }

  #statements(all: readonly Pending[]): readonly Statement[] {
    const statements: Statement[] = []
    // In one order, so that two processes that write the same rows don't wait for each other.
    const sorted = all.toSorted((a, b) => a.partnerId - b.partnerId || (a.tokenId < b.tokenId ? -1 : 1))
    for (let from = 0; from < sorted.length; from += ROWS)
      statements.push(this.#upsert(sorted.slice(from, from + ROWS)))
    return statements
  }

  #upsert(rows: readonly Pending[]): Statement {
    return run(
      this.#engine.db
        .insertInto('token_usage')
        .values(
          rows.map(({ partnerId, tokenId, calls, lastCallAt }) => ({
            partner_id: partnerId,
            token_id: tokenId,
            calls,
            last_call_at: lastCallAt,
          })),
        )
        .onConflict((on) =>
          on.columns(['partner_id', 'token_id']).doUpdateSet({
            calls: sql<number>`token_usage.calls + excluded.calls`,
            last_call_at: sql<number>`case
              when token_usage.last_call_at > excluded.last_call_at then token_usage.last_call_at
              else excluded.last_call_at end`,
          }),
        ),
    )
  }
}

function keyOf(partnerId: number, tokenId: string): string {
  return `${partnerId}/${tokenId}`
}
