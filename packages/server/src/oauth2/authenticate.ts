import { type DoorDenial, looksLikeTokenId } from '@latchkey/authority'
import type { Refusal } from './answers.ts'
import type { Answered, FailureBudgets, OauthCall } from './call.ts'
import { type CredentialsReading, readCredentials } from './credentials.ts'
import { type DenialContext, refusalOfDenial } from './reasons.ts'

export type ShownClient = Extract<CredentialsReading, { kind: 'client' }>
export type Shown = Exclude<CredentialsReading, { kind: 'refuse' }>

/** Who asks, or why that cannot be told from the request. */
export function authenticate({ authorization, fields }: OauthCall): Shown | { readonly refusal: Refusal } {
  const read = readCredentials(authorization, fields)
  if (read.kind !== 'refuse') return read
  const { error, cause, saw } = read
  const stage = error === 'invalid_request' ? 'parameters' : 'secret'
  return { refusal: { error, problem: { kind: 'judged', stage, cause, saw } } }
}

/** As {@link authenticate}, where only an app token will do. */
export function authenticateClient(call: OauthCall): ShownClient | { readonly refusal: Refusal } {
  const shown = authenticate(call)
  if ('refusal' in shown || shown.kind === 'client') return shown
  const saw = 'the Authorization header has Bearer; this endpoint takes the id and the value of an app token'
  const problem = { kind: 'judged', stage: 'secret', cause: 'client-credentials-missing', saw } as const
  return { refusal: { error: 'invalid_client', problem } }
}

/** A denial on the wire. Wrong credentials are counted, and beyond their number answered with how long to wait. */
export function denied(
  denial: DoorDenial,
  call: OauthCall,
  shown: ShownClient | undefined,
  context: Pick<DenialContext, 'sessionError' | 'otherSessionError' | 'sessionText' | 'sessionName'>,
): Answered {
  const lengths = shown && lengthsOf(shown)
  const refusal = refusalOfDenial(denial, { ...context, hint: shown?.hint, shown: lengths })
  if (denial.reason.code !== 'client-unproven' || shown === undefined) return { refusal }
  // Who sends it as it should not be sent holds the right value, and has to learn what is wrong with it.
  if (denial.reason.mistake !== undefined) return { refusal }
  const wait = overBudget(call.failures, call.place.address, shown.credentials.id)
  if (wait === undefined) return { refusal }
  const saw = `${lengths}; from this address came more wrong ones than are told apart`
  return {
    refusal: {
      ...refusal,
      error: 'temporarily_unavailable',
      status: 429,
      headers: { 'retry-after': String(wait) },
      problem: { kind: 'judged', stage: 'secret', cause: 'too-many-wrong-secrets', saw },
      isRepeated: true,
    },
  }
}

function lengthsOf({ credentials: { id, secret } }: ShownClient): string {
  return `client_id has ${characters(id)}, client_secret ${characters(secret)}`
}

function characters({ length }: string): string {
  return length === 1 ? '1 character' : `${length} characters`
}

/** Seconds to wait; undefined where there is something left. What is no id is not counted apart. */
function overBudget({ ofAddress, ofToken }: FailureBudgets, address: string, id: string): number | undefined {
  const isOver = !ofAddress.take(address)
  if (isOver) return ofAddress.secondsForOne
  const isTokenOver = looksLikeTokenId(id) && !ofToken.take(address, id.trim())
  return isTokenOver ? ofToken.secondsForOne : undefined
}
