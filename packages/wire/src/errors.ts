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
  return text.isWellFormed() ? text : text.toWellFormed()
}
