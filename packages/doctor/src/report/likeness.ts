/** Made-up texts of the same shape as real ones: what a check sees in a secret is its shape, and that is kept. */
import { type Primitives, readSessionHeader } from '@latchkey/core'

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const HEX = '0123456789abcdef'
/** Of a session string that may be shown. */
const EDGE = 4
/** Shorter is a word for nothing, such as `null`, or no secret. */
const SHORTEST_SECRET = 8
const SIGNATURE = 40

/** A value, a hash or anything else: each letter and digit another one, marks and blanks where they are. */
export function likeText(primitives: Primitives, text: string): string {
  if (text.length < SHORTEST_SECRET || /^(?:\{\{.*\}\}|undefined|\[object Object\])$/.test(text)) return text
  const inner = text.trim()
  if (/^[0-9a-f]+$/i.test(inner)) {
    const isUpper = /[A-F]/.test(inner)
    const made = draw(primitives, HEX, inner.length)
    // Without a letter it could not be told to be in capitals.
    const hex = isUpper ? `A${made.slice(1)}`.toUpperCase() : made
    return text.replace(inner, hex)
  }
  return replaceFrom(primitives, text, 0)
}

/** A session string of the same version, account, length and edges, which no secret fits. */
export function likeSession(primitives: Primitives, text: string): string {
  if (text.trim().length < SHORTEST_SECRET) return text
  const header = headerOf(primitives, text.trim())
  const start = text.length - text.trimStart().length
  if (header?.version === 2) {
    const head = Math.ceil((`v2|${header.partnerId}|`.length * 8) / 6)
    return keepEnd(text, replaceFrom(primitives, text, start + head))
  }
  if (header !== undefined && /^[A-Za-z0-9+/]+={0,2}$/.test(text.trim())) {
    return text.replace(text.trim(), likeVersion1(primitives, text.trim(), header.partnerId))
  }
  return keepEnd(text, replaceFrom(primitives, text, start + EDGE))
}

/** One character more before the bar moves all that follows, so that not even the account is written alike. */
function likeVersion1(primitives: Primitives, text: string, partnerId: number): string {
  const padding = text.length - text.replace(/=+$/, '').length
  const length = (text.length / 4) * 3 - padding
  const head = `${draw(primitives, HEX, SIGNATURE + 1)}|${partnerId};${partnerId};`
  for (let tries = 0; tries < 50; tries += 1) {
    const rest = draw(primitives, `${ALPHANUMERIC}>?~.`, Math.max(1, length - head.length))
    const made = primitives.encodeBase64(primitives.encodeUtf8(head + rest))
    const edged = text.slice(0, EDGE) + made.slice(EDGE, -EDGE) + text.slice(-EDGE)
    if (/[+/]/.test(edged) === /[+/]/.test(text) && headerOf(primitives, edged) !== undefined) return edged
  }
  return replaceFrom(primitives, text, EDGE)
}

function keepEnd(text: string, made: string): string {
  return made.slice(0, -EDGE) + text.slice(-EDGE)
}

function replaceFrom(primitives: Primitives, text: string, from: number): string {
  const letters = draw(primitives, ALPHANUMERIC, text.length)
  return text.replaceAll(/[A-Za-z0-9]/g, (letter, at: number) => (at < from ? letter : (letters[at] ?? letter)))
}

function draw(primitives: Primitives, alphabet: string, length: number): string {
  let text = ''
  for (const byte of primitives.randomBytes(length)) text += alphabet[byte % alphabet.length] ?? ''
  return text
}

function headerOf(primitives: Primitives, text: string) {
  try {
    return readSessionHeader(primitives, text)
  } catch {
    return undefined
  }
}
