import type { ApiError } from '../errors.ts'

/** Only these need a second look; most answers have none of them. */
const TO_ESCAPE = /[/\u007f-\uffff]/
const ESCAPED = /[/\u007f-\uffff]/g

/** JSON in ASCII with escaped slashes; null properties are left out, `objectType` comes last. */
export function writeJson(value: unknown): string {
  return inAscii(JSON.stringify(shaped(value)) ?? 'null')
}

/**
 * The error as JSON. `args` is an empty list where there are none; `diagnosis` comes after them, so that what stands
 * before it is the original's to the letter.
 */
export function writeJsonError(error: ApiError, diagnosis: object | undefined): string {
  const { code, message, objectType, args } = errorFields(error)
  const told = diagnosis === undefined ? undefined : shaped(diagnosis)
  return inAscii(JSON.stringify({ code, message, objectType, args, diagnosis: told }))
}

export function errorFields({ code, message, args }: ApiError) {
  return { code, message, objectType: 'KalturaAPIException', args: Object.keys(args).length > 0 ? args : [] } as const
}

function inAscii(text: string): string {
  return TO_ESCAPE.test(text) ? text.replace(ESCAPED, escaped) : text
}

function escaped(character: string): string {
  return character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Copies rather than replaces while writing, which takes twice as long. */
function shaped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(shaped)
  const kept: Record<string, unknown> = {}
  let objectType: unknown
  for (const [name, property] of Object.entries(value)) {
    if (property === null || property === undefined || name === '__proto__') continue
    if (name === 'objectType') objectType = property
    else kept[name] = typeof property === 'object' ? shaped(property) : property
  }
  if (objectType !== undefined) kept.objectType = objectType
  return kept
}
