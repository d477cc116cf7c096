import { computed, signal } from '@preact/signals'

/** How far the server's clock is ahead of this machine's, in seconds; unknown until it has answered. */
export const clockSkew = signal<number | undefined>(undefined)

/** Learns from an answer's `Date`, which has whole seconds, and the time the call took. */
export function learnClock(date: string | null, sentAtMs: number, receivedAtMs: number): void {
  const server = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(server)) return
  // A header's second has on the average half of it behind it.
  const skew = (server + 500 - (sentAtMs + receivedAtMs) / 2) / 1_000
  const known = clockSkew.value
  clockSkew.value = known === undefined || Math.abs(known - skew) > 2 ? skew : known * 0.8 + skew * 0.2
}

/** Ticks once a second while somebody looks. Milliseconds of this machine's clock. */
export const localNow = signal(Date.now())

/** The server's time, in epoch seconds, as far as known. */
export const serverNow = computed(() => Math.floor(localNow.value / 1_000 + (clockSkew.value ?? 0)))

/** Until the page is closed. */
export function startTicking(): void {
  setInterval(() => {
    localNow.value = Date.now()
  }, 1_000)
}

/** `4 min 51 s`, `23 h 58 min`, `3 d 2 h`. Never negative. */
export function formatDuration(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const
  const first = units.findIndex(([, size]) => left >= size)
  if (first === -1) return '0 s'
  return units
    .slice(first, first + 2)
    .map(([unit, size], at) => [Math.floor((at === 0 ? left : left % (units[first]?.[1] ?? 1)) / size), unit] as const)
    .filter(([count], at) => at === 0 || count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

/** In words for a point in time: `in 3 h 4 min`, `2 d ago`, `just now`. */
export function formatWhen(atSeconds: number, nowSeconds: number): string {
  const ahead = atSeconds - nowSeconds
  if (Math.abs(ahead) < 2) return 'just now'
  return ahead > 0 ? `in ${formatDuration(ahead)}` : `${formatDuration(-ahead)} ago`
}

/** Date and time of this machine's zone, to the minute. */
export function formatTime(atSeconds: number): string {
  return new Date(atSeconds * 1_000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** For machines; undefined for what no calendar holds, as a foreign server may send. */
export function formatIso(atSeconds: number): string | undefined {
  const date = new Date(atSeconds * 1_000)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
