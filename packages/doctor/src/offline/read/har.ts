import type { SeenRequest } from '../seen.ts'
import { type Fields, isFields, isList, textAt, type Value, wholeNumberOf } from './fields.ts'
import { readRequests } from './request.ts'
import { readResponses } from './response.ts'

const MOST_ENTRIES = 2_000

/** The entries of an HTTP archive; `undefined` where it is none. */
export function harEntries(value: Value | undefined): readonly Value[] | undefined {
  const log = isFields(value) ? value.get('log') : undefined
  const entries = isFields(log) ? log.get('entries') : undefined
  return isList(entries) ? entries : undefined
}

/** The calls of the protocol among them, in the order in which they were made, each with its answer. */
export function readHar(entries: readonly Value[]): readonly SeenRequest[] {
  return entries
    .slice(0, MOST_ENTRIES)
    .flatMap((entry, at) => (isFields(entry) ? readEntry(entry, `entry ${at + 1}`) : []))
}

function readEntry(entry: Fields, where: string): readonly SeenRequest[] {
  const request = entry.get('request')
  const response = entry.get('response')
  if (!isFields(request)) return []
  const url = textAt(request, 'url') ?? ''
  if (!/\/api(?:_v3)?(?:\/|\?|$)|[?&/]service[=/]/.test(url.slice(0, 2_000))) return []
  const postData = request.get('postData')
  const headers = headersOf(request)
  const body = isFields(postData) ? textAt(postData, 'text') : undefined
  const params = isFields(postData) ? postData.get('params') : undefined
  const fields = isList(params) ? params.flatMap(pairOf) : []
  return readRequests({
    where,
    url,
    contentType: headers.get('content-type') ?? (isFields(postData) ? textAt(postData, 'mimeType') : undefined),
    authorization: headers.get('authorization'),
    body,
    fields: (body === undefined || body === '') && fields.length > 0 ? fields : undefined,
    sentAt: secondsOf(textAt(entry, 'startedDateTime')),
    responses: isFields(response) ? readAnswer(response, `${where}, its answer`) : undefined,
  })
}

function readAnswer(response: Fields, where: string) {
  const content = response.get('content')
  const body = isFields(content) ? (textAt(content, 'text') ?? '') : ''
  const status = wholeNumberOf(response.get('status'))
  // A call that was never answered has the status 0.
  if (status === undefined || status === 0) return undefined
  return readResponses({ where, status, headers: headersOf(response), body })
}

function headersOf(message: Fields): ReadonlyMap<string, string> {
  const headers = message.get('headers')
  return new Map(isList(headers) ? headers.flatMap(pairOf).map(([name, value]) => [name.toLowerCase(), value]) : [])
}

function pairOf(item: Value): readonly [string, string][] {
  const name = isFields(item) ? textAt(item, 'name') : undefined
  return isFields(item) && name !== undefined ? [[name, textAt(item, 'value') ?? '']] : []
}

function secondsOf(text: string | undefined): number | undefined {
  const milliseconds = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isFinite(milliseconds) ? Math.floor(milliseconds / 1_000) : undefined
}
