import { type CatalogueAction, isPlainRead, type Primitives, readRolePrivilege, type Session } from '@latchkey/core'
import type { ParamTree, WireErrorCode } from '@latchkey/wire'
import type { CallOutcome } from './run-call.ts'

const ANSWERS_SECONDS = 600
const ERRORS_SECONDS = 120
const MOST = 2_000
const LONGEST = 65_536
/** Make no difference to what is answered. */
const PASSED_OVER: ReadonlySet<string> = new Set(['ks', 'kalsig', 'clientTag'])
/** Of ours, and passing: the original has no such answer to keep. */
const NEVER_KEPT: ReadonlySet<WireErrorCode> = new Set([
  'INTERNAL_SERVERL_ERROR',
  'SERVICE_UNAVAILABLE',
  'ACTION_BLOCKED',
  'INVALID_KS',
])

/**
 * What the original does for callers whom nobody can tell apart: without a session, and with widget sessions of the same
 * account and privileges. The same call gets the same answer for ten minutes, a new widget session too, and the same error
 * for two.
 */
export class AnswerCache {
  readonly #kept = new Map<string, { readonly outcome: CallOutcome; readonly until: number }>()

  /** `undefined` for a call that is answered anew each time. */
  keyOf(primitives: Primitives, call: CachedCall): string | undefined {
    const { action, params, session } = call
    if (params.nocache !== undefined || !isNobody(call)) return undefined
    if (action.service === 'session' && action.action !== 'startWidgetSession') return undefined
    const names = Object.keys(params).filter((name) => !PASSED_OVER.has(name))
    const sent = names.sort().map((name) => [name, params[name]])
    return primitives.digestHex('sha256', JSON.stringify([session?.partnerId, session?.privileges, sent])).slice(0, 32)
  }

  find(key: string, now: number): CallOutcome | undefined {
    const kept = this.#kept.get(key)
    // Its session was not judged for this call, so that the next step's is.
    return kept === undefined || kept.until <= now ? undefined : { ...kept.outcome, identity: undefined, cachedAs: key }
  }

  keep(key: string, action: CatalogueAction, outcome: CallOutcome, now: number): void {
    const seconds = outcome.ok
      ? isKept(action)
        ? ANSWERS_SECONDS
        : 0
      : NEVER_KEPT.has(outcome.error.code)
        ? 0
        : ERRORS_SECONDS
    if (seconds === 0 || (outcome.ok && (JSON.stringify(outcome.value)?.length ?? 0) > LONGEST)) return
    if (this.#kept.size >= MOST) this.#kept.clear()
    this.#kept.set(key, { outcome, until: now + seconds })
  }
}

export interface CachedCall {
  readonly action: CatalogueAction
  readonly params: ParamTree
  readonly session: Session | undefined
  readonly isWidget: boolean
  readonly now: number
}

/** Restrictions of address and URI are judged at each call, and a role makes somebody of a session. */
function isNobody({ session, isWidget, now }: CachedCall): boolean {
  if (session === undefined) return true
  if (!isWidget || session.expiresAt <= now || session.privileges.includes('restrict')) return false
  return readRolePrivilege(session).kind === 'none'
}

/** Reads, and the start of a widget session; the time, and whether there is anybody, are told anew. */
function isKept(action: CatalogueAction): boolean {
  if (action.service === 'session') return true
  return action.service !== 'system' && isPlainRead(action)
}
