import type { ApiError } from '../errors.ts'
import { errorFields } from './json.ts'

const MOST_INT = 2 ** 53

const CLASS_NAME = /^[A-Za-z_]\w*$/

/**
 * PHP's `serialize()` of a value. What has an `objectType` is an object of that class, which is what libraries that ask for
 * this format check; its properties without a value are left to the class. Everything else is an array.
 */
export function writePhp(value: unknown): string {
  if (value === null || value === undefined) return 'N;'
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`
  if (typeof value === 'number') return phpNumber(value)
  if (typeof value === 'string') return phpText(value)
  if (Array.isArray(value)) return phpArray(value.map((item, index) => [index, item]))
  const properties = Object.entries(Object(value)).filter(([, child]) => child !== undefined && child !== null)
  const className = properties.find(([name]) => name === 'objectType')?.[1]
  if (typeof className !== 'string' || !CLASS_NAME.test(className)) return phpArray(properties)
  const written = properties
    .filter(([name]) => name !== 'objectType')
    .map(([name, child]) => phpText(name) + writePhp(child))
  return `O:${className.length}:"${className}":${written.length}:{${written.join('')}}`
}

/** An array, not an exception: that is how the original sends errors in this format. */
export function writePhpError(error: ApiError, diagnosis: object | undefined): string {
  return phpArray([
    ...Object.entries(errorFields(error)),
    ...(diagnosis === undefined ? [] : [['diagnosis', diagnosis] as const]),
  ])
}

function phpArray(entries: readonly (readonly [string | number, unknown])[]): string {
  const written = entries.map(([key, value]) => phpKey(key) + writePhp(value))
  return `a:${written.length}:{${written.join('')}}`
}

/** Keys that look like integers are integers in PHP. */
function phpKey(key: string | number): string {
  const isInteger = typeof key === 'number' || /^(?:0|-?[1-9]\d{0,14})$/.test(key)
  return isInteger ? `i:${key};` : phpText(key)
}

function phpText(value: string): string {
  const text = value.toWellFormed()
  return `s:${utf8Length(text)}:"${text}";`
}

function phpNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) <= MOST_INT) return `i:${value};`
  if (Number.isNaN(value)) return 'd:NAN;'
  return `d:${Number.isFinite(value) ? value : value > 0 ? 'INF' : '-INF'};`
}

/** Lengths count bytes. */
function utf8Length(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // Half of a pair makes two of the four bytes, so that each half adds one.
    if (code >= 0x80) length += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  }
  return length
}
