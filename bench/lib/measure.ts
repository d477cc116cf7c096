/** Rates of several contenders, taken in turns so that a drift of the machine's speed touches all of them alike. */
export interface Rates {
  /** Per second, one a round. */
  readonly [name: string]: readonly number[]
}

export type Contender = (rounds: { readonly durationMs: number }) => Promise<number> | number

export async function inTurns(
  contenders: Readonly<Record<string, Contender>>,
  rounds: number,
  durationMs: number,
): Promise<Rates> {
  const rates: Record<string, number[]> = {}
  // One round that does not count, for whatever compiles or fills itself at first use.
  for (const run of Object.values(contenders)) await run({ durationMs: durationMs / 2 })
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      const list = rates[name] ?? []
      list.push(await run({ durationMs }))
      rates[name] = list
    }
  }
  return rates
}

/** Calls a function until time is up, a thousand times between two looks at the clock. */
export function loop(call: (index: number) => unknown): Contender {
  return ({ durationMs }) => {
    const startedAt = performance.now()
    let calls = 0
    let now = startedAt
    while (now - startedAt < durationMs) {
      for (let index = 0; index < 1_000; index += 1) call(calls + index)
      calls += 1_000
      now = performance.now()
    }
    return (calls * 1_000) / (now - startedAt)
  }
}

/** As {@link loop}, for what has to be waited for. */
export function asyncLoop(call: (index: number) => Promise<unknown>): Contender {
  return async ({ durationMs }) => {
    const startedAt = performance.now()
    let calls = 0
    let now = startedAt
    while (now - startedAt < durationMs) {
      for (let index = 0; index < 1_000; index += 1) await call(calls + index)
      calls += 1_000
      now = performance.now()
      // Lets the event loop turn, as serving requests does.
      await new Promise(setImmediate)
    }
    return (calls * 1_000) / (now - startedAt)
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Median of the ratios round by round. */
export function ratio(rates: Rates, ours: string, theirs: string): number {
  const below = rates[theirs] ?? []
  return median((rates[ours] ?? []).map((rate, round) => rate / (below[round] ?? Number.NaN)))
}
