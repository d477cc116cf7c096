import type { Request } from 'playwright-core'

/** A call of the v3 protocol that a page made. Values are left out, since they may be secrets. */
export interface ServiceCall {
  readonly service: string
  readonly action: string
  /** Names of what was sent, sorted, without `service`, `action` and `format`. None of an upload: the browser keeps that body to itself. */
  readonly parameters: readonly string[]
  /** Origin that was called. */
  readonly origin: string
}

const PATH = /\/api(?:_v3)?(?:\/|$)/
const IN_PATH = /\/service\/([^/]+)(?:\/action\/([^/]+))?/
/** A part of a multipart form: its name, then after the empty line the first line of its value. */
const FORM_PART = /; name="([^"]+)"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]*)/g
const NOT_PARAMETERS = new Set(['service', 'action', 'format'])

/** The calls that a request holds: none, one, or those of a multirequest in their order. */
export function readServiceCalls(
  request: Pick<Request, 'url' | 'postData' | 'headers' | 'method'>,
): readonly ServiceCall[] {
  const url = new URL(request.url())
  if (!PATH.test(url.pathname) || request.method() === 'OPTIONS') return []
  const sent = { ...Object.fromEntries(url.searchParams), ...readBody(request) }
  const inPath = IN_PATH.exec(url.pathname)
  const service = inPath?.[1] ?? text(sent.service)
  if (service === undefined) return []
  const parts = service === 'multirequest' ? readParts(sent) : []
  if (parts.length > 0) return parts.map((part) => asCall(text(part.service) ?? '', text(part.action) ?? '', part, url))
  return [asCall(service, inPath?.[2] ?? text(sent.action) ?? '', sent, url)]
}

type Sent = Readonly<Record<string, unknown>>

function asCall(service: string, action: string, sent: Sent, { origin }: URL): ServiceCall {
  const parameters = Object.keys(sent).filter((name) => !NOT_PARAMETERS.has(name))
  return { service, action, parameters: parameters.sort(), origin }
}

/** By number: as objects in JSON, or flat (`1:service`) in forms. */
function readParts(sent: Sent): readonly Sent[] {
  const parts = new Map<number, Record<string, unknown>>()
  for (const [key, value] of Object.entries(sent)) {
    const [number = '', ...rest] = key.split(':')
    if (!/^\d+$/.test(number)) continue
    const part = parts.get(Number(number)) ?? {}
    parts.set(Number(number), part)
    if (rest.length > 0) part[rest.join(':')] = value
    else Object.assign(part, asRecord(value))
  }
  return [...parts].sort(([a], [b]) => a - b).map(([, part]) => part)
}

function readBody(request: Pick<Request, 'postData' | 'headers'>): Sent {
  const body = request.postData() ?? ''
  const type = request.headers()['content-type'] ?? ''
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body))
  if (type.includes('multipart/form-data')) {
    return Object.fromEntries([...body.matchAll(FORM_PART)].map(([, name = '', value = '']) => [name, value]))
  }
  try {
    return asRecord(JSON.parse(body))
  } catch {
    return {}
  }
}

function asRecord(value: unknown): Sent {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
