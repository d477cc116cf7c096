import { ERRORS, type WireErrorCode } from './error-table.ts'

/** A refusal in the words of the wire. */
export interface ApiError {
  readonly code: WireErrorCode
  readonly message: string
  /** Texts, by the names of the message's places. */
  readonly args: Readonly<Record<string, string>>
}

/** What an argument shows that nobody filled. */
const UNFILLED = 'N/A'
const LONGEST = 1_000

/** Fills a message. Tags are taken out of the arguments, so that no page that shows a message runs what was sent. */
export function apiError(code: WireErrorCode, args: Readonly<Record<string, string | number>> = {}): ApiError {
  const { args: names, message } = ERRORS[code]
  const filled: Record<string, string> = {}
  for (const name of names) filled[name] = shown(args[name])
  return {
    code,
    message: message.replaceAll(/@([A-Z_]+)@/g, (_place, name: string) => filled[name] ?? UNFILLED),
    args: filled,
  }
}

function shown(value: string | number | undefined): string {
  if (value === undefined) return UNFILLED
  // A lone `<` begins a tag as well: what follows it is dropped, as stripping tags does in the original.
  const text = String(value)
    .slice(0, LONGEST)
    .replaceAll(/<(?=[a-z/!?])[^>]*(?:>|$)/gi, '')
  return (text.isWellFormed() ? text : text.toWellFormed()).replaceAll(LIKE_A_SECRET, edges)
}

/**
 * App token values, hashes, secrets and session strings: hex of 32 digits and more, and anything long in the letters of
 * Base64. People send them where ids belong, and errors end up in logs and in forums.
 */
const LIKE_A_SECRET = /[0-9a-f]{32,}|[A-Za-z0-9+/_=-]{40,}/gi

function edges(secret: string): string {
  return `${secret.slice(0, 4)}…${secret.slice(-4)} (${secret.length} characters)`
}
