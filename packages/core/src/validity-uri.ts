/**
 * `urirestrict`: patterns separated by `|`, whole URIs (path and query as received), or prefixes where they end in `*`.
 * Slashes separate the values of a privilege, so the values are put together again first.
 */

/** Whether the URI matches one of the patterns. */
export function uriIsAllowed(values: readonly string[], uri: string): boolean {
  return patternsOf(values).some((pattern) => matches(pattern, uri))
}

/** Whether every URI that `inner` allows is allowed by `outer` too. */
export function uriPatternsCover(outer: readonly string[], inner: readonly string[]): boolean {
  const patterns = patternsOf(outer)
  return patternsOf(inner).every((pattern) => patterns.some((wide) => covers(wide, pattern)))
}

function patternsOf(values: readonly string[]): readonly string[] {
  return values.join('/').split('|')
}

function matches(pattern: string, uri: string): boolean {
  return pattern.endsWith('*') ? uri.startsWith(pattern.slice(0, -1)) : uri === pattern
}

function covers(wide: string, pattern: string): boolean {
  if (!pattern.endsWith('*')) return matches(wide, pattern)
  return wide.endsWith('*') && pattern.slice(0, -1).startsWith(wide.slice(0, -1))
}
