import { nearMiss, Secret, searchNearMiss, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { NearMissSearches } from '../packages/server/src/v3/near-miss-searches.ts'
import { inTurns, loop, median, type Samples } from './lib/measure.ts'

const SESSION = `djJ8${'Q4_D'.repeat(60)}=`
const VALUE = '00112233445566778899aabbccddeeff'
/** What one address may ask for at once. */
const AT_ONCE = 30

export interface NearMissBench {
  readonly samples: Samples
  /** Digests until a hash of the right form is given up. */
  readonly digests: number
  /** Medians over the rounds, in milliseconds, of thirty searches at once that find nothing. */
  readonly longestTurn: number
  readonly longestTurnCpu: number
  readonly perSearch: number
}

/** Naming a common mistake beside the digest that is made in any case, and how long a search holds the event loop. */
export async function benchNearMiss(rounds: number, durationMs: number): Promise<NearMissBench> {
  const value = new Secret(VALUE)
  const question = { sessionString: SESSION, tokenValue: VALUE, tokenId: '0_k3v9qz1m', hashType: 'SHA256' } as const
  const lineFeed = nodePrimitives.digestHex('sha256', `${SESSION}${VALUE}\n`)
  const samples = await inTurns(
    {
      'line feed named': loop(() => nearMiss(nodePrimitives, { ...question, received: lineFeed })),
      'the digest alone': loop(() => tokenHash(nodePrimitives, 'SHA256', SESSION, value)),
    },
    rounds,
    durationMs,
  )
  const garbage = nodePrimitives.digestHex('sha256', 'garbage')
  const search = () => searchNearMiss(nodePrimitives, { ...question, received: garbage })
  const turns: { readonly wall: number; readonly cpu: number }[] = []
  const times: number[] = []
  // One that does not count, for whatever compiles itself at first use.
  for (let round = 0; round <= Math.max(rounds, 3); round += 1) {
    const startedAt = performance.now()
    const longest = await longestTurnWhile(() => {
      const searches = new NearMissSearches()
      return Promise.all(Array.from({ length: AT_ONCE }, () => searches.find('192.0.2.7', SESSION, search)))
    })
    if (round === 0) continue
    turns.push(longest)
    times.push((performance.now() - startedAt) / AT_ONCE)
  }
  return {
    samples,
    digests: nearMiss(nodePrimitives, { ...question, received: garbage }).tried,
    longestTurn: median(turns.map(({ wall }) => wall)),
    longestTurnCpu: median(turns.map(({ cpu }) => cpu)),
    perSearch: median(times),
  }
}

/** Of the event loop, by the clock and by this thread's processor time, which other programs do not lengthen. */
async function longestTurnWhile(run: () => Promise<unknown>): Promise<{ readonly wall: number; readonly cpu: number }> {
  let [wall, cpu] = [0, 0]
  let [at, cpuAt] = [performance.now(), cpuMs()]
  let isOver = false
  const turn = () => {
    const [now, cpuNow] = [performance.now(), cpuMs()]
    wall = Math.max(wall, now - at)
    cpu = Math.max(cpu, cpuNow - cpuAt)
    at = now
    cpuAt = cpuNow
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await run()
  isOver = true
  turn()
  return { wall, cpu }
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}
