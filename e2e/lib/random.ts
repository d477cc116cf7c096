/** Repeatable choices: the same seed gives the same ones. */
export interface Random {
  /** From 0 up to, but not, 1. */
  next(): number
  /** A whole number from 0 up to, but not, a limit. */
  below(limit: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** Text of any kind: from a list of known troublemakers, a number, or any characters at all. */
  text(): string
}

export function randomOf(seed: number): Random {
  const next = mulberry32(seed)
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[below(from.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
  return {
    next,
    below,
    pick,
    chance: (share) => next() < share,
    text() {
      const kind = next()
      if (kind < 0.4) return pick(TEXTS)
      if (kind < 0.6) return String(Math.floor((next() - 0.5) * 10 ** (next() * 20)))
      return Array.from({ length: below(40) }, () => String.fromCharCode(Math.floor(next() ** 3 * 0x10000))).join('')
    },
  }
}

const TEXTS = [
  '',
  '0',
  '-1',
  '1',
  '2',
  'null',
  'undefined',
  'NaN',
  'true',
  '{1:result}',
  '{1:result:ks}',
  '{2:result:objects:0:id}',
  '{1:result:_all:id}',
  '%',
  '%zz',
  '%00',
  "' or 1=1 --",
  '<script>',
  '../../etc/passwd',
  '_4242',
  '4242',
  '0_abcdefgh',
  '*',
  'edit:*',
  'setrole:1',
  'setrole:-1',
  'actionslimit:x',
  '_e:9999999999',
  'KalturaAppToken',
  'KalturaFilter',
  '\u0000',
  '\ud800',
  '\ufeff',
  '💥',
  'a'.repeat(300),
]

function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
