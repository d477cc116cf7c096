import { bodyText, type Refusal, readAnswer } from '@latchkey/wire/answer'

export {
  callsIn,
  fixesIn,
  type Refusal,
  refusalIn,
  type Told,
  type ToldCall,
  type ToldFix,
} from '@latchkey/wire/answer'

export type Outcome =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** An answer that is not the API's: a page of a proxy, say. */
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'no-answer'
      readonly why: 'offline' | 'unreachable' | 'timeout' | 'stopped'
      readonly text: string
    }

const SHOWN = 200

/** Reads the body of an answer. Never throws. */
export function readOutcome(status: number, body: string): Outcome {
  const answer = readAnswer(status, body)
  if (answer.kind === 'result') return answer
  if (answer.kind === 'refused') return { kind: 'refused', refusal: answer.refusal }
  const { found } = answer
  if (found === 'JSON') {
    return { kind: 'unreadable', why: `The server answered ${status}: ${bodyText(body).slice(0, SHOWN)}` }
  }
  const hint = found === 'nothing in it' ? '' : ' This address is probably not a v3 endpoint.'
  return { kind: 'unreadable', why: `The server answered ${status} with ${found}.${hint}` }
}
