import type { DoorNote, DroppedScope } from '@latchkey/authority'
import { type Diagnosis, diagnose, type Problem } from '@latchkey/core'

/** Of RFC 6749 (section 5.2), RFC 8693 and RFC 6750; `temporarily_unavailable` and `server_error` as section 4.1.2.1 has them. */
export type OauthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_token'
  | 'temporarily_unavailable'
  | 'server_error'

const STATUS: Readonly<Record<OauthErrorCode, number>> = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  invalid_token: 401,
  temporarily_unavailable: 503,
  server_error: 500,
}

export interface Refusal {
  readonly error: OauthErrorCode
  readonly problem: Problem
  /** Where it is another one than the error's own. */
  readonly status?: number | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly dropped?: readonly DroppedScope[] | undefined
  readonly note?: DoorNote | undefined
  /** What was sent as a session, where that is what is refused; only its form is looked at. */
  readonly sessionText?: string | undefined
  /** What that was sent as. */
  readonly sessionName?: string | undefined
  /** Told often enough already: no line in the journal. */
  readonly isRepeated?: boolean | undefined
}

export interface OauthReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: object
  readonly note: DoorNote
  /** There was nothing to do, so that there is nothing to write down. */
  readonly isIdle?: boolean | undefined
  /** Absent for what was answered as asked. */
  readonly refused?:
    | { readonly error: OauthErrorCode; readonly diagnosis: Diagnosis; readonly isRepeated: boolean }
    | undefined
}

const CHALLENGES: Readonly<Partial<Record<OauthErrorCode, string>>> = {
  invalid_client: 'Basic realm="latchkey", charset="UTF-8"',
}

/** What a refusal is told with. */
export interface RefusalFacts {
  /** `token`, `introspect` or `revoke`. */
  readonly endpoint: string
  readonly requestId: string
  readonly now: number
}

export function refusedReply(refusal: Refusal, { endpoint, ...facts }: RefusalFacts): OauthReply {
  const { error, problem, dropped, sessionText, sessionName, note = {} } = refusal
  const diagnosis = diagnose(problem, { ...facts, sessionText, sessionName, service: 'oauth2', action: endpoint })
  const description = descriptionOf(diagnosis)
  const challenge =
    error === 'invalid_token'
      ? `Bearer realm="latchkey", error="invalid_token", error_description="${description}"`
      : CHALLENGES[error]
  return {
    status: refusal.status ?? STATUS[error],
    headers: { ...(challenge !== undefined && { 'www-authenticate': challenge }), ...refusal.headers },
    body: {
      error,
      error_description: description,
      diagnosis: { ...diagnosis, ...(dropped !== undefined && { dropped }) },
    },
    note,
    refused: { error, diagnosis, isRepeated: refusal.isRepeated === true },
  }
}

const LONGEST = 500

/** In the signs that RFC 6749 allows there. */
export function descriptionOf({ cause: { title, saw } }: Pick<Diagnosis, 'cause'>): string {
  return `${title}: ${saw}`
    .replaceAll('"', "'")
    .replaceAll('’', "'")
    .replaceAll('…', '...')
    .replaceAll(/[^\x20-\x7e]|\\/g, '?')
    .slice(0, LONGEST)
}
