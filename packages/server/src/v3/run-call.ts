import { type Access, type Deps, decideAccess, fixesOf, type OpenedSession } from '@latchkey/authority'
import {
  actionsOf,
  type CatalogueAction,
  CORE_FIDELITY,
  type DenyReason,
  type Diagnosis,
  diagnose,
  explain,
  findAction,
  isKnownService,
  LatchkeyError,
  type Problem,
  privilegeValues,
  type RequestFacts,
  type Session,
  SHARED_PERMISSIONS,
  sessionKind,
} from '@latchkey/core'
import {
  type ApiError,
  apiError,
  applyResponseProfile,
  type BodyNote,
  bindParameters,
  findActionSpec,
  type ParamTree,
  textAt,
} from '@latchkey/wire'
import type { JournalNote } from '../services/call.ts'
import { findService } from '../services/services.ts'
import { type Challenge, challengeOf } from './bearer.ts'
import { invalidSession } from './denials.ts'
import { refusalOf } from './failures.ts'
import type { V3Fidelity } from './fidelity.ts'
import type { NearMissSearches } from './near-miss-searches.ts'
import { ExchangeRefused } from './refusals.ts'

/** What all steps of one HTTP request share. */
export interface HttpFacts {
  readonly requestId: string
  readonly address: string
  readonly uri: string
  readonly isHttps: boolean
  readonly bodyNotes: readonly BodyNote[]
  /** Whether the client takes fields that the original does not have. */
  readonly wantsOurFields: boolean
  /** The session of the Authorization header, for calls that bring none of their own. */
  readonly bearer?: string | undefined
  /** There is such a header, with something else in it. */
  readonly hasOtherAuthorization?: boolean | undefined
  /** There are two, and they differ. */
  readonly hasTwoAuthorizations?: boolean | undefined
  /** Causes that a header tells, whatever comes of the calls. */
  readonly warnings?: readonly string[] | undefined
  readonly fidelity: V3Fidelity
  readonly nearMisses: NearMissSearches
  /** Told of a fault that is ours; the client learns no more than that there was one. */
  readonly onFault: (error: unknown) => void
}

export type CallOutcome = (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ApiError; readonly diagnosis: Diagnosis }
) & {
  /** `service.action` as the catalogue spells it, for the log. */
  readonly action?: string | undefined
  /** Any one of these opens the action. */
  readonly accepted?: readonly string[] | undefined
  readonly partnerId?: number | undefined
  /** Of the session's user. */
  readonly userId?: string | undefined
  /** Of the app token that the session came from. */
  readonly tokenId?: string | undefined
  /** What the call names as the id of an app token, in calls that are about one. */
  readonly requestedTokenId?: string | undefined
  /** As the client names itself. */
  readonly clientTag?: string | undefined
  readonly note?: JournalNote | undefined
  /** Causes that a header tells. */
  readonly warnings?: readonly string[] | undefined
  /** Which session and account a step ran under: the next one under the same is not judged again. */
  readonly identity?: string | undefined
  /** What a client is told that came with the session in a header. */
  readonly challenge?: Challenge | undefined
  /** Nobody was there to be let in. */
  readonly lacksSession?: boolean | undefined
  /** Under what it was found in the original's cache, where that is on. */
  readonly cachedAs?: string | undefined
}

const LANGUAGE = /^(?:[A-Z]{2}|MULTI)$/

/** One call through all gates, in the original's order. Never rejects. */
export async function runCall(
  deps: Deps,
  params: ParamTree,
  http: HttpFacts,
  previousIdentity?: string,
): Promise<CallOutcome> {
  const service = textAt(params, 'service') ?? ''
  const actionName = textAt(params, 'action') ?? ''
  const facts: RequestFacts = {
    service,
    action: actionName,
    requestId: http.requestId,
    now: deps.clock(),
    bodyNotes: http.bodyNotes,
    hasOtherAuthorization: http.hasOtherAuthorization,
    parameterNames: Object.keys(params),
    tokenId: textAt(params, 'id'),
    tokenHash: textAt(params, 'tokenHash'),
  }
  const refuse = (error: ApiError, problem: Problem, more: Partial<RequestFacts> = {}) =>
    ({ ok: false, error, diagnosis: diagnose(problem, { ...facts, ...more }) }) as const
  try {
    const named = nameAction(service, actionName, http.fidelity)
    if ('error' in named) return refuse(named.error, named.problem)
    return await runNamed(deps, params, http, named.action, facts, previousIdentity)
  } catch (error) {
    // A store that does not answer is told apart; anything else that gets here is a fault of ours.
    http.onFault(error)
    const code =
      error instanceof LatchkeyError && error.code === 'STORE_UNAVAILABLE'
        ? 'SERVICE_UNAVAILABLE'
        : 'INTERNAL_SERVERL_ERROR'
    return refuse(apiError(code), { kind: 'server-fault' })
  }
}

function nameAction(
  service: string,
  action: string,
  { showsOurs }: V3Fidelity,
): { action: CatalogueAction } | { error: ApiError; problem: Problem } {
  if (service === '') return { error: apiError('SERVICE_NOT_SPECIFIED'), problem: { kind: 'service-unknown' } }
  if (!isKnownService(service) || (!showsOurs && isOurs(service))) {
    return {
      error: apiError('SERVICE_DOES_NOT_EXISTS', { SRV_NAME: service.toLowerCase() }),
      problem: { kind: 'service-unknown' },
    }
  }
  if (action === '') return { error: apiError('ACTION_NOT_SPECIFIED'), problem: { kind: 'action-unknown' } }
  const found = findAction(service, action)
  if (found === undefined || !found.isFound) {
    const names = { ACTION_NAME: action.toLowerCase(), SERVICE_NAME: service.toLowerCase() }
    return { error: apiError('ACTION_DOES_NOT_EXISTS', names), problem: { kind: 'action-unknown' } }
  }
  return { action: found }
}

/** Whether the original has no service of that name. */
function isOurs(service: string): boolean {
  return actionsOf(service).every(({ kind }) => kind === 'ours')
}

async function runNamed(
  deps: Deps,
  params: ParamTree,
  http: HttpFacts,
  action: CatalogueAction,
  outer: RequestFacts,
  previousIdentity: string | undefined,
): Promise<CallOutcome> {
  const requestedPartnerId = requestedPartner(params)
  let about: Omit<CallOutcome, 'ok'> = {
    action: `${action.service}.${action.action}`,
    accepted: SHARED_PERMISSIONS.neededFor(action),
    clientTag: textAt(params, 'clientTag'),
    requestedTokenId: isAboutToken(action) ? textAt(params, 'id') : undefined,
    partnerId: requestedPartnerId,
  }
  let facts: RequestFacts = {
    ...outer,
    service: action.service,
    action: action.action,
    hasOwnershipGate: action.ownership !== undefined,
  }
  const refuse = (error: ApiError, problem: Problem) =>
    ({ ...about, ok: false, error, diagnosis: diagnose(problem, facts) }) as const

  const language = textAt(params, 'language')
  if (language !== undefined && language !== '' && !LANGUAGE.test(language.toUpperCase())) {
    return refuse(apiError('INVALID_LANGUAGE_CODE', { LANGUAGE_CODE: language }), {
      kind: 'parameter-invalid',
      name: 'language',
      accepted: 'two letters, or MULTI',
    })
  }

  const ownText = textAt(params, 'ks') || undefined
  const sessionText = ownText ?? http.bearer
  const areTwo = http.bearer !== undefined && ownText !== undefined && ownText !== http.bearer
  if (areTwo || http.hasTwoAuthorizations === true) {
    return {
      ...refuse(invalidSession('', -1, 'INVALID_STR'), areTwo ? SESSIONS_DIFFER : HEADERS_DIFFER),
      challenge: { error: 'invalid_request' },
    }
  }
  const challengeFor = (reason: DenyReason) => (http.bearer === undefined ? undefined : challengeOf(reason))
  const { isWidgetSession } = CORE_FIDELITY[http.fidelity.name]
  let opened: OpenedSession | undefined
  if (sessionText !== undefined) {
    facts = { ...facts, sessionText, sessionName: ownText === undefined ? BY_HEADER : undefined }
    const read = await readSession(deps, sessionText)
    if (read instanceof LatchkeyError) {
      const reason = read.code === 'SESSION_MALFORMED' ? 'malformed' : 'bad-signature'
      const refusal = refuse(http.fidelity.errorOfUnreadable(read, sessionText), {
        kind: 'deny',
        reason: { code: reason },
      })
      return { ...refusal, challenge: challengeFor({ code: reason }) }
    }
    opened = read
    const { session } = read
    facts = {
      ...facts,
      session: {
        kind: http.fidelity.showsOurs ? read.kind : sessionKind(session, isWidgetSession),
        partnerId: session.partnerId,
        type: session.type,
        hasUser: Boolean(session.userId),
        privileges: session.privileges,
      },
    }
    about = {
      ...about,
      partnerId: session.partnerId,
      // A widget session names the user 0, which is nobody.
      userId: facts.session?.kind === 'widget' ? undefined : session.userId,
      tokenId: read.tokenId,
    }
  }

  const { cache, rate } = http.fidelity
  const cacheKey = cache?.keyOf(deps.primitives, {
    action,
    params,
    session: opened?.session,
    isWidget: facts.session?.kind === 'widget',
    now: facts.now,
  })
  const cached = cacheKey === undefined ? undefined : cache?.find(cacheKey, facts.now)
  if (cached !== undefined) return cached
  const account = opened?.session.partnerId ?? requestedPartnerId ?? 0
  if (rate !== undefined && !rate.taken.take(String(account), rate.perMinute, facts.now)) {
    const reason = { code: 'rate' } as const
    return refuse(http.fidelity.errorOfDenial(reason, action), { kind: 'deny', reason })
  }

  const spec = findActionSpec(action.service, action.action)
  const bound = spec && bindParameters(spec, params, { now: referenceTime(opened?.session) ?? facts.now })
  if (bound?.ok === false) return kept(refuse(bound.error, parameterProblem(bound.error)))

  const identity = `${requestedPartnerId ?? ''}|${sessionText ?? ''}`
  const { decision, context, access } = await decideAccess(deps, {
    action,
    opened,
    sessionText,
    requestedPartnerId,
    address: http.address,
    uri: http.uri,
    isHttps: http.isHttps,
    resourceId: action.ownership && textAt(params, action.ownership.idParameter),
    countsCall: identity !== previousIdentity,
  })
  const accepted = access.held.index.neededFor(action)
  // Who has no call left has none for the next step either.
  const isSpent = decision.effect === 'deny' && decision.reason.code === 'actions-limit-used-up'
  const known = {
    ...about,
    accepted,
    partnerId: access.partnerId,
    identity: isSpent ? undefined : identity,
  }
  if (decision.effect === 'deny') {
    return kept({
      ...refuse(http.fidelity.errorOfDenial(decision.reason, action), {
        kind: 'deny',
        reason: decision.reason,
        text: explain(decision.reason, action),
        fixes: http.fidelity.showsOurs ? (await fixesOf(deps, action, decision, context)).fixes : [],
      }),
      ...known,
      challenge: challengeFor(decision.reason),
      lacksSession: decision.reason.code === 'no-session',
    })
  }
  const outcome = await carryOut(deps, access, params, action, bound?.values, facts, http)
  return kept({ ...outcome, ...known })

  function kept(outcome: CallOutcome): CallOutcome {
    if (cacheKey !== undefined) cache?.keep(cacheKey, action, outcome, facts.now)
    return outcome
  }
}

const SESSIONS_DIFFER: Problem = {
  kind: 'judged',
  stage: 'session-readable',
  cause: 'sessions-differ',
  saw: 'the Authorization header has one session, and the parameter ks another one; neither was looked at',
}

const BY_HEADER = 'the session in the Authorization header'

const HEADERS_DIFFER: Problem = {
  ...SESSIONS_DIFFER,
  saw: 'there are two Authorization headers, and they differ; neither was looked at',
}

function isAboutToken({ service }: CatalogueAction): boolean {
  return service === 'appToken' || service === 'latchkey_token'
}

/** What small numbers are relative to where a session says so, in place of the clock. */
function referenceTime(session: Session | undefined): number | undefined {
  const [text] = (session && privilegeValues(session, 'reftime')) ?? []
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}

type Bound = Extract<ReturnType<typeof bindParameters>, { ok: true }>['values']

async function carryOut(
  deps: Deps,
  access: Access,
  params: ParamTree,
  action: CatalogueAction,
  values: Bound | undefined,
  facts: RequestFacts,
  http: HttpFacts,
): Promise<CallOutcome> {
  const { wantsOurFields, fidelity } = http
  const run = findService(action.service, action.action)
  if (run === undefined || values === undefined) {
    const error = apiError('SERVICE_DOES_NOT_EXISTS', { SRV_NAME: action.service.toLowerCase() })
    return { ok: false, error, diagnosis: diagnose({ kind: 'not-in-sandbox' }, facts) }
  }
  let noted: JournalNote | undefined
  let warnings: readonly string[] | undefined
  const note = (more: JournalNote) => {
    noted = { ...noted, ...more }
  }
  const warn = (causes: readonly string[]) => {
    warnings = causes
  }
  try {
    const value = await run({ deps, access, values, params, wantsOurFields, fidelity, note, warn })
    return { ok: true, value: applyResponseProfile(value, params), note: noted, warnings }
  } catch (thrown) {
    const refusal = refusalOf(thrown, { facts, held: access.held })
    if (refusal === undefined) throw thrown
    const problem = await withSearch(refusal.problem, thrown, facts, http)
    return { ok: false, error: refusal.error, diagnosis: diagnose(problem, facts) }
  }
}

/** Of a wrong hash, what became of looking for the mistake. It is refused already; nothing that is found changes that. */
async function withSearch(problem: Problem, thrown: unknown, facts: RequestFacts, http: HttpFacts): Promise<Problem> {
  if (problem.kind !== 'exchange' || !(thrown instanceof ExchangeRefused) || thrown.search === undefined) return problem
  if (!http.fidelity.showsOurs) return problem
  try {
    return { ...problem, search: await http.nearMisses.find(http.address, facts.sessionText ?? '', thrown.search) }
  } catch (error) {
    http.onFault(error)
    return problem
  }
}

async function readSession(deps: Deps, text: string): Promise<OpenedSession | LatchkeyError> {
  try {
    return await deps.sessions.open(deps.store, deps.primitives, text)
  } catch (error) {
    if (error instanceof LatchkeyError && error.code.startsWith('SESSION_')) return error
    throw error
  }
}

/** `p` wins over `partnerId`. What is no whole number names no account, as casting it gives 0. */
function requestedPartner(params: ParamTree): number | undefined {
  const text = textAt(params, 'p') ?? textAt(params, 'partnerId')
  if (text === undefined || text === '') return undefined
  const id = Number.parseInt(text, 10)
  return Number.isSafeInteger(id) && id !== 0 ? id : undefined
}

function parameterProblem(error: ApiError): Problem {
  const name = error.args.PARAM_NAME ?? error.args.PROP_NAME ?? error.args.XML_FIELD ?? error.args.OBJ_TYPE ?? ''
  if (error.code === 'MISSING_MANDATORY_PARAMETER') return { kind: 'parameter-missing', name }
  return { kind: 'parameter-invalid', name }
}
