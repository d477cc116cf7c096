/** What one round of a contender gave. */
export interface Sample {
  readonly perSecond: number
  /** By the processor time of the server that answered; `undefined` where the system does not tell it. */
  readonly perCpuSecond?: number | undefined
}

/** Samples of several contenders, taken in turns so that a drift of the machine's speed touches all of them alike. */
export interface Samples {
  /** One a round. */
  readonly [name: string]: readonly Sample[]
}

export type Contender = (round: { readonly durationMs: number }) => Promise<Sample> | Sample

export async function inTurns(
  contenders: Readonly<Record<string, Contender>>,
  rounds: number,
  durationMs: number,
): Promise<Samples> {
  const samples: Record<string, Sample[]> = {}
  // One round that does not count, for whatever compiles or fills itself at first use.
  for (const run of Object.values(contenders)) await run({ durationMs: durationMs / 2 })
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) {
      const list = samples[name] ?? []
      list.push(await run({ durationMs }))
      samples[name] = list
    }
  }
  return samples
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
    return { perSecond: (calls * 1_000) / (now - startedAt) }
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
    return { perSecond: (calls * 1_000) / (now - startedAt) }
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Median of the rates of all rounds. */
export function rate(samples: Samples, name: string): number {
  return median((samples[name] ?? []).map(({ perSecond }) => perSecond))
}

/** Median of the ratios round by round; `undefined` where it was not measured. */
export function ratio(samples: Samples, ours: string, theirs: string, of: keyof Sample): number | undefined {
  const below = samples[theirs] ?? []
  const ratios = (samples[ours] ?? []).map(
    (sample, round) => (sample[of] ?? Number.NaN) / (below[round]?.[of] ?? Number.NaN),
  )
  const middle = median(ratios)
  return Number.isFinite(middle) ? middle : undefined
}
