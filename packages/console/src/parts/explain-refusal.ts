import { type ErrorExplanation, explainError } from '@latchkey/doctor'
import type { Refusal } from '../connection/outcome.ts'

/** What the code, the message and the order of checks tell; undefined where that is nothing. */
export function explainRefusal(
  service: string,
  action: string,
  { code, message }: Refusal,
): ErrorExplanation | undefined {
  return explainError(JSON.stringify({ code, message, args: { SERVICE: service, ACTION: action } }))
}
