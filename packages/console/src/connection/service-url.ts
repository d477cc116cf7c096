import type { Served } from './served.ts'

export type ServiceUrl =
  | { readonly ok: true; readonly url: string; readonly origin: string }
  | { readonly ok: false; readonly why: string }

/**
 * Reads the address of a v3 endpoint as a person types it: with or without a scheme, with or without `/api_v3` behind.
 *
 * @param own origin of this page
 * @param served absent for a static copy, which may call any origin
 */
export function parseServiceUrl(text: string, own: string, served: Served | undefined): ServiceUrl {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: false, why: 'Type the service URL, for example https://www.kaltura.com' }
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${schemeFor(trimmed)}://${trimmed}`
  let url: URL
  try {
    url = new URL(withScheme)
  } catch {
    return { ok: false, why: `“${trimmed}” is not a web address; https://www.kaltura.com is one` }
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, why: `A service URL starts with https:// or http://, not ${url.protocol}//` }
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, why: 'A service URL holds no user name and no password: leave out what stands before the @' }
  }
  if (served !== undefined && url.origin !== own && !served.connect.includes(url.origin)) {
    return {
      ok: false,
      why: `This page may call only the server that it came from. Start that server with LATCHKEY_CONSOLE_CONNECT=${url.origin}, or open the static copy of the console (packages/console/dist, on any web server), which has no such limit.`,
    }
  }
  // Whatever was pasted behind the endpoint's own path is not part of it.
  const path = url.pathname.replace(/\/(api_v3|api)(\/.*)?$/, '').replace(/\/+$/, '')
  return { ok: true, url: url.origin + path, origin: url.origin }
}

function schemeFor(host: string): string {
  return /^(localhost|127\.|\[::1\])/.test(host) ? 'http' : 'https'
}
