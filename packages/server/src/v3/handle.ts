import type { Deps } from '@latchkey/authority'
import { diagnose, type Problem } from '@latchkey/core'
import {
  type ApiError,
  apiError,
  HTTP_STATUS,
  type HttpRequest,
  isCallback,
  MOST_STEPS,
  type Outcome,
  parseFormat,
  propertyNames,
  readRequest,
  readSteps,
  resolveReferences,
  textAt,
  type WireRequest,
  writeResponse,
} from '@latchkey/wire'
import { challengeText } from './bearer.ts'
import { keepJournal } from './journal.ts'
import { type CallOutcome, type HttpFacts, runCall } from './run-call.ts'

export interface V3Reply {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
  /** For the log: one a call. */
  readonly outcomes: readonly CallOutcome[]
}

export interface V3Options {
  readonly usesHttpStatus: boolean
}

/** One HTTP request in, one reply out: single calls and multirequests, in every format. Never rejects. */
export async function handleV3(
  deps: Deps,
  request: HttpRequest,
  http: HttpFacts,
  options: V3Options,
): Promise<V3Reply> {
  const startedAt = performance.now()
  const wire = readRequest(request, http.fidelity.json)
  if (wire === undefined) {
    // Without the body, so that the refusal comes in the format that the URL asks for.
    const { path, query } = request
    const problem = { kind: 'request-malformed' } as const
    return refuseRequest(deps, { path, query }, http, apiError('REQUEST_MALFORMED'), problem, options)
  }
  const unusable = unusableFormat(wire)
  if (unusable !== undefined) return emptyReply(unusable)
  const facts = { ...http, bodyNotes: wire.bodyNotes }
  if (!wire.isMulti) {
    const outcome = await runCall(deps, wire.params, facts)
    const [kept = outcome] = await keepJournal(deps, [outcome], http)
    return reply(wire, [kept], kept, startedAt, http, options)
  }
  const steps = readSteps(wire.params)
  if (steps.length > MOST_STEPS) {
    const outcome = refused(deps, facts, apiError('TOO_MANY_STEPS', { MAX: MOST_STEPS }), {
      kind: 'limit',
      which: 'steps',
    })
    await keepJournal(deps, [outcome], http)
    return reply(wire, [outcome], outcome, startedAt, http, options)
  }
  const outcomes: CallOutcome[] = []
  const results: unknown[] = []
  let size = 0
  for (const step of steps) {
    const outcome =
      size > LARGEST_ANSWER
        ? refused(deps, facts, apiError('RESPONSE_TOO_LARGE', { MAX_BYTES: LARGEST_ANSWER }), LIMITED)
        : await runCall(deps, resolveReferences(step, results), facts, outcomes.at(-1)?.identity)
    const value = outcome.ok ? outcome.value : undefined
    outcomes.push(outcome)
    results.push(value)
    size += JSON.stringify(value)?.length ?? 0
  }
  return reply(wire, await keepJournal(deps, outcomes, http), undefined, startedAt, http, options)
}

/** So much the steps of a multirequest may answer together; what follows is not carried out. */
const LARGEST_ANSWER = 8 * 2 ** 20
const LIMITED = { kind: 'limit', which: 'answer' } as const

/** What is known of a request that could not be read. */
const EMPTY: WireRequest = { params: Object.create(null), isMulti: false, bodyNotes: [] }

/** An answer to a request that never became a call: too large, too slow, not HTTP. In the format of its URL. */
export async function refuseRequest(
  deps: Deps,
  request: Pick<HttpRequest, 'path' | 'query'>,
  http: HttpFacts,
  error: ApiError,
  problem: Problem,
  options: V3Options,
): Promise<V3Reply> {
  const outcome = refused(deps, http, error, problem)
  await keepJournal(deps, [outcome], http)
  const wire = readRequest(request)
  const unusable = wire && unusableFormat(wire)
  if (unusable !== undefined) return emptyReply(unusable)
  return reply(wire ?? EMPTY, [outcome], outcome, performance.now(), http, options)
}

function refused(deps: Deps, http: HttpFacts, error: ApiError, problem: Problem): CallOutcome {
  const facts = { service: '', action: '', requestId: http.requestId, now: deps.clock() }
  return { ok: false, error, diagnosis: diagnose(problem, facts) }
}

function unusableFormat(wire: WireRequest): ApiError | undefined {
  const format = parseFormat(wire.format)
  if (format === undefined) return apiError('UNKNOWN_RESPONSE_FORMAT', { FORMAT: wire.format ?? '' })
  if (format !== 'jsonp') return undefined
  if (!wire.callback) return apiError('MANDATORY_PARAMETER_MISSING', { PARAM_NAME: 'callback' })
  return isCallback(wire.callback) ? undefined : apiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'callback' })
}

/** The original says it in headers only: there is no format to say it in. */
function emptyReply(error: ApiError): V3Reply {
  const headers = {
    'x-kaltura': `error- ${error.code}`,
    'x-kaltura-app': headerText(`exiting on error ${error.code} - ${error.message}`),
  }
  return { status: 200, headers, body: '', outcomes: [] }
}

function reply(
  wire: WireRequest,
  outcomes: readonly CallOutcome[],
  single: CallOutcome | undefined,
  startedAt: number,
  { fidelity, warnings }: HttpFacts,
  options: V3Options,
): V3Reply {
  const executionSeconds = (performance.now() - startedAt) / 1000
  const written = fidelity.showsOurs ? diagnosed : bare
  const { body, contentType } = writeResponse({
    format: parseFormat(wire.format) ?? 'xml',
    callback: wire.callback,
    ...(single === undefined ? { results: outcomes.map(written) } : { result: written(single) }),
    classes: propertyNames,
    ignoreNull: ['1', 'true'].includes(textAt(wire.params, 'ignoreNull') ?? ''),
    executionSeconds,
  })
  const headers: Record<string, string> = {}
  if (contentType !== undefined) headers['content-type'] = contentType
  if (fidelity.takesContentType) setContentType(headers, textAt(wire.params, 'content-type'))
  if (single !== undefined && fidelity.showsOurs) addOurHeaders(headers, single, options)
  if (warnings !== undefined) addWarnings(headers, warnings)
  if (single !== undefined) addCallHeaders(headers, single, executionSeconds)
  return { status: statusOf(single, options), headers, body, outcomes }
}

function diagnosed(outcome: CallOutcome): Outcome {
  return outcome.ok
    ? { ok: true, value: outcome.value ?? null }
    : { ok: false, error: outcome.error, diagnosis: outcome.diagnosis }
}

function bare(outcome: CallOutcome): Outcome {
  return outcome.ok ? { ok: true, value: outcome.value ?? null } : { ok: false, error: outcome.error }
}

const MEDIA_TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,60}(?:; ?[\w-]{1,30}=[\w-]{1,30})?$/

/** As the original does, but for what a browser would do with it: no script of an answer runs. */
function setContentType(headers: Record<string, string>, type: string | undefined): void {
  if (type === undefined || !MEDIA_TYPE.test(type)) return
  headers['content-type'] = type
  headers['content-security-policy'] = "default-src 'none'; sandbox"
}

/** By then the starts that were too many are a minute old. */
const RETRY_AFTER_SECONDS = '60'

function addOurHeaders(headers: Record<string, string>, outcome: CallOutcome, options: V3Options): void {
  if (outcome.accepted !== undefined) headers['x-latchkey-accepted-permissions'] = namesText(outcome.accepted)
  if (outcome.warnings !== undefined && outcome.warnings.length > 0) addWarnings(headers, outcome.warnings)
  if (outcome.ok) return
  // A status 401 says nothing without it; and whoever came with none learns by it that this is a way to send one.
  const isDue = options.usesHttpStatus && (outcome.lacksSession === true || HTTP_STATUS[outcome.error.code] === 401)
  if (outcome.challenge !== undefined || isDue) {
    headers['www-authenticate'] = challengeText(outcome.challenge, outcome.diagnosis)
  }
  if (outcome.diagnosis.cause.id === 'too-many-starts') headers['retry-after'] = RETRY_AFTER_SECONDS
}

function addWarnings(headers: Record<string, string>, causes: readonly string[]): void {
  const before = headers['x-latchkey-warnings']
  headers['x-latchkey-warnings'] = [...(before === undefined ? [] : [before]), ...causes].join('; ')
}

function addCallHeaders(headers: Record<string, string>, outcome: CallOutcome, seconds: number): void {
  if (outcome.cachedAs !== undefined) {
    headers['x-kaltura'] = `cached-dispatcher,${outcome.cachedAs},${seconds.toFixed(4)}`
    return
  }
  if (outcome.ok || outcome.error.code !== 'SERVICE_FORBIDDEN') return
  headers['x-kaltura'] = 'error-SERVICE_FORBIDDEN'
  headers['x-kaltura-app'] = headerText(`exiting on error SERVICE_FORBIDDEN - ${outcome.error.message}`)
}

function statusOf(single: CallOutcome | undefined, options: V3Options): number {
  if (!options.usesHttpStatus || single === undefined || single.ok) return 200
  return HTTP_STATUS[single.error.code]
}

/** Proxies refuse replies whose headers are longer than a few thousand characters. */
const LONGEST_NAMES = 2_000

/** The lists stay the same objects until an account's permissions change. */
const texts = new WeakMap<readonly string[], string>()

/** Whole names, as many as there is room for: an account may have any number of permissions that open one action. */
function namesText(names: readonly string[]): string {
  const kept = texts.get(names)
  if (kept !== undefined) return kept
  let text = ''
  for (const name of names) {
    const longer = text === '' ? name : `${text}; ${name}`
    if (longer.length > LONGEST_NAMES) break
    text = longer
  }
  const plain = asciiOf(text)
  texts.set(names, plain)
  return plain
}

/** A header holds visible ASCII; what a client sent may hold anything. */
function headerText(text: string): string {
  return asciiOf(text).slice(0, 500)
}

function asciiOf(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?')
}
