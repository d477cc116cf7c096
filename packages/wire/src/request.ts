import { trimItem } from '@latchkey/core'
import { addFields, decodePercent, readForm } from './form.ts'
import {
  assertWithinLimits,
  expandColons,
  isTree,
  mergeUnder,
  newTree,
  type ParamTree,
  TooMuch,
  textAt,
  treeOf,
} from './params.ts'

/** What of an HTTP request the protocol looks at. */
export interface HttpRequest {
  /** As received, percent-encoded, without the query string. */
  readonly path: string
  /** Behind the question mark, as received. */
  readonly query: string
  readonly contentType?: string | undefined
  readonly body?: string | undefined
  /** In place of `body`, for `multipart/form-data`. */
  readonly multipart?: Multipart | undefined
}

export interface Multipart {
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** Why a body was not read, for a diagnosis. */
export type BodyNote = 'content-type-unread' | 'content-type-missing' | 'json-unreadable' | 'json-no-object'

export interface WireRequest {
  readonly params: ParamTree
  readonly service?: string | undefined
  readonly action?: string | undefined
  readonly isMulti: boolean
  readonly format?: string | undefined
  readonly callback?: string | undefined
  readonly bodyNotes: readonly BodyNote[]
}

/** Which JSON is read: any, or as the original does only what names no charset and begins with no byte order mark. */
export type JsonReading = 'any' | 'bare'

/** `undefined` where parameters are deeper (32 levels) or more (10,000) than anything the protocol knows. Never throws. */
export function readRequest(request: HttpRequest, json: JsonReading = 'any'): WireRequest | undefined {
  const bodyNotes: BodyNote[] = []
  try {
    // The callback counts in the query string only, so that no form can make a page run a script.
    const query = readForm(request.query)
    // Colons before the merge, so that the query wins over the body in whatever notation either is.
    const sources = [readPath(request.path), query, readBody(request, bodyNotes, json)].map(expandColons)
    const params = sources.reduce(mergeUnder, newTree())
    // Each source is within the limits, but not yet all of them together.
    assertWithinLimits(params)
    const service = textAt(params, 'service')
    return {
      params,
      service,
      action: textAt(params, 'action'),
      isMulti: service?.toLowerCase() === 'multirequest',
      format: textAt(params, 'format'),
      callback: textAt(query, 'callback'),
      bodyNotes,
    }
  } catch (error) {
    if (error instanceof TooMuch) return undefined
    throw error
  }
}

/** `/api_v3/service/media/action/list` is service=media and action=list; the first of equal names wins. */
function readPath(path: string): ParamTree {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '' && segment !== 'api_v3' && segment !== 'index.php')
  if (segments[0] === 'api') segments.shift()
  const tree = newTree()
  for (let at = 0; at < segments.length; at += 2) {
    const name = decodePercent(segments[at] ?? '')
    if (name === '' || name === '0') break
    tree[name] ??= decodePercent(segments[at + 1] ?? '')
  }
  return tree
}

function readBody(request: HttpRequest, notes: BodyNote[], reading: JsonReading): ParamTree {
  const tree = newTree()
  if (request.multipart !== undefined) {
    const json = request.multipart.fields.findLast(([name]) => name === 'json')
    if (json !== undefined) return readJson(json[1], notes, reading)
    addFields(tree, request.multipart.fields)
    return tree
  }
  const body = request.body ?? ''
  if (body === '') return tree
  const type = request.contentType?.split(';', 1)[0]?.trim().toLowerCase()
  const isBare = request.contentType?.toLowerCase() === 'application/json'
  if (type === 'application/json' && (isBare || reading === 'any')) return readJson(body, notes, reading)
  if (type === 'application/x-www-form-urlencoded') return readForm(body)
  notes.push(type === undefined || type === '' ? 'content-type-missing' : 'content-type-unread')
  return tree
}

/** One object, whatever stands in front of it: a byte order mark is no reason to lose all parameters. */
function readJson(text: string, notes: BodyNote[], reading: JsonReading): ParamTree {
  // The longer trim takes the mark too.
  const trimmed = reading === 'any' ? text.trim() : trimItem(text)
  try {
    const value = treeOf(JSON.parse(trimmed))
    if (trimmed.startsWith('{') && isTree(value)) return value
    notes.push('json-no-object')
  } catch (error) {
    if (error instanceof TooMuch) throw error
    notes.push('json-unreadable')
  }
  return newTree()
}
