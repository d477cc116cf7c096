/** What the server has, for whoever asks for what it has not. */
interface Doors {
  readonly hasPages: boolean
  readonly hasOauth2: boolean
}

const PAGES = /^\/(?:console|ui|admin|dashboard|login|signin|sign-in|offline)(?:[/.]|$)/i
const OAUTH2 = /^\/(?:[\w.-]+\/){0,2}(?:oauth2?|token|introspect|introspection|revoke)(?:\/|$)/i

/**
 * Where to go instead of a path that leads nowhere. Nothing of the path is repeated: a session may stand in it.
 *
 * @param path without a query
 */
export function hintFor(path: string, { hasPages, hasOauth2 }: Doors): string {
  if (hasPages && PAGES.test(path)) return 'the pages are at /'
  if (hasOauth2 && OAUTH2.test(path)) {
    return 'OAuth2 clients POST to /oauth2/token, /oauth2/introspect and /oauth2/revoke'
  }
  const pages = hasPages ? 'the pages are at /, ' : ''
  return `${pages}the API is at /api_v3, health at /healthz and /readyz`
}
