const EDGE = 4
/** Below this, the edges would be most of it. */
const SHORTEST_WITH_EDGES = 4 * EDGE
const UNPRINTABLE = /[^\x21-\x7e]/g

/** What of a session string may be shown: its edges and its length, as in `djJ8…lqT= (212 characters)`. */
export function describeSessionText(text: string): string {
  const length = text.length === 1 ? '1 character' : `${text.length} characters`
  if (text.length < SHORTEST_WITH_EDGES) return length
  const edges = `${text.slice(0, EDGE)}…${text.slice(-EDGE)}`
  return `${edges.replace(UNPRINTABLE, (character) => (character === '…' ? character : '?'))} (${length})`
}
