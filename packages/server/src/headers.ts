import { hostname } from 'node:os'

/** Request headers that a page on another origin may send. */
const ALLOWED = [
  'Origin',
  'X-Requested-With',
  'Content-Type',
  'Accept',
  'Range',
  'Cache-Control',
  'Authorization',
  'X-Latchkey-Status',
  'X-Latchkey-Fields',
].join(', ')

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
].join(', ')

/** Every v3 reply has these. Sessions are credentials: nothing on the way may keep an answer. */
export const V3_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED,
  'cache-control': 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0',
  pragma: 'no-cache',
  expires: 'Sun, 19 Nov 2000 08:52:00 GMT',
  'x-content-type-options': 'nosniff',
  'x-me': hostname(),
}

export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': ALLOWED,
  'access-control-allow-methods': 'POST, GET, HEAD, OPTIONS',
  'access-control-max-age': '86400',
}
