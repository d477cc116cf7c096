import type { CallPlace, Deps, DoorNote } from '@latchkey/authority'
import type { AddressBudget } from '../address-budget.ts'
import type { Refusal } from './answers.ts'
import type { Fields } from './form.ts'

/** One request at an endpoint, once it has been read. */
export interface OauthCall {
  readonly deps: Deps
  readonly authorization: string | undefined
  readonly fields: Fields
  readonly place: CallPlace
  /** Of requests with wrong credentials. */
  readonly failures: FailureBudgets
  /** What this server calls itself. */
  readonly issuer: string
}

/** What an endpoint answers with, or why it does not. */
export type Answered =
  | {
      readonly body: object
      readonly note: DoorNote
      /** There was nothing to do. */
      readonly isIdle?: boolean | undefined
    }
  | { readonly refusal: Refusal }

/**
 * How many wrong requests are told apart and written down: of one address, and of one address about one app token. Whoever
 * shows the right value is never counted and never refused by them, so that nobody can lock an owner out.
 */
export interface FailureBudgets {
  readonly ofAddress: AddressBudget
  readonly ofToken: AddressBudget
  /** Of one address, with requests that are refused before anybody is looked for. */
  readonly ofUnread: AddressBudget
}

export function missing(name: string, more = ''): Answered {
  const problem = {
    kind: 'judged',
    stage: 'parameters',
    cause: 'parameter-missing',
    saw: `${name} is missing${more}`,
  } as const
  return { refusal: { error: 'invalid_request', problem } }
}

export function invalid(name: string, accepted: string): Answered {
  const saw = `${name} has a value that is not taken; accepted is ${accepted}`
  const problem = { kind: 'judged', stage: 'parameters', cause: 'parameter-invalid', saw } as const
  return { refusal: { error: 'invalid_request', problem } }
}
