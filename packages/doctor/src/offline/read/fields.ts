import { isTree, type ParamTree, type ParamValue } from '@latchkey/wire'

/** What a paste says once its notation is gone. A map, so that no name in it is special. */
export type Fields = ReadonlyMap<string, Value>
export type Value = string | number | boolean | null | readonly Value[] | Fields

/** Deeper than anything of the protocol; what lies deeper is passed over, so that nothing walks without bound. */
export const DEEPEST = 32
/** More values than any paste needs; what comes after them is passed over. */
export const MOST_VALUES = 50_000

export function isFields(value: Value | undefined): value is Fields {
  return value instanceof Map
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

/** The text of a plain value; `undefined` for null, for what is nested, and for what is not there. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** As {@link textOf}, by names of which the first that is there counts; case does not matter. */
export function textAt(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(fields.get(name) ?? fields.get(keyLike(fields, name) ?? ''))
    if (text !== undefined) return text
  }
  return undefined
}

function keyLike(fields: Fields, name: string): string | undefined {
  const wanted = name.toLowerCase()
  if (fields.size > MOST_SEARCHED) return undefined
  for (const key of fields.keys()) if (key.length === wanted.length && key.toLowerCase() === wanted) return key
  return undefined
}

const MOST_SEARCHED = 1_000
const WHOLE_NUMBER = /^[+-]?\d{1,16}$/

/** Also of digits in a text. */
export function wholeNumberOf(value: Value | undefined): number | undefined {
  const text = textOf(value)?.trim()
  if (text === undefined || !WHOLE_NUMBER.test(text)) return undefined
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}

/** Copies what `JSON.parse` gave. */
export function valueOfJson(json: unknown): Value {
  let left = MOST_VALUES
  const copy = (part: unknown, depth: number): Value => {
    if (typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean') return part
    if (typeof part !== 'object' || part === null || depth >= DEEPEST) return null
    if (Array.isArray(part)) {
      const items: Value[] = []
      for (const item of part) {
        left -= 1
        if (left < 0) break
        items.push(copy(item, depth + 1))
      }
      return items
    }
    const fields = new Map<string, Value>()
    for (const [name, child] of Object.entries(part)) {
      left -= 1
      if (left < 0) break
      fields.set(name, copy(child, depth + 1))
    }
    return fields
  }
  return copy(json, 0)
}

/** @returns `undefined` where it is no JSON */
export function readJson(text: string): Value | undefined {
  try {
    return valueOfJson(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Parameters of a request, as the codec reads them. */
export function fieldsOfTree(tree: ParamTree): Fields {
  const copy = (value: ParamValue): Value => (isTree(value) ? fieldsOfTree(value) : value)
  return new Map(Object.entries(tree).map(([name, value]) => [name, copy(value)]))
}
