import { type Fields, isObject, type Json, type JsonObject } from './json.ts'

export type Filled =
  | { readonly ok: true; readonly params: JsonObject }
  /** The first reference that leads nowhere: nothing goes out with a hole where an id belongs. */
  | { readonly ok: false; readonly missing: string }

const REFERENCE = /\{(\d{1,4}):result((?::\w{1,100}){0,16})\}/g

/**
 * Puts results in the place of references, for whoever makes proposed calls one by one: `{1:result:id}` stands for the id in
 * the first of them. At any depth, and within longer texts. A server that resolves them within a multirequest has rules of its
 * own, the original's.
 *
 * @param results of the calls before, in order
 */
export function fillReferences(params: Fields, results: readonly unknown[]): Filled {
  let missing: string | undefined
  const inText = (text: string) =>
    text.replaceAll(REFERENCE, (reference: string, step: string, path: string) => {
      const found = path
        .split(':')
        .slice(1)
        .reduce<unknown>((value, name) => follow(value, name), results[Number(step) - 1])
      if (typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') return String(found)
      missing ??= reference
      return ''
    })
  const inValue = (value: unknown): Json => {
    if (typeof value === 'string') return inText(value)
    if (typeof value === 'number' || typeof value === 'boolean') return value
    if (Array.isArray(value)) return value.map(inValue)
    return isObject(value) ? inObject(value) : null
  }
  const inObject = (object: Fields): JsonObject =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, inValue(value)]])),
    )
  const filled = inObject(params)
  return missing === undefined ? { ok: true, params: filled } : { ok: false, missing }
}

function follow(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)]
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
