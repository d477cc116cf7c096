import { learnClock } from './clock.ts'
import { isLatchkey, serviceUrl } from './connection.ts'
import type { JsonObject } from './json.ts'
import { isObject } from './json.ts'
import { type Outcome, readOutcome } from './outcome.ts'
import { rememberCall } from './recent-calls.ts'
import { isSecretName, isSessionString, noteSecret } from './secrets.ts'

export interface CallRequest {
  readonly service: string
  readonly action: string
  readonly params?: JsonObject | undefined
  /** A session string; left out, the call is made without one. For the signed-in session use `callSignedIn`. */
  readonly ks?: string | undefined
  /** A call that the person chose, rather than the page: it counts among those made here. */
  readonly isPersons?: boolean | undefined
  /** To another endpoint than the connected one. */
  readonly serviceUrl?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** A call as it went over the wire, with secrets: show it only through `Exchange`, which masks them. */
export interface Made {
  readonly request: {
    readonly method: 'POST'
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: JsonObject
  }
  /** Milliseconds of this machine's clock. */
  readonly sentAt: number
  readonly tookMs: number
  readonly reply?:
    | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
    | undefined
  readonly outcome: Outcome
}

const TIMEOUT_MS = 30_000

/** One v3 call with a JSON body. Never rejects: what goes wrong is an outcome. */
export async function call(request: CallRequest): Promise<Made> {
  const { service, action, params = {}, ks } = request
  const base = request.serviceUrl ?? serviceUrl.value
  const url = `${base}/api_v3/service/${encodeURIComponent(service)}/action/${encodeURIComponent(action)}`
  const body: JsonObject = { format: 1, ...(ks !== undefined && { ks }), ...params }
  // Only where it is known to be taken: elsewhere a header of ours would fail the preflight.
  const extras = isLatchkey.value === true && isConnected(base) ? { 'x-latchkey-fields': '1' } : {}
  const headers: Record<string, string> = { accept: 'application/json', 'content-type': 'application/json', ...extras }
  noteSecretsIn(body)
  const sentAt = Date.now()
  const made = { method: 'POST', url, headers, body } as const
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const signal = request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout])
  let done: Made
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal,
    })
    const text = await response.text()
    const receivedAt = Date.now()
    // An answer of an endpoint that was left meanwhile says nothing of the one that is connected now.
    if (isConnected(base)) {
      learnClock(response.headers.get('date'), sentAt, receivedAt)
      isLatchkey.value = response.headers.has('x-latchkey-request')
    }
    const outcome = readOutcome(response.status, text)
    if (outcome.kind === 'result') noteSecretsIn(outcome.value)
    done = {
      request: made,
      sentAt,
      tookMs: receivedAt - sentAt,
      reply: { status: response.status, headers: Object.fromEntries(response.headers), body: text },
      outcome,
    }
  } catch {
    done = { request: made, sentAt, tookMs: Date.now() - sentAt, outcome: noAnswer(request, timeout) }
  }
  if (request.isPersons === true) {
    const kind = done.outcome.kind
    rememberCall({
      service,
      action,
      at: Math.floor(sentAt / 1_000),
      outcome: kind === 'result' || kind === 'refused' ? kind : 'other',
    })
  }
  return done
}

function isConnected(base: string): boolean {
  return base === serviceUrl.value
}

function noAnswer(request: CallRequest, timeout: AbortSignal): Outcome {
  if (request.signal?.aborted === true) return { kind: 'no-answer', why: 'stopped', text: 'You stopped this call.' }
  if (timeout.aborted) {
    return { kind: 'no-answer', why: 'timeout', text: `No answer within ${TIMEOUT_MS / 1_000} seconds.` }
  }
  if (typeof navigator !== 'undefined' && navigator.onLine === false) {
    return {
      kind: 'no-answer',
      why: 'offline',
      text: 'This machine is offline. Nothing was sent; try again when it is back.',
    }
  }
  return {
    kind: 'no-answer',
    why: 'unreachable',
    text: 'No answer came. The server is not running, the address is wrong, or it does not allow calls from other pages (CORS).',
  }
}

/** Session strings, token values and secrets anywhere in a value. */
function noteSecretsIn(value: unknown, depth = 0): void {
  if (depth > 8) return
  if (Array.isArray(value)) {
    for (const item of value) noteSecretsIn(item, depth + 1)
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      if (typeof item === 'string' && isSecretName(name)) noteSecret(item)
      else noteSecretsIn(item, depth + 1)
    }
  } else if (typeof value === 'string' && isSessionString(value)) {
    noteSecret(value)
  }
}
