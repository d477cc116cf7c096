import { isTree, propertyNames, readRequest, readSteps, textAt as textOfTree } from '@latchkey/wire'
import type { SeenRequest, SeenResponse } from '../seen.ts'
import { type Fields, fieldsOfTree } from './fields.ts'

export interface RequestParts {
  readonly where: string
  /** Whole, or from the path on. */
  readonly url: string
  /** As it was sent, `undefined` where nobody knows. */
  readonly contentType?: string | undefined
  readonly authorization?: string | undefined
  readonly body?: string | undefined
  readonly fields?: readonly (readonly [string, string])[] | undefined
  readonly sentAt?: number | undefined
  readonly responses?: readonly SeenResponse[] | undefined
}

/** Reads a call, or each of several that went together. None where it is no call of the protocol. */
export function readRequests(parts: RequestParts): readonly SeenRequest[] {
  const { scheme, host, path, query } = splitUrl(parts.url)
  const type = parts.contentType?.split(';', 1)[0]?.trim().toLowerCase()
  const body = parts.body?.replace(/^\ufeff/, '').trim() ?? ''
  const fields = parts.fields ?? multipartFields(body)
  const wire = readRequest({
    path,
    query,
    // What the sender says is judged elsewhere: here it is read whatever it is.
    contentType: body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded',
    body: isReadable(type, body) ? body : '',
    multipart: fields === undefined ? undefined : { fields },
  })
  if (wire === undefined) return []
  const inUrl = readRequest({ path, query })
  const seen = (params: Fields, where: string, response: SeenResponse | undefined): SeenRequest => ({
    where,
    service: textIn(params, 'service'),
    action: textIn(params, 'action'),
    params,
    scheme,
    host,
    uri: parts.url.startsWith('/') || host !== undefined ? path + (query === '' ? '' : `?${query}`) : undefined,
    contentType: parts.contentType,
    hasBody: body !== '' || fields !== undefined,
    isSessionInUrl: inUrl !== undefined && textOfTree(inUrl.params, 'ks') !== undefined,
    hasBearer: /^bearer\s/i.test(parts.authorization ?? ''),
    sentAt: parts.sentAt,
    response,
  })
  const { responses = [] } = parts
  if (!wire.isMulti && !isTree(wire.params['1']) && !isTree(wire.params['0'])) {
    return [seen(fieldsOfTree(wire.params), parts.where, responses[0])]
  }
  return readSteps(wire.params).map((step, at) =>
    seen(fieldsOfTree(step), `${parts.where}, step ${at + 1}`, responses[at] ?? (at === 0 ? responses[0] : undefined)),
  )
}

/** Files and pages are no parameters. */
function isReadable(type: string | undefined, body: string): boolean {
  return type === undefined || !/^(?:multipart|image|video|audio)\//.test(type) || body.startsWith('{')
}

const MOST_PARTS = 500

/** The plain fields of a multipart body, as far as they are text. */
function multipartFields(body: string): readonly (readonly [string, string])[] | undefined {
  const boundary = /^--[^\r\n]{1,100}/.exec(body)?.[0]
  if (boundary === undefined || !body.includes('form-data')) return undefined
  return body
    .split(boundary, MOST_PARTS)
    .slice(1)
    .flatMap((part): readonly [string, string][] => {
      const end = /\r?\n\r?\n/.exec(part)
      const name = /name="([^"]{1,200})"/.exec(part.slice(0, 1_000))?.[1]
      if (end === null || name === undefined || part.slice(0, end.index).includes('filename=')) return []
      return [[name, part.slice(end.index + end[0].length).replace(/\r?\n$/, '')]]
    })
}

function textIn(params: Fields, name: string): string | undefined {
  const value = params.get(name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Without the platform's own parser, which throws. */
export function splitUrl(url: string): {
  readonly scheme?: string | undefined
  readonly host?: string | undefined
  readonly path: string
  readonly query: string
} {
  const match = /^(https?):\/\/([^/?#\s]{1,255})/i.exec(url)
  const rest = (match === null ? url : url.slice(match[0].length)).split('#', 1)[0] ?? ''
  const mark = rest.indexOf('?')
  const path = mark < 0 ? rest : rest.slice(0, mark)
  return {
    scheme: match?.[1]?.toLowerCase(),
    // No name and password of a URL.
    host: match?.[2]?.split('@').at(-1)?.toLowerCase(),
    path: path === '' ? '/' : path,
    query: mark < 0 ? '' : rest.slice(mark + 1),
  }
}

const CALL_NAMES: ReadonlySet<string> = new Set(['service', 'ks', 'tokenHash', 'widgetId', 'clientTag', 'secret'])
const APP_TOKEN_PROPERTIES: ReadonlySet<string> = new Set(propertyNames('KalturaAppToken'))

/** Whether bare fields, without a URL, are the parameters of a call rather than what a call answered. */
export function isCall(fields: Fields): boolean {
  if (fields.has('objectType') && !fields.has('service')) return false
  const names = [...fields.keys()].slice(0, 200)
  if (names.some((name) => name === 'service' || name === 'tokenHash' || name === 'widgetId' || name === 'secret'))
    return true
  if (names.some((name) => /^(?:filter|pager|appToken|entry|\d{1,2})(?::|$)/.test(name))) return true
  // A session with nothing that startSession would answer beside it.
  return (
    fields.has('ks') &&
    !fields.has('privileges') &&
    !fields.has('sessionType') &&
    names.every(
      (name) => CALL_NAMES.has(name) || !APP_TOKEN_PROPERTIES.has(name) || name === 'id' || name === 'partnerId',
    )
  )
}
