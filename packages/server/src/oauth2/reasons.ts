import type { ClientMistake, DoorDenial, DoorReason } from '@latchkey/authority'
import {
  type CatalogueAction,
  type CauseId,
  explain,
  findAction,
  type NarrowingReason,
  type Problem,
} from '@latchkey/core'
import type { OauthErrorCode, Refusal } from './answers.ts'
import type { CredentialsReading } from './credentials.ts'

type Hint = Extract<CredentialsReading, { kind: 'client' }>['hint']

/** What a refusal depends on besides its reason. */
export interface DenialContext {
  /** What a session that is not taken is at this endpoint. */
  readonly sessionError: OauthErrorCode
  readonly otherSessionError: OauthErrorCode
  /** What was sent as the session. */
  readonly sessionText?: string | undefined
  readonly sessionName?: string | undefined
  readonly hint?: Hint
  /** Lengths of what was shown. */
  readonly shown?: string | undefined
}

/** A reason of the use cases, as OAuth2 tells it. */
export function refusalOfDenial({ reason, note }: DoorDenial, context: DenialContext): Refusal {
  return { note, ...placed(reason, context) }
}

function judged(stage: Extract<Problem, { kind: 'judged' }>['stage'], cause: CauseId, saw: string): Problem {
  return { kind: 'judged', stage, cause, saw }
}

/** By then the starts that were too many are a minute old. */
const RETRY_AFTER = { 'retry-after': '60' } as const

function placed(reason: DoorReason, context: DenialContext): Refusal {
  switch (reason.code) {
    case 'client-unproven':
      return { error: 'invalid_client', problem: judgeClient(reason.mistake, context) }
    case 'partner-differs': {
      const saw = `client_secret is right, but partner_id is ${reason.asked}, which the app token does not belong to`
      return { error: 'invalid_client', problem: judged('account', 'token-of-other-partner', saw) }
    }
    case 'login-refused':
      return {
        error: 'unauthorized_client',
        problem: { kind: 'deny', reason: reason.reason, text: explain(reason.reason, START_SESSION) },
      }
    case 'exchange': {
      const { code } = reason.reason
      const requestedId = 'tokenId' in reason.reason ? reason.reason.tokenId : reason.reason.requestedId
      const address = 'address' in reason.reason ? reason.reason.address : undefined
      const problem: Problem = { kind: 'exchange', code, requestedId, address }
      if (code === 'too-many-starts') {
        return { error: 'temporarily_unavailable', status: 429, headers: RETRY_AFTER, problem }
      }
      // Its value was changed, or it was deleted, between the two looks at it.
      if (code === 'token-not-found' || code === 'hash-mismatch') {
        return { error: 'invalid_client', problem: judgeClient(undefined, context) }
      }
      return { error: 'invalid_client', problem }
    }
    case 'scope-beyond': {
      const { dropped } = reason
      const saw = listed(dropped.map(({ scope, text }) => told(scope, text)))
      return { error: 'invalid_scope', problem: judged('permission', 'scope-beyond-token', saw), dropped }
    }
    case 'session-refused':
      return {
        error: context.sessionError,
        sessionText: context.sessionText,
        sessionName: context.sessionName,
        problem: { kind: 'deny', reason: reason.reason, text: explain(reason.reason, START_SESSION) },
      }
    case 'session-of-other': {
      const saw = reason.isOfNone
        ? 'client_secret is right, and so is the session, but that came from no app token at all'
        : 'client_secret is right, and so is the session, but that came from another app token'
      return { error: context.otherSessionError, problem: judged('session-alive', 'session-of-other-token', saw) }
    }
    case 'unsealable': {
      const saw = `what the app token gives by itself has a sign, such as a semicolon, that no session of version ${reason.version} can hold`
      return { error: 'unauthorized_client', problem: judged('parameters', 'parameter-invalid', saw) }
    }
    case 'not-narrowed':
      return { error: 'invalid_scope', problem: judgeNarrowing(reason.reasons) }
  }
}

const START_SESSION: Pick<CatalogueAction, 'service' | 'action'> = findAction('appToken', 'startSession') ?? {
  service: 'appToken',
  action: 'startSession',
}

/**
 * What whoever does not hold the right value is told: what the request itself shows, the same for an id that there is and for
 * one that there is not.
 */
function judgeClient(mistake: ClientMistake | undefined, { hint, shown = '' }: DenialContext): Problem {
  if (mistake !== undefined) return judgeMistake(mistake)
  if (hint !== undefined) return judged('secret', hint.cause, hint.saw)
  return judged('secret', 'client-credentials-wrong', shown)
}

function judgeMistake(mistake: ClientMistake): Problem {
  switch (mistake.kind) {
    case 'decorated': {
      const { where } = mistake
      const at = where === 'both' ? 'client_id and client_secret' : `client_${where}`
      const saw = `the value is right, but it came with ${list(mistake.with)} around ${at}`
      return judged('secret', 'client-secret-decorated', saw)
    }
    case 'not-encoded':
      return judged('secret', 'client-secret-not-encoded', 'the value is right as it stands there, and was not encoded')
    case 'encoded-twice':
      return judged('secret', 'client-secret-decorated', 'the value is right, but was percent-encoded once too often')
    case 'upper-case':
      return judged('secret', 'client-secret-decorated', 'the value is right, but was sent in capital letters')
  }
}

function judgeNarrowing(reasons: readonly NarrowingReason[]): Problem {
  const wider = reasons.flatMap((reason) => (reason.code === 'wider' ? [told(reason.scope, reason.text)] : []))
  if (wider.length > 0) return judged('permission', 'scope-wider', listed(wider))
  const [first] = reasons
  const saw =
    first?.code === 'too-deep'
      ? `the session was narrowed ${first.most} times already, one from the other`
      : first?.code === 'unsealable'
        ? 'its privileges cannot be written into another session as they are'
        : 'fewer actions, a shorter time or one address: nothing of it was asked for'
  return judged('permission', 'scope-not-narrower', saw)
}

function list(words: readonly string[]): string {
  return words.join(' and ')
}

/** Sentences that name what they are about say it once. */
function told(scope: string, text: string): string {
  const isNamed = text.startsWith(scope) || (scope.startsWith('priv:') && text.startsWith(`"${scope.slice(5)}"`))
  return isNamed ? text : `${scope}: ${text}`
}

const MOST_SHOWN = 5

function listed(sentences: readonly string[]): string {
  const more = sentences.length > MOST_SHOWN ? `; and ${sentences.length - MOST_SHOWN} more` : ''
  return `${sentences.slice(0, MOST_SHOWN).join('; ')}${more}`
}
