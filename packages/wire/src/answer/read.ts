import { type Fields, isObject } from './json.ts'
import { type Refusal, refusalIn } from './told.ts'

/** What the body of an answer holds. */
export type Answer =
  | { readonly kind: 'result'; readonly value: unknown }
  /** `raw` as it came. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly raw: Fields }
  /** Not the API's: of a proxy, say. */
  | { readonly kind: 'unreadable'; readonly found: Found }

/** What stands in place of an answer; `JSON` came with the status of a failure and is no refusal. */
export type Found = 'nothing in it' | 'a web page' | 'XML' | 'text that is not JSON' | 'JSON'

/** Reads the body of an answer to a call that asked for JSON. Never throws. */
export function readAnswer(status: number, body: string): Answer {
  const text = bodyText(body)
  if (text === '') return { kind: 'unreadable', found: 'nothing in it' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'unreadable', found: foundIn(text) }
  }
  const refusal = refusalIn(value)
  if (refusal !== undefined && isObject(value)) return { kind: 'refused', refusal, raw: value }
  // No v3 endpoint answers a wrong address so; one of ours does.
  return status >= 400 ? { kind: 'unreadable', found: 'JSON' } : { kind: 'result', value }
}

/** Without a byte order mark, nor white space around it. */
export function bodyText(body: string): string {
  return body.replace(/^\ufeff/, '').trim()
}

function foundIn(text: string): Found {
  if (/^<(!doctype|html)/i.test(text)) return 'a web page'
  return text.startsWith('<') ? 'XML' : 'text that is not JSON'
}
