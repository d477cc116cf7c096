import { readAnswer, type Refusal as ToldRefusal } from '@latchkey/wire/answer'
import type { JsonObject } from './json.ts'

export { callsIn, type Told, type ToldCall, type ToldFix } from '@latchkey/wire/answer'

export interface Refusal extends ToldRefusal {
  /** As it came. */
  readonly raw: JsonObject
}

export type Outcome =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** An answer that is not the API's, or none. */
  | { readonly kind: 'failed'; readonly why: string }

/**
 * Reads an answer. Never throws.
 *
 * @param location where it sends whoever calls: nothing is sent on, since a session would go along
 */
export function readOutcome(status: number, body: string, location?: string): Outcome {
  if (status >= 300 && status < 400) {
    const to = location === undefined ? 'elsewhere' : `to ${originOf(location) ?? 'elsewhere'}: name that address`
    return { kind: 'failed', why: `it answered ${status}, and sends whoever calls ${to}` }
  }
  const answer = readAnswer(status, body)
  if (answer.kind === 'result') return answer
  if (answer.kind === 'refused') return { kind: 'refused', refusal: { ...answer.refusal, raw: answer.raw } }
  const { found } = answer
  if (found === 'nothing in it') return { kind: 'failed', why: `it answered ${status} with nothing in it` }
  const what = found === 'JSON' ? '' : ` with ${found}`
  return { kind: 'failed', why: `it answered ${status}${what}: this address is probably no v3 endpoint` }
}

/** Without what may be a session, in a path or a query. */
function originOf(location: string): string | undefined {
  return URL.canParse(location) ? new URL(location).origin : undefined
}
