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
  if (text === undefined) return
  if (text.length >= SHORTEST_KNOWN) known.add(text)
  // A copy with a line end or a blank around it is sent without, as often as not.
  const bare = text.trim()
  if (bare.length >= SHORTEST_KNOWN) known.add(bare)
}

/** First four, dots, last four; dots only where that would show too much. */
export function mask(text: string): string {
  if (text.length < SHORTEST_WITH_EDGES) return '•'.repeat(text.length)
  return `${text.slice(0, 4)}${'•'.repeat(8)}${text.slice(-4)}`
}

/** Names of fields whose values never show by themselves. In a multirequest the step's number stands before them. */
const SECRET_NAME = /^(?:\d+:)?(?:ks|token|tokenhash|app_?token|[\w:]*secret|[\w:]*password|admintoken|hashkey)$/i

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}

/** Whether a text is a session string, by its looks: version 2 begins with `v2|`, version 1 with a signature in hex. */
export function isSessionString(text: string): boolean {
  if (!/^[\w+/-]{40,}={0,2}$/.test(text)) return false
  if (text.startsWith('djJ8')) return true
  try {
    return /^[0-9a-f]{40}\|/.test(atob(text.replaceAll('-', '+').replaceAll('_', '/').slice(0, 56)))
  } catch {
    return false
  }
}

/** Whether a text a person wrote or pasted seems to hold what should not be written down without being asked to. */
export function looksSecret(text: string): boolean {
  return (
    /djJ8[\w+/=%-]{40,}/.test(text) ||
    /(?:^|[^a-z0-9])(?:ks|token|tokenHash|\w*secret|\w*password)["']?\s*[:=]\s*["']?[^\s"'&,}]/i.test(text)
  )
}

/**
 * The text with every known secret masked, also where it stands percent-encoded or escaped in JSON; and in JSON, whatever
 * stands under a name that is secret's, however short it is.
 */
export function redact(text: string): string {
  let redacted = text
  // The longest first: a hash input holds both a session and a value.
  for (const secret of [...known].sort((a, b) => b.length - a.length)) {
    for (const form of formsOf(secret)) redacted = redacted.replaceAll(form, mask(secret))
  }
  return redacted.replaceAll(JSON_PAIR, (pair: string, start: string, name: string, value: string) =>
    isSecretName(name) && !value.includes('•') ? `${start}${mask(value)}"` : pair,
  )
}

const JSON_PAIR = /("((?:\d+:)?\w{1,40})"\s*:\s*")((?:[^"\\]|\\.)+)"/g

/** As it may stand in an address, a form, a JSON text, or a JSON text within one. */
function formsOf(secret: string): ReadonlySet<string> {
  const json = JSON.stringify(secret).slice(1, -1)
  // Half of a pair of surrogates has no percent-encoding.
  const encoded = encodeURIComponent(secret.toWellFormed())
  return new Set([
    secret,
    encoded,
    encoded.replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    encoded.replaceAll('%20', '+'),
    json,
    json.replaceAll('/', '\\/'),
    JSON.stringify(json).slice(1, -1),
  ])
}

/** Forgets all of them. For tests: a page never knows that what it saw is no secret any more. */
export function forgetSecrets(): void {
  known.clear()
}
