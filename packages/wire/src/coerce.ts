import type { ParamValue } from './params.ts'

/** Up to here a count of seconds is relative to now: ten years. */
const LONGEST_RELATIVE = 315_360_000
/** What XML 1.0 cannot carry. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
const LEADING_INTEGER = /^\s*([+-]?\d+)/
const LEADING_NUMBER = /^\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)/i
/** All of a text that looks like a number; unlike `Number`, not the blank one, hexadecimal ones or infinity. */
const WHOLE_NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i

/** A plain value, as every type but objects and lists takes it. */
export type Scalar = Exclude<ParamValue, object>

/** The integer at the start of a text, else 0; within what a double holds exactly. */
export function toInt(value: Scalar): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number') return bounded(Math.trunc(value))
  const digits = value === null ? undefined : LEADING_INTEGER.exec(value)?.[1]
  return digits === undefined ? 0 : bounded(Number(digits))
}

/** The number at the start of a text, else 0. */
export function toFloat(value: Scalar): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  const number =
    typeof value === 'number' ? value : Number((value === null ? undefined : LEADING_NUMBER.exec(value)?.[1]) ?? 0)
  return Number.isFinite(number) ? number + 0 : 0
}

/** `undefined` for a text with characters that XML cannot carry. Half a surrogate pair makes the whole text empty. */
export function toText(value: Scalar): string | undefined {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? '1' : ''
  const text = String(value)
  if (!text.isWellFormed()) return ''
  return NOT_IN_XML.test(text) ? undefined : text
}

export function toBool(value: Scalar): boolean {
  if (typeof value !== 'string') return value !== null && value !== 0 && value !== false
  return value !== '' && value !== '0' && value.toLowerCase() !== 'false'
}

/** Small numbers are relative to now; -1 stays; empty and null are 0, which is long past. */
export function toTime(value: Scalar, now: number): number {
  if (value === null || value === '') return 0
  const number = toInt(value)
  return number === -1 || Math.abs(number) > LONGEST_RELATIVE ? number : now + number
}

/** Compared loosely: `"2"`, `2.0` and true are what they look like. `undefined` for what is none of the values. */
export function toNumericEnum(value: Scalar, values: readonly number[]): number | undefined {
  const number = looseNumber(value)
  return number !== undefined && values.includes(number) ? number : undefined
}

function looseNumber(value: Scalar): number | undefined {
  if (value === null) return 0
  if (typeof value === 'number') return value + 0
  if (typeof value === 'boolean') return value ? 1 : 0
  const word = value.toLowerCase()
  if (word === 'true') return 1
  if (word === 'false') return 0
  return WHOLE_NUMBER.test(value) ? Number(value) + 0 : undefined
}

function bounded(value: number): number {
  if (Number.isNaN(value)) return 0
  // Adding 0 turns -0 into 0.
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value)) + 0
}
