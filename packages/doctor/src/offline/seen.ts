import type { CauseId, EpochSeconds, TokenRecord } from '@latchkey/core'
import type { Fields } from './read/fields.ts'

/** An app token as somebody wrote it down, or is about to make it. */
export interface SeenToken {
  readonly where: string
  readonly record: TokenRecord
  readonly createdAt?: EpochSeconds | undefined
  /** Its secret, where it was pasted along and is not masked. */
  readonly value?: string | undefined
  /** As it stood there; absent where it was not there or masked. */
  readonly id?: string | undefined
  /** False for what a request is about to make or to change. */
  readonly isStored: boolean
  /** An expiry that is no number, as it stood there. */
  readonly oddExpiry?: string | undefined
}

/** One call, also one of several that went together. */
export interface SeenRequest {
  readonly where: string
  readonly service?: string | undefined
  readonly action?: string | undefined
  /** As a server that reads everything would read them. */
  readonly params: Fields
  readonly scheme?: string | undefined
  /** With the port. */
  readonly host?: string | undefined
  /** Percent-encoded, with the query string. */
  readonly uri?: string | undefined
  /** As it was sent; empty where it was not. Absent where that is not known. */
  readonly contentType?: string | undefined
  readonly hasBody: boolean
  /** Whether the session string stood in the URL. */
  readonly isSessionInUrl: boolean
  /** A session in the header Authorization, which the original does not look at. */
  readonly hasBearer: boolean
  /** By the client's clock. */
  readonly sentAt?: number | undefined
  /** What came back, where that is there too. */
  readonly response?: SeenResponse | undefined
}

export interface SeenResponse {
  readonly where: string
  /** Absent where only the body is there. */
  readonly status?: number | undefined
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly form: 'json' | 'xml' | 'php' | 'text' | 'empty'
  readonly error?: SeenError | undefined
  readonly fields?: Fields | undefined
  /** A text that is all of the result, such as a session string. */
  readonly text?: string | undefined
}

export interface SeenError {
  readonly code: string
  readonly message: string
  readonly args: ReadonlyMap<string, string>
  /** What a Latchkey says itself. */
  readonly diagnosed?: { readonly cause: CauseId; readonly saw: string } | undefined
}

/** A bare session string or hash. */
export interface SeenText {
  readonly where: string
  readonly text: string
}

export interface SeenSetting {
  readonly where: string
  readonly name: string
  readonly value: string
}

/** What a paste was taken for. */
export type PasteShape =
  | 'app token'
  | 'request'
  | 'curl command'
  | 'response'
  | 'settings'
  | 'HAR'
  | 'session string'
  | 'hash'
  | 'several things'
  | 'nothing known'
  | 'too much'

/** All that was found in a paste. Plain data. It holds whatever secrets were pasted: it is for checks, not for printing. */
export interface Recognised {
  readonly shape: PasteShape
  readonly tokens: readonly SeenToken[]
  /** In the order in which they were made. */
  readonly requests: readonly SeenRequest[]
  /** Those that no request goes with. */
  readonly responses: readonly SeenResponse[]
  readonly sessions: readonly SeenText[]
  readonly hashes: readonly SeenText[]
  readonly settings: readonly SeenSetting[]
}
