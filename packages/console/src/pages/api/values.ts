import { isObject, type Json, type JsonObject } from '../../connection/json.ts'
import type { FormField } from './fields.ts'

export interface Built {
  readonly params: JsonObject
  /** By the path of the field; `raw` is the JSON beside the fields. */
  readonly problems: ReadonlyMap<string, string>
}

/** Where the text of a field is kept; empty is left out. */
export type TextAt = (path: string) => string

const LARGEST_EXACT = 9_007_199_254_740_991

/**
 * Makes parameters of what was typed. Fields that were left empty are left out, so that the server's defaults count.
 *
 * @param raw a JSON object, or nothing; what it says goes before the fields
 */
export function buildParams(fields: readonly FormField[], textAt: TextAt, raw: string): Built {
  const problems = new Map<string, string>()
  const typed = objectFrom(fields, textAt, problems)
  const extra = readRaw(raw)
  if (typeof extra === 'string') problems.set('raw', extra)
  const extraParams = typeof extra === 'string' ? {} : extra
  for (const field of fields) {
    if (!field.isRequired || Object.hasOwn(typed, field.name) || Object.hasOwn(extraParams, field.name)) continue
    if (!problems.has(field.path))
      problems.set(field.path, `${field.name} must be there: the call is refused without it`)
  }
  return { params: { ...typed, ...extraParams }, problems }
}

function objectFrom(fields: readonly FormField[], textAt: TextAt, problems: Map<string, string>): JsonObject {
  const object: Record<string, Json> = {}
  for (const field of fields) {
    const value =
      field.fields === undefined ? valueFrom(field, textAt(field.path), problems) : nested(field, textAt, problems)
    if (value !== undefined) object[field.name] = value
  }
  return object
}

/** An object of which nothing was filled in is left out, unless the call needs it. */
function nested(field: FormField, textAt: TextAt, problems: Map<string, string>): JsonObject | undefined {
  const object = objectFrom(field.fields ?? [], textAt, problems)
  return Object.keys(object).length === 0 ? undefined : object
}

function valueFrom(field: FormField, text: string, problems: Map<string, string>): Json | undefined {
  // Blanks may be meant in a text, but a field that holds nothing else is as good as empty.
  if (text.trim() === '') return undefined
  const { type, path, name } = field
  const wrong = (why: string) => {
    problems.set(path, why)
    return undefined
  }
  if (typeof type === 'string') {
    switch (type) {
      case 'string':
      case 'names':
        return text
      case 'bool':
        return text === 'true'
      case 'float': {
        const number = Number(text)
        return Number.isFinite(number) ? number : wrong(`${name} is a number such as 1.5`)
      }
      default:
        if (!/^\s*-?\d+\s*$/.test(text)) return wrong(`${name} is a whole number such as 86400`)
        // As text where a number of JavaScript would lose digits; the wire reads both.
        return Math.abs(Number(text)) <= LARGEST_EXACT ? Number(text) : text.trim()
    }
  }
  if ('enum' in type) return /^-?\d+$/.test(text) ? Number(text) : text
  try {
    const value: unknown = JSON.parse(text)
    if ('array' in type ? Array.isArray(value) : isObject(value)) return asJson(value)
    return wrong(`${name} is ${'array' in type ? 'a list, such as ["a", "b"]' : 'an object, such as {"name": "a"}'}`)
  } catch {
    return wrong(`${name} is not JSON yet: names and texts stand in double quotes`)
  }
}

/** @returns what is wrong, as a text; else the object */
function readRaw(raw: string): JsonObject | string {
  if (raw.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(raw)
    return isObject(value) ? asObject(value) : 'Parameters are a JSON object, such as {"pager": {"pageSize": 5}}'
  } catch {
    return 'This is not JSON yet: names and texts stand in double quotes'
  }
}

/** What `JSON.parse` made, in our own words for it. */
function asJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(asJson)
  if (isObject(value)) return asObject(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function asObject(value: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asJson(item)]))
}
