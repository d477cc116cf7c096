import type { Fix } from './access/fixes.ts'
import { actionsOf, SERVICES, servicesNamedAlike } from './catalogue/actions.ts'
import { CAUSES, type CauseId, docsOf } from './causes/catalogue.ts'
import type { HeldPermission } from './decision.ts'
import { judgeDenial } from './diagnosis-denial.ts'
import type { Problem, RequestFacts } from './diagnosis-facts.ts'
import { nearestName, showable } from './diagnosis-text.ts'
import { ladderOf, passedBefore, type Rung } from './ladder.ts'
import { judgeHash } from './near-miss/judge.ts'
import type { EpochSeconds } from './time.ts'

/** What accompanies every refusal. Its names are part of the API; what does not apply is left out. */
export interface Diagnosis {
  /** The rung where it stopped. */
  readonly stage: Rung
  /** Rungs that were proven good, in order. */
  readonly passed: readonly Rung[]
  readonly cause: {
    readonly id: CauseId
    readonly title: string
    /** Names, lengths and edges; never a secret. */
    readonly saw: string
    readonly remedy: readonly string[]
    readonly docs: string
  }
  /** When a hash shows several at once, in the order in which they were made; the first is the cause. */
  readonly mistakes?: readonly CauseId[]
  /** Permissions of which any one would do. */
  readonly needed?: readonly string[]
  readonly held?: readonly HeldPermission[]
  /** The smallest first; left out where no change of permissions or privileges helps. */
  readonly fixes?: readonly Fix[]
  readonly requestId: string
  readonly serverTime: EpochSeconds
}

/** A judgement on a problem: where it stopped, why, and what was seen. */
export interface Judgement {
  readonly stage: Rung
  readonly cause: CauseId
  readonly saw: string
  /** Where the cause's own is not all there is to do. */
  readonly remedy?: readonly string[]
  readonly mistakes?: readonly CauseId[]
  readonly needed?: readonly string[]
  readonly held?: readonly HeldPermission[]
}

/** Names the likeliest cause of a refusal, with what speaks for it and what to do. */
export function diagnose(problem: Problem, facts: RequestFacts): Diagnosis {
  const { stage, cause, saw, mistakes, needed, held, ...judged } = judge(problem, facts)
  const { title, remedy } = { ...CAUSES[cause], ...judged }
  const passed = passedBefore(ladderOf(facts.service, facts.action), stage, {
    hasSession: facts.sessionText !== undefined,
    hasOwnershipGate: facts.hasOwnershipGate ?? false,
  })
  return {
    stage,
    passed,
    cause: { id: cause, title, saw, remedy, docs: docsOf(cause) },
    ...(mistakes && { mistakes }),
    ...(needed && { needed }),
    ...(held && { held }),
    ...(problem.kind === 'deny' && problem.fixes && problem.fixes.length > 0 && { fixes: problem.fixes }),
    requestId: facts.requestId,
    serverTime: facts.now,
  }
}

function judge(problem: Problem, facts: RequestFacts): Judgement {
  switch (problem.kind) {
    case 'deny':
      return judgeDenial(problem.reason, problem.text, facts)
    case 'exchange':
      return judgeExchange(problem, facts)
    case 'parameter-missing':
      return judgeMissing(problem.name, facts)
    case 'parameter-invalid': {
      const accepted = problem.accepted === undefined ? '' : `; accepted is ${problem.accepted}`
      return at(
        facts,
        'parameters',
        'parameter-invalid',
        `the value of ${showable(problem.name)} does not fit its type${accepted}`,
      )
    }
    case 'name-unknown': {
      const near = nearestName(problem.received, problem.known ?? [])
      const accepted = problem.accepted === undefined ? '' : `; accepted is ${problem.accepted}`
      const hint = near === undefined ? accepted : `; ${near} is close to it`
      const saw = `${problem.parameter} has ${showable(problem.received)}, which is not known${hint}`
      return { stage: 'action', cause: 'parameter-invalid', saw }
    }
    case 'field-not-writable':
      return { stage: 'action', cause: 'field-not-writable', saw: `${showable(problem.field)} was sent with a value` }
    case 'about-others':
      return {
        stage: 'action',
        cause: 'role-too-small',
        saw: 'the question is about another app token, role or session, which takes APP_TOKEN_BASE',
        needed: ['APP_TOKEN_BASE'],
        held: problem.held,
      }
    case 'beyond-maker':
      return {
        stage: 'action',
        cause: 'token-beyond-maker',
        saw: `the token would go beyond the session: ${problem.what}`,
      }
    case 'service-unknown':
      return judgeService(facts)
    case 'action-unknown':
      return { stage: 'endpoint', cause: 'action-unknown', saw: sawAction(facts) }
    case 'not-in-sandbox':
      return {
        stage: 'action',
        cause: 'not-in-sandbox',
        saw: `${facts.service}.${facts.action} passed every gate; it is not in the sandbox`,
      }
    case 'secret-wrong':
      return {
        stage: 'secret',
        cause: 'partner-secret-wrong',
        saw: 'no secret of an active account with this id fits this type of session',
      }
    case 'widget-unknown':
      return { stage: 'action', cause: 'widget-id-without-underscore', saw: `widgetId is ${showable(problem.id)}` }
    case 'session-role-unknown':
      return { stage: 'account', cause: 'role-unknown', saw: 'setrole in privileges names no role of the account' }
    case 'other-user':
      return { stage: 'action', cause: 'user-own-only', saw: 'userId is another one than the user of the session' }
    case 'object-not-found':
      return {
        stage: 'action',
        cause: 'object-not-found',
        saw:
          problem.id === undefined
            ? `no such ${problem.what}`
            : `no ${problem.what} with the id ${showable(problem.id)}`,
      }
    case 'value-taken':
      return { stage: 'action', cause: 'value-taken', saw: `that ${problem.what} is taken` }
    case 'role-in-use':
      return { stage: 'action', cause: 'role-in-use', saw: 'a user that is not deleted has the role' }
    case 'limit':
      return judgeLimit(problem.which)
    case 'judged': {
      const { stage, cause, saw, remedy } = problem
      return { stage, cause, saw, ...(remedy && { remedy }) }
    }
    case 'request-malformed':
      return { stage: 'endpoint', cause: 'request-malformed', saw: 'the request could not be taken apart' }
    case 'server-fault':
      return at(facts, 'action', 'server-fault', 'the fault is on the side of the server')
  }
}

/** The rung, or the last one of a ladder that has no such rung. */
function at(facts: RequestFacts, stage: Rung, cause: CauseId, saw: string): Judgement {
  const ladder = ladderOf(facts.service, facts.action)
  return { stage: ladder.includes(stage) ? stage : (ladder.at(-1) ?? stage), cause, saw }
}

const TOKEN_ID = /^\d+_[0-9a-z]{8}$/

function judgeExchange(
  { code, hashType, search, requestedId = '', address }: Extract<Problem, { kind: 'exchange' }>,
  facts: RequestFacts,
): Judgement {
  const isLogin = ladderOf(facts.service, facts.action).includes('hash')
  const proof = facts.service === 'oauth2' ? 'client_secret' : 'the hash'
  switch (code) {
    case 'token-not-found': {
      const stage = isLogin ? 'token-known' : 'action'
      if (TOKEN_ID.test(requestedId))
        return {
          stage,
          cause: 'token-of-other-partner',
          saw: `id is ${showable(requestedId)}; the account of the session has no living app token of that id`,
        }
      const what = /^[0-9a-f]{32}$/i.test(requestedId)
        ? '32 hex characters, as values have, not ids'
        : `${requestedId.length} characters, not in the form of an id`
      return { stage, cause: 'token-id-mangled', saw: `id is ${what}` }
    }
    case 'token-not-active':
      return {
        stage: 'token-active',
        cause: 'token-disabled',
        saw: `the status of ${showable(requestedId)} is not active`,
      }
    case 'token-expired':
      return {
        stage: 'token-in-date',
        cause: 'token-expired',
        saw: `${proof} is right, but ${showable(requestedId)} is past its expiry`,
      }
    case 'address-not-allowed':
      return {
        stage: 'token-in-date',
        cause: 'address-range',
        saw: `${proof} is right, but the call came from ${showable(address ?? '')}, which is not among the addresses of the app token`,
      }
    case 'too-many-starts':
      return {
        stage: 'token-in-date',
        cause: 'too-many-starts',
        saw: `${proof} is right, but ${showable(requestedId)} has started as many sessions in the last minute as it may`,
      }
    case 'hash-mismatch':
      return {
        stage: 'hash',
        ...judgeHash(search, {
          received: facts.tokenHash ?? '',
          hashType,
          sessionText: facts.sessionText,
          sessionKind: facts.session?.kind,
        }),
      }
  }
}

function judgeMissing(name: string, facts: RequestFacts): Judgement {
  if (facts.bodyNotes !== undefined && facts.bodyNotes.length > 0) {
    return {
      stage: 'parameters',
      cause: 'json-charset-ignored',
      saw: `${showable(name)} is missing, and the body was not read: ${facts.bodyNotes.join(', ')}`,
    }
  }
  const near = nearestName(name, facts.parameterNames ?? [])
  const arrived =
    near === undefined
      ? `${facts.parameterNames?.length ?? 0} other parameters arrived`
      : `${showable(near)} arrived, which is close to it`
  return { stage: 'parameters', cause: 'parameter-missing', saw: `${showable(name)} is missing; ${arrived}` }
}

function sawAction({ service, action }: RequestFacts): string {
  if (action === '') return 'no action was named'
  const near = nearestName(
    action,
    actionsOf(service).flatMap((known) => (known.isFound ? [known.action] : [])),
  )
  const close = near === undefined ? '' : `; ${near} is close to it`
  return `the service ${showable(service)} was asked for ${showable(action)}${close}`
}

function judgeService(facts: RequestFacts): Judgement {
  const alike = servicesNamedAlike(facts.service)
  if (alike.length > 0)
    return {
      stage: 'endpoint',
      cause: 'plugin-service-prefix',
      saw: `there is no service ${showable(facts.service)}, but there is ${alike.join(', ')}`,
    }
  const near = nearestName(facts.service, SERVICES)
  const saw =
    facts.service === ''
      ? 'no service was named'
      : `there is no service ${showable(facts.service)}${near === undefined ? '' : `; ${near} is close to it`}`
  if (facts.service === '' && facts.bodyNotes !== undefined && facts.bodyNotes.length > 0) {
    return {
      stage: 'endpoint',
      cause: 'json-charset-ignored',
      saw: `${saw}, and the body was not read: ${facts.bodyNotes.join(', ')}`,
    }
  }
  return { stage: 'endpoint', cause: 'service-unknown', saw }
}

function judgeLimit(which: Extract<Problem, { kind: 'limit' }>['which']): Judgement {
  switch (which) {
    case 'body':
      return { stage: 'endpoint', cause: 'request-too-large', saw: 'the body is larger than 1048576 bytes' }
    case 'headers':
      return { stage: 'endpoint', cause: 'request-too-large', saw: 'the headers are larger than 16384 bytes' }
    case 'steps':
      return { stage: 'endpoint', cause: 'too-many-steps', saw: 'the multirequest has more than 50 steps' }
    case 'answer':
      return { stage: 'endpoint', cause: 'too-many-steps', saw: 'the steps before this one answered more than 8 MiB' }
    case 'time':
      return { stage: 'endpoint', cause: 'request-timeout', saw: 'the request had not arrived when its time was up' }
  }
}
