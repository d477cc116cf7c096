import { ACTIONS } from '@latchkey/core'
import { REGISTRY } from '@latchkey/wire'
import { badSession } from './bad-sessions.ts'
import { randomOf } from './random.ts'

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
 * @param secret that signs them, for others with contents that nobody would sign
 */
export function* badRequests(seed: number, sessions: readonly string[], secret: string): Generator<BadRequest, never> {
  const random = randomOf(seed)
  const { pick, chance, text, below, next } = random
  const sessionText = () => (chance(0.6) ? pick(sessions) : badSession(random, secret, sessions))
  const value = (depth: number): unknown => {
    const kind = next()
    if (kind < 0.5 || depth > 3) return text()
    if (kind < 0.6) return pick([null, true, false, 0, -1, 1e308, 2 ** 60, 0.5])
    if (kind < 0.75) return Array.from({ length: below(4) }, () => value(depth + 1))
    return Object.fromEntries(Array.from({ length: below(5) }, () => [pick(NAMES), value(depth + 1)]))
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
    for (let more = below(3); more > 0; more -= 1) made[chance(0.5) ? pick(NAMES) : text()] = value(0)
    return made
  }

  for (;;) {
    const made = chance(0.12)
      ? {
          service: 'multirequest',
          format: '1',
          ...Object.fromEntries(Array.from({ length: below(6) }, (_, index) => [String(index + 1), params()])),
        }
      : params()
    const kind = next()
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
    else if (kind < 0.92) {
      const path = Object.entries(made)
        .flat()
        .map((part) => encodeURIComponent(well(typeof part === 'object' ? JSON.stringify(part) : String(part))))
        .join('/')
      // Now and then percent signs that begin nothing.
      yield { method: 'GET', url: `/api_v3/${chance(0.1) ? path.replaceAll('%', '%%') : path}`, headers: {} }
    } else
      yield {
        method: 'POST',
        url: `/api_v3/?format=${pick(['1', '2', '3', '7'])}`.replaceAll(/[^\x21-\x7e]/g, ''),
        headers: { 'content-type': pick(OTHER_TYPES) },
        payload: well(text() + text()),
      }
  }

  function mangle(body: string): string {
    if (!chance(0.1)) return well(body)
    const at = below(body.length)
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
  '',
  'a/b/c',
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
