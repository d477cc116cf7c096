import { ERROR_CATALOGUE } from '@latchkey/core'
import { explainError } from '@latchkey/doctor'
import { ERRORS, HTTP_STATUS, type WireErrorCode } from '@latchkey/wire'

export interface KnownCode {
  readonly code: string
  /** What an answer says; absent for codes that only logs and the command line show. */
  readonly message?: string | undefined
  /** Where a caller asked for statuses. */
  readonly status?: number | undefined
  /** Of a code of our own. */
  readonly summary?: string | undefined
  readonly remedy?: string | undefined
}

export const WIRE_CODES: readonly KnownCode[] = Object.entries(ERRORS).map(([code, { message }]) => ({
  code,
  message: message.trim(),
  status: isWireCode(code) ? HTTP_STATUS[code] : undefined,
}))

export const OWN_CODES: readonly KnownCode[] = Object.entries(ERROR_CATALOGUE).map(([code, { summary, remedy }]) => ({
  code,
  summary,
  remedy,
}))

function isWireCode(code: string): code is WireErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/** What is known of a code from either list; case does not matter. */
export function codeOf(text: string): KnownCode | undefined {
  const code = text.trim().toUpperCase()
  const wire = WIRE_CODES.find((known) => known.code === code)
  const own = OWN_CODES.find((known) => known.code === code)
  return wire === undefined && own === undefined ? undefined : { code, ...own, ...wire }
}

/** A message cut at the places of its arguments. */
export function messagePieces(message: string): readonly { readonly text: string; readonly isArgument: boolean }[] {
  return message
    .split(/(@[A-Z_]+@)/)
    .filter((text) => text !== '')
    .map((text) =>
      /^@[A-Z_]+@$/.test(text)
        ? { text: text.slice(1, -1).toLowerCase().replaceAll('_', ' '), isArgument: true }
        : { text, isArgument: false },
    )
}

export { explainError }
