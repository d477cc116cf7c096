import type { Diagnosis } from './diagnosis.ts'

/** As `ErrorOptions` of ES2022, which not every project's `lib` has. */
interface Cause {
  readonly cause?: unknown
}

/** The one class that all errors of the SDK are of. Go by `code`, never by `message`. No secret is in any of them. */
export class LatchkeyClientError extends Error {
  override readonly name: string = 'LatchkeyClientError'
  readonly code: string

  constructor(code: string, message: string, options?: Cause) {
    super(message, options)
    this.code = code
  }
}

/** What a refusal holds, as {@link LatchkeyCallError} has it. */
export interface Refusal {
  readonly service: string
  readonly action: string
  /** HTTP status; servers of this protocol mostly refuse with 200. */
  readonly status: number
  readonly code: string
  readonly message: string
  readonly args: Readonly<Record<string, string>>
  readonly diagnosis?: Diagnosis | undefined
  /** The server's own name of the request, to quote it to whoever runs the server. */
  readonly requestId?: string | undefined
}

/** The server refused a call, which was therefore not carried out. `code` is the server's. */
export class LatchkeyCallError extends LatchkeyClientError {
  override readonly name: string = 'LatchkeyCallError'
  readonly service: string
  readonly action: string
  readonly status: number
  /** By the names that the message has them under. */
  readonly args: Readonly<Record<string, string>>
  readonly diagnosis: Diagnosis | undefined
  readonly requestId: string | undefined

  constructor(refusal: Refusal) {
    super(refusal.code, refusal.message)
    this.service = refusal.service
    this.action = refusal.action
    this.status = refusal.status
    this.args = refusal.args
    this.diagnosis = refusal.diagnosis
    this.requestId = refusal.requestId
  }
}

/** The login was refused: id, value or hash type of the app token, the account, or the app token's own state. */
export class LatchkeyLoginError extends LatchkeyCallError {
  override readonly name: string = 'LatchkeyLoginError'
  /** What the credentials themselves show to be wrong, where they do: seen here, and so also without a diagnosis. */
  readonly hint: string | undefined

  constructor(refusal: Refusal, hint?: string | undefined) {
    super(refusal)
    this.hint = hint
  }
}

export type NoAnswerCode = 'UNREACHABLE' | 'TIMEOUT'

/**
 * No answer came. Whether the call was carried out is not known, so it was not tried again. What an `AbortSignal` ended is
 * not this: its own reason is thrown.
 */
export class LatchkeyNoAnswerError extends LatchkeyClientError {
  override readonly name: string = 'LatchkeyNoAnswerError'
  declare readonly code: NoAnswerCode

  constructor(code: NoAnswerCode, message: string) {
    super(code, message)
  }
}

export type AnswerErrorCode =
  | 'HTTP_STATUS'
  | 'NOT_JSON'
  | 'REDIRECTED'
  | 'UNEXPECTED_ANSWER'
  /** A multirequest was answered without a place for the step. */
  | 'STEP_NOT_ANSWERED'
  /** A session that had ended when it was issued. */
  | 'SESSION_DEAD'

/** What came is no answer of this protocol, or one that nothing can be done with. */
export class LatchkeyAnswerError extends LatchkeyClientError {
  override readonly name: string = 'LatchkeyAnswerError'
  declare readonly code: AnswerErrorCode
  readonly status: number

  constructor(code: AnswerErrorCode, message: string, status: number) {
    super(code, message)
    this.status = status
  }
}

export type UsageErrorCode =
  | 'OPTIONS_INVALID'
  | 'NAME_INVALID'
  | 'TOKEN_VALUE_UNAVAILABLE'
  | 'SESSION_CLOSED'
  | 'BODY_UNSUPPORTED'
  | 'ALREADY_SENT'
  | 'NOT_SENT'

/** The SDK was used in a way that cannot work. */
export class LatchkeyUsageError extends LatchkeyClientError {
  override readonly name: string = 'LatchkeyUsageError'
  declare readonly code: UsageErrorCode

  constructor(code: UsageErrorCode, message: string, options?: Cause) {
    super(code, message, options)
  }
}

/** An option that is not what it must be. */
export function invalid(option: string, wanted: string): LatchkeyUsageError {
  return new LatchkeyUsageError('OPTIONS_INVALID', `${option} must be ${wanted}`)
}
