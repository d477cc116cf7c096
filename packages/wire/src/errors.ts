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

/** The places of a message. */
type ArgsOf<Code extends WireErrorCode> = Partial<Record<(typeof ERRORS)[Code]['args'][number], string | number>>

/** Fills a message. Tags are taken out of the arguments, so that no page that shows a message runs what was sent. */
export function apiError<Code extends WireErrorCode>(code: Code, args: ArgsOf<Code> = {}): ApiError {
  const { args: names, message } = ERRORS[code]
  const given: Readonly<Record<string, string | number | undefined>> = args
  const filled: Record<string, string> = {}
  for (const name of names) filled[name] = shown(given[name])
  return {
    code,
    message: message.replaceAll(/@([A-Z_]+)@/g, (_place, name: string) => filled[name] ?? UNFILLED),
    args: filled,
  }
}

function shown(value: string | number | undefined): string {
  if (value === undefined) return UNFILLED
  // A `<` before anything but a blank begins a tag; one that never closes takes the rest along, as in the original.
  const text = String(value)
    .slice(0, LONGEST)
    .replaceAll(/<(?!\s)[^>]*(?:>|$)/g, '')
  return withoutSecrets(text.isWellFormed() ? text : text.toWellFormed())
}

/** With the edges of whatever looks like a secret in its place. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(LIKE_A_SECRET, edges)
}

/**
 * App token values, hashes, secrets and session strings: hex of 32 digits and more, and anything long in the letters of
 * Base64 that has a digit in it, as names of services have not. People send them where ids belong, and errors end up in
 * logs and in forums.
 */
const LIKE_A_SECRET = /[0-9a-f]{32,}|(?=[a-z+/_=-]*\d)[a-z0-9+/_=-]{40,}/gi

function edges(secret: string): string {
  return `${secret.slice(0, 4)}…${secret.slice(-4)} (${secret.length} characters)`
}
