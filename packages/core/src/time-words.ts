import type { EpochSeconds } from './time.ts'

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
const YEAR = 31_536_000
/** As far as the calendar of this language goes. */
const LAST_DAY = 8_640_000_000_000

/** A duration as people say it. @param seconds whole, 0 or more */
export function inWords(seconds: number): string {
  for (const [unit, length] of UNITS) {
    if (seconds >= length && seconds % length === 0) return countOf(seconds / length, unit)
  }
  if (seconds >= 3_600) {
    const [big, small] = seconds >= 86_400 ? [86_400, 3_600] : [3_600, 60]
    const rest = seconds % big
    const less = rest < small ? '' : ` ${inWords(rest - (rest % small))}`
    return `${seconds % small === 0 ? '' : 'about '}${inWords(seconds - rest)}${less}`
  }
  const rest = seconds % 60
  if (seconds > 60) return `${countOf((seconds - rest) / 60, 'minute')} ${countOf(rest, 'second')}`
  return countOf(seconds, 'second')
}

/** In UTC, to the minute; the number itself where the calendar has no such day. */
export function dayInWords(at: EpochSeconds): string {
  if (!(Math.abs(at) <= LAST_DAY)) return String(at)
  return `${new Date(at * 1_000).toISOString().slice(0, 16).replace('T', ', ')} UTC`
}

/** How long ago that was, in the largest unit of which there are two, or in seconds. @param at not after `now` */
export function agoInWords(at: EpochSeconds, now: EpochSeconds): string {
  const passed = now - at
  for (const [unit, length] of [['year', YEAR], ...UNITS] as const) {
    if (passed >= 2 * length) return `${countOf(Math.floor(passed / length), unit)} ago`
  }
  return `${countOf(passed, 'second')} ago`
}

function countOf(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
