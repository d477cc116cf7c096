/**
 * Everything secret that passed through this page, so that whatever is shown or copied can leave it out. Kept in memory
 * only, and never shown from here.
 */
const known = new Set<string>()
/** Shorter texts would take pieces out of ordinary words. */
const SHORTEST_KNOWN = 12
const SHORTEST_WITH_EDGES = 12

/** From now on `redact` leaves this text out. */
export function noteSecret(text: string | undefined): void {
  if (text !== undefined && text.length >= SHORTEST_KNOWN) known.add(text)
}

/** First four, dots, last four; dots only where that would show too much. */
export function mask(text: string): string {
  if (text.length < SHORTEST_WITH_EDGES) return '•'.repeat(text.length)
  return `${text.slice(0, 4)}${'•'.repeat(8)}${text.slice(-4)}`
}

/** The text with every known secret masked, also where it stands percent-encoded. */
export function redact(text: string): string {
  let redacted = text
  // The longest first: a hash input holds both a session and a value.
  for (const secret of [...known].sort((a, b) => b.length - a.length)) {
    redacted = redacted.replaceAll(secret, mask(secret)).replaceAll(encodeURIComponent(secret), mask(secret))
  }
  return redacted
}

/** Forgets all of them: after signing out. */
export function forgetSecrets(): void {
  known.clear()
}
