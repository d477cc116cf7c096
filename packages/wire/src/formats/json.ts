import type { ApiError } from '../errors.ts'

/** Only these need a second look; most answers have none of them. */
const TO_ESCAPE = /[/\u007f-\uffff]/
const ESCAPED = /[/\u007f-\uffff]/g

/** JSON in ASCII with escaped slashes; null properties are left out, `objectType` comes last. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, replace) ?? 'null'
  return TO_ESCAPE.test(text) ? text.replace(ESCAPED, escaped) : text
}

function escaped(character: string): string {
  return character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function replace(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const kept: Record<string, unknown> = {}
  let objectType: unknown
  for (const [name, property] of Object.entries(value)) {
    if (property === null || property === undefined) continue
    if (name === 'objectType') objectType = property
    else kept[name] = property
  }
  if (objectType !== undefined) kept.objectType = objectType
  return kept
}

/** The error as an object of the format: `args` is an empty list where there are none. `diagnosis` comes beside `code`. */
export function errorObject(error: ApiError, diagnosis: object | undefined): object {
  const args = Object.keys(error.args).length > 0 ? error.args : []
  return { code: error.code, message: error.message, args, diagnosis, objectType: 'KalturaAPIException' }
}
