const ORIGIN = /^https?:\/\/[^/?#]*/i

/**
 * Path and query of what a request line names. A client that takes us for its proxy names scheme and host before them, which
 * every server has to take (RFC 9112, section 3.2.2) and none needs.
 */
export function pathAndQuery(target: string): string {
  if (target.startsWith('/')) return target
  const path = target.replace(ORIGIN, '')
  return path === target || path.startsWith('/') ? path : `/${path}`
}
