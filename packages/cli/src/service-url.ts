/**
 * The address of a service, without what is no part of it: credentials, a query, the path of the API.
 *
 * @returns undefined for what is no address
 */
export function readServiceUrl(text: string): string | undefined {
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(withScheme)) return undefined
  const { protocol, host, pathname } = new URL(withScheme)
  if (protocol !== 'http:' && protocol !== 'https:') return undefined
  const path = pathname.replace(/\/(?:api_v3|api)(?:\/.*)?$/, '').replace(/\/+$/, '')
  return `${protocol}//${host}${path}`
}
