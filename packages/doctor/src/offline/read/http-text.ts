import type { SeenRequest, SeenResponse } from '../seen.ts'
import { readRequests } from './request.ts'
import { readResponses } from './response.ts'

/** The first line of a request or of an answer, also as tools print it, with `>` and `<` before it. */
export const HTTP_LINE: RegExp =
  /^[<> \t]{0,4}(?:(?:GET|POST|PUT|HEAD|OPTIONS)[ \t]+\S{1,8000}(?:[ \t]+HTTP\/[\d.]{1,3})?[ \t\r]*$|HTTP\/[\d.]{1,3}[ \t]+\d{3})/

/** What tools print before each line of a message. An answer in XML begins with the same sign, and nothing behind it. */
const MARK = /^[<>](?:[ \t]|$|(?=HTTP\/|[A-Z]{3,7} ))/

/**
 * Reads one message as it goes over the wire: a first line, headers, an empty line, a body.
 *
 * @param lines of this message only
 */
export function readHttpText(
  lines: readonly string[],
  where: string,
): { readonly requests: readonly SeenRequest[]; readonly responses: readonly SeenResponse[] } {
  const [first = '', ...rest] = lines.map((line) => line.replace(MARK, '').replace(/\r$/, ''))
  const headers = new Map<string, string>()
  let at = 0
  for (; at < rest.length; at += 1) {
    const match = /^([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?(.{0,8000})$/.exec(rest[at] ?? '')
    if (match === null) break
    headers.set((match[1] ?? '').toLowerCase(), (match[2] ?? '').trim())
  }
  const body = rest.slice(at).join('\n').trim()
  const status = /^\s*HTTP\/[\d.]{1,3}\s+(\d{3})/.exec(first)?.[1]
  if (status !== undefined) {
    return { requests: [], responses: readResponses({ where, status: Number(status), headers, body }) }
  }
  const target = first.trim().split(/\s+/)[1] ?? '/'
  const host = headers.get('host')
  const url = target.startsWith('/') && host !== undefined ? `https://${host}${target}` : target
  // The scheme is not on the wire; the one that says nothing is taken.
  return {
    requests: readRequests({
      where,
      url,
      contentType: headers.get('content-type') ?? '',
      authorization: headers.get('authorization'),
      body,
    }),
    responses: [],
  }
}
