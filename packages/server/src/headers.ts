import { hostname } from 'node:os'
import type { Fidelity } from '@latchkey/core'

/** Request headers that a page on another origin may send: the original's, and ours. */
const ALLOWED = ['Origin', 'X-Requested-With', 'Content-Type', 'Accept', 'Range', 'Cache-Control']
const OUR_ALLOWED = ['Authorization', 'X-Latchkey-Status', 'X-Latchkey-Fields']

/** Reply headers that such a page may read. */
const EXPOSED = [
  'Server',
  'Content-Length',
  'Content-Range',
  'Date',
  'X-Kaltura',
  'X-Kaltura-App',
  'X-Kaltura-Session',
  'X-Me',
  'X-Latchkey-Request',
  'X-Latchkey-Accepted-Permissions',
  'X-Latchkey-Warnings',
  'Retry-After',
  'WWW-Authenticate',
].join(', ')

const VENDOR_EXPOSED = 'Server, Content-Length, Content-Range, Date, X-Kaltura, X-Kaltura-Session, X-Me'

type Headers = Readonly<Record<string, string>>

/** Every v3 reply has these. */
export const V3_HEADERS: Readonly<Record<Fidelity, Headers>> = {
  mended: everyReply(EXPOSED),
  vendor: everyReply(VENDOR_EXPOSED),
}

export const PREFLIGHT_HEADERS: Readonly<Record<Fidelity, Headers>> = {
  mended: preflight([...ALLOWED, ...OUR_ALLOWED]),
  vendor: preflight(ALLOWED),
}

/** Sessions are credentials: nothing on the way may keep an answer. */
function everyReply(exposed: string): Headers {
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': exposed,
    'cache-control': 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0',
    pragma: 'no-cache',
    expires: 'Sun, 19 Nov 2000 08:52:00 GMT',
    'x-content-type-options': 'nosniff',
    'x-me': hostname(),
  }
}

function preflight(allowed: readonly string[]): Headers {
  return {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': allowed.join(', '),
    'access-control-allow-methods': 'POST, GET, HEAD, OPTIONS',
    'access-control-max-age': '86400',
  }
}
