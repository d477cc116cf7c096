import { ACTIONS } from '@latchkey/core'
import { REGISTRY } from '@latchkey/wire'

export interface BadRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string
}

/**
 * Requests that are wrong in one or several ways, or by luck not at all; the same seed gives the same ones.
 *
 * @param sessions good ones, many, since some requests end the one they come with
 */
export function* badRequests(seed: number, sessions: readonly string[]): Generator<BadRequest, never> {
  const random = generator(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] ?? (from[0] as T)
  const chance = (share: number) => random() < share

  const text = (): string => {
    const kind = random()
    if (kind < 0.4) return pick(TEXTS)
    if (kind < 0.6) return String(Math.floor((random() - 0.5) * 10 ** (random() * 20)))
    return Array.from({ length: Math.floor(random() * 40) }, () =>
      String.fromCharCode(Math.floor(random() ** 3 * 0x10000)),
    ).join('')
  }
  const sessionText = (): string => {
    const kind = random()
    const session = pick(sessions)
    if (kind < 0.6) return session
    if (kind < 0.65) return text()
    // One character changed, dropped or added: the nearest to a right one that there is.
    const at = Math.floor(random() * session.length)
    if (kind < 0.7)
      return session.slice(0, at) + pick(['A', '=', '+', '/', ' ', '\n', '%', 'é', '']) + session.slice(at + 1)
    const bytes = Buffer.from(`v2|${pick(['4242', '0', '-1', '9e9', ''])}|${text()}${text()}`).toString('base64')
    return kind < 0.85
      ? bytes
      : Buffer.from(`${'0'.repeat(40)}|4242;4242;${text()};${text()};${text()};;`).toString('base64')
  }
  const value = (depth: number): unknown => {
    const kind = random()
    if (kind < 0.5 || depth > 3) return text()
    if (kind < 0.6) return pick([null, true, false, 0, -1, 1e308, 2 ** 60, 0.5])
    if (kind < 0.75) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1))
    return Object.fromEntries(Array.from({ length: Math.floor(random() * 5) }, () => [pick(NAMES), value(depth + 1)]))
  }
  const params = (): Record<string, unknown> => {
    const spec = pick(REGISTRY)
    const any = pick(ACTIONS)
    const known = chance(0.8)
    const made: Record<string, unknown> = {
      service: known ? spec.service : any.service,
      action: known ? spec.action : any.action,
    }
    for (const { name, type } of spec.parameters) {
      if (chance(0.8))
        made[name] =
          typeof type === 'object' && 'object' in type && chance(0.8)
            ? Object.fromEntries(Array.from({ length: 4 }, () => [pick(NAMES), value(2)]))
            : value(1)
    }
    if (chance(0.7)) made.ks = sessionText()
    if (chance(0.9)) made.format = chance(0.03) ? text() : pick(['1', '1', '2', '3'])
    for (let more = Math.floor(random() * 3); more > 0; more -= 1) made[chance(0.5) ? pick(NAMES) : text()] = value(0)
    return made
  }

  for (;;) {
    const made = chance(0.12)
      ? {
          service: 'multirequest',
          format: '1',
          ...Object.fromEntries(
            Array.from({ length: Math.floor(random() * 6) }, (_, index) => [String(index + 1), params()]),
          ),
        }
      : params()
    const kind = random()
    if (kind < 0.35)
      yield {
        method: 'POST',
        url: '/api_v3/',
        headers: { 'content-type': pick(JSON_TYPES) },
        payload: mangle(JSON.stringify(made)),
      }
    else if (kind < 0.65)
      yield {
        method: 'POST',
        url: '/api_v3/index.php',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: mangle(form(made)),
      }
    else if (kind < 0.85) yield { method: 'GET', url: `/api_v3/?${form(made)}`, headers: {} }
    else if (kind < 0.92)
      yield {
        method: 'GET',
        url: `/api_v3/${Object.entries(made)
          .flat()
          .map((part) => encodeURIComponent(well(typeof part === 'object' ? JSON.stringify(part) : String(part))))
          .join('/')}`,
        headers: {},
      }
    else
      yield {
        method: 'POST',
        url: `/api_v3/?format=${pick(['1', '2', '3', '7'])}`.replaceAll(/[^\x21-\x7e]/g, ''),
        headers: { 'content-type': pick(OTHER_TYPES) },
        payload: well(text() + text()),
      }
  }

  function mangle(body: string): string {
    if (!chance(0.1)) return well(body)
    const at = Math.floor(random() * body.length)
    return well(body.slice(0, at) + text() + body.slice(chance(0.5) ? at : at + 5))
  }
}

const NAMES = [
  'id',
  'filter',
  'pager',
  'pageSize',
  'pageIndex',
  'orderBy',
  'idIn',
  'idEqual',
  'objectType',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'appToken',
  'sessionUserId',
  'sessionPrivileges',
  'expiry',
  'expiry__null',
  'hashType',
  'sessionType',
  'userId',
  'partnerId',
  'p',
  'language',
  'responseProfile',
  'callback',
  'ignoreNull',
  'a:b:c',
  '1:service',
  ':',
  '-',
  '0',
  'name',
  'categoriesIds',
  'freeText',
  'createdAtGreaterThanOrEqual',
  'statusIn',
]
const TEXTS = [
  '',
  '0',
  '-1',
  '1',
  '2',
  'null',
  'undefined',
  'NaN',
  'true',
  '{1:result}',
  '{1:result:ks}',
  '{2:result:objects:0:id}',
  '{1:result:_all:id}',
  '%',
  '%zz',
  '%00',
  "' or 1=1 --",
  '<script>',
  '../../etc/passwd',
  '_4242',
  '4242',
  '0_abcdefgh',
  '*',
  'edit:*',
  'setrole:1',
  'setrole:-1',
  'actionslimit:x',
  '_e:9999999999',
  'KalturaAppToken',
  'KalturaFilter',
  '\u0000',
  '\ud800',
  '\ufeff',
  '💥',
  'a'.repeat(300),
]
const JSON_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/json;charset="x"',
]
const OTHER_TYPES = [
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded; charset=latin1',
  'x',
  ';',
]

function form(params: object, prefix = ''): string {
  return Object.entries(params)
    .map(([name, value]) => {
      const path = prefix === '' ? name : `${prefix}:${name}`
      return typeof value === 'object' && value !== null
        ? form(value, path)
        : `${encodeURIComponent(well(path))}=${encodeURIComponent(well(String(value)))}`
    })
    .filter((pair) => pair !== '')
    .join('&')
}

/** What can be sent at all: half a surrogate pair has no bytes. */
function well(text: string): string {
  return text.toWellFormed()
}

/** Small and repeatable (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
