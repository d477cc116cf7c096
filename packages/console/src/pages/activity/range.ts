/** A span of time as the address has it: `from=24h`, or `from=` and `to=` as epoch seconds. */
export interface Span {
  readonly id: SpanId
  /** Epoch seconds of the server. */
  readonly from: number
  /** The first second that is no longer in it. */
  readonly to: number
  /** Seconds; the last bucket of a span up to now is not over yet. */
  readonly bucket: number
}

export type SpanId = '1h' | '24h' | '7d' | '30d' | '90d' | 'own'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

interface Preset {
  readonly length: number
  readonly bucket: number
}

const PRESETS: Readonly<Record<Exclude<SpanId, 'own'>, Preset>> = {
  '1h': { length: HOUR, bucket: 5 * MINUTE },
  '24h': { length: DAY, bucket: HOUR },
  '7d': { length: 7 * DAY, bucket: 6 * HOUR },
  '30d': { length: 30 * DAY, bucket: DAY },
  '90d': { length: 91 * DAY, bucket: 7 * DAY },
}

export const SPANS = [
  { id: '1h', title: 'Last hour' },
  { id: '24h', title: '24 hours' },
  { id: '7d', title: '7 days' },
  { id: '30d', title: '30 days' },
  { id: '90d', title: '90 days' },
  { id: 'own', title: 'From … to …' },
] as const satisfies readonly { readonly id: SpanId; readonly title: string }[]

const SIZES = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
  91 * DAY,
  364 * DAY,
]
const MOST_BUCKETS = 32

/**
 * @param now epoch seconds of the server
 * @param offset seconds that local time is ahead of UTC, so that days begin at midnight here
 */
export function parseSpan(query: Readonly<Record<string, string>>, now: number, offset: number): Span {
  const { from = '', to = '' } = query
  if (/^\d{1,11}$/.test(from)) {
    const start = Number(from)
    const end = Math.max(start + 1, /^\d{1,11}$/.test(to) ? Number(to) : now + 1)
    return { id: 'own', from: start, to: end, bucket: bucketFor(end - start) }
  }
  const id = isPreset(from) ? from : '24h'
  const { length, bucket } = PRESETS[id]
  // Whole buckets, so that bars can be compared; the one that runs is the last.
  const end = floorTo(now, bucket, offset) + bucket
  return { id, from: end - length, to: end, bucket }
}

function isPreset(text: string): text is Exclude<SpanId, 'own'> {
  return Object.hasOwn(PRESETS, text)
}

function bucketFor(length: number): number {
  return SIZES.find((size) => length / size <= MOST_BUCKETS - 1) ?? Math.ceil(length / MOST_BUCKETS)
}

function floorTo(at: number, size: number, offset: number): number {
  return Math.floor((at + offset) / size) * size - offset
}

export interface Bucket {
  readonly from: number
  /** The first second that is no longer in it. */
  readonly to: number
}

/** The parts that are counted; the first and the last are shorter where the span does not begin and end with one. */
export function bucketsOf({ from, to, bucket }: Span, offset: number): readonly Bucket[] {
  const buckets: Bucket[] = []
  for (let at = floorTo(from, bucket, offset); at < to; at += bucket) {
    buckets.push({ from: Math.max(at, from), to: Math.min(at + bucket, to) })
  }
  return buckets
}

/** The place of a time among buckets; -1 outside of all. */
export function bucketAt(buckets: readonly Bucket[], at: number): number {
  return buckets.findIndex(({ from, to }) => at >= from && at < to)
}

/** `hour`, `5 minutes`, `day`: what one bar stands for. */
export function bucketInWords(size: number): string {
  for (const [unit, seconds] of [
    ['week', 7 * DAY],
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
  ] as const) {
    if (size % seconds !== 0) continue
    const count = size / seconds
    return count === 1 ? unit : `${count} ${unit}s`
  }
  return `${size} seconds`
}

/** Seconds that local time is ahead of UTC at that time. */
export function offsetAt(at: number): number {
  return -new Date(at * 1_000).getTimezoneOffset() * 60
}

/** When a bucket is, as short as its size allows. */
export function bucketLabel({ from }: Bucket, size: number): string {
  const date = new Date(from * 1_000)
  return size >= DAY
    ? date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
    : date.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })
}

/** The same with its day, for tables and for ears. */
export function bucketTitle({ from }: Bucket, size: number): string {
  const date = new Date(from * 1_000)
  return size >= DAY
    ? date.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
    : date.toLocaleString(undefined, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })
}
