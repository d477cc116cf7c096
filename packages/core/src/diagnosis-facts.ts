import type { Fix } from './access/fixes.ts'
import type { HashType } from './app-token.ts'
import type { CauseId } from './causes/catalogue.ts'
import type { DenyReason, HeldPermission } from './decision.ts'
import type { ExchangeReason } from './exchange.ts'
import type { Rung } from './ladder.ts'
import type { HashSearch } from './near-miss/judge.ts'
import type { SessionKind } from './session.ts'
import type { EpochSeconds } from './time.ts'

/** What went wrong, in the words of whoever noticed. */
export type Problem =
  | {
      readonly kind: 'deny'
      readonly reason: DenyReason
      readonly text?: string | undefined
      readonly fixes?: readonly Fix[] | undefined
    }
  | {
      readonly kind: 'exchange'
      readonly code: ExchangeReason['code']
      readonly hashType?: HashType | undefined
      /** What became of looking for the mistake behind a wrong hash; absent is not looked for. */
      readonly search?: HashSearch | undefined
      readonly requestedId?: string | undefined
      readonly address?: string | undefined
    }
  | { readonly kind: 'parameter-missing'; readonly name: string }
  | { readonly kind: 'parameter-invalid'; readonly name: string; readonly accepted?: string | undefined }
  /** A parameter that names something which is not there, or not in that form. */
  | {
      readonly kind: 'name-unknown'
      readonly parameter: string
      readonly received: string
      readonly known?: readonly string[] | undefined
      readonly accepted?: string | undefined
    }
  | { readonly kind: 'field-not-writable'; readonly field: string }
  /** A question about somebody else, from a session that may ask about itself only. */
  | { readonly kind: 'about-others'; readonly held: readonly HeldPermission[] }
  | { readonly kind: 'beyond-maker'; readonly what: string }
  | { readonly kind: 'service-unknown' }
  | { readonly kind: 'action-unknown' }
  | { readonly kind: 'not-in-sandbox' }
  | { readonly kind: 'secret-wrong' }
  | { readonly kind: 'widget-unknown'; readonly id: string }
  | { readonly kind: 'session-role-unknown' }
  | { readonly kind: 'other-user' }
  | { readonly kind: 'object-not-found'; readonly what: string; readonly id?: string | undefined }
  | { readonly kind: 'value-taken'; readonly what: string }
  | { readonly kind: 'role-in-use' }
  | { readonly kind: 'limit'; readonly which: 'body' | 'headers' | 'steps' | 'time' | 'answer' }
  /** Judged by the door that it was noticed at. `saw` holds names, lengths and edges, never a secret. */
  | {
      readonly kind: 'judged'
      readonly stage: Rung
      readonly cause: CauseId
      readonly saw: string
      readonly remedy?: readonly string[] | undefined
    }
  | { readonly kind: 'request-malformed' }
  | { readonly kind: 'server-fault' }

/** What is known of the request. Nothing of it is repeated but names, lengths and edges. */
export interface RequestFacts {
  readonly service: string
  readonly action: string
  readonly requestId: string
  readonly now: EpochSeconds
  /** As it arrived; only its form is looked at. */
  readonly sessionText?: string | undefined
  /** What that was sent as; the parameter ks unless told. */
  readonly sessionName?: string | undefined
  /** Of a session whose signature was right. */
  readonly session?:
    | {
        readonly kind: SessionKind
        readonly partnerId: number
        readonly type: number
        readonly hasUser: boolean
        readonly privileges?: string
      }
    | undefined
  readonly hasOwnershipGate?: boolean | undefined
  /** Why a body was not read. */
  readonly bodyNotes?: readonly string[] | undefined
  /** There is an Authorization header, and no session that could be read from it. */
  readonly hasOtherAuthorization?: boolean | undefined
  /** Names of the parameters that arrived. */
  readonly parameterNames?: readonly string[] | undefined
  readonly tokenId?: string | undefined
  readonly tokenHash?: string | undefined
}
