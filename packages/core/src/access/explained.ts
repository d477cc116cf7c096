import type { CatalogueAction } from '../catalogue/actions.ts'
import { decide } from '../decide.ts'
import type { Decision, HeldPermission } from '../decision.ts'
import { explain } from '../explain.ts'
import { type Fix, type FixVerdict, fixesFor } from './fixes.ts'
import type { LocalAccess } from './local-access.ts'
import { nameOf } from './suggest.ts'

/** What would become of a call, why, and what would let it through: the same by a server and away from it. */
export interface Explained {
  readonly action: string
  readonly effect: 'allow' | 'deny'
  /** The permission, or `public` or `session`. */
  readonly openedBy?: string | undefined
  /** One of the closed list. */
  readonly reason?: string | undefined
  readonly text: string
  /** Any one of these opens it. */
  readonly needed: readonly string[]
  readonly held: readonly HeldPermission[]
  readonly verdict: FixVerdict
  /** The verdict in a sentence. */
  readonly advice: string
  /** Smallest first. */
  readonly fixes: readonly Fix[]
}

export function explainAction(action: CatalogueAction, { context, subject }: LocalAccess): Explained {
  const decision = decide(action, context)
  const { verdict, text, fixes } = fixesFor(action, decision, context, subject)
  return {
    action: nameOf(action),
    effect: decision.effect,
    ...reasonOf(decision, action),
    needed: context.held.index.neededFor(action),
    held: context.held.list(),
    verdict,
    advice: text,
    fixes,
  }
}

function reasonOf(decision: Decision, action: CatalogueAction): Pick<Explained, 'openedBy' | 'reason' | 'text'> {
  if (decision.effect === 'deny') return { reason: decision.reason.code, text: explain(decision.reason, action) }
  const { openedBy } = decision
  const by =
    openedBy === 'public' ? 'without any session' : openedBy === 'session' ? 'to any session' : `by ${openedBy}`
  return { openedBy, text: `${nameOf(action)} is open ${by}` }
}

/** A decision in one word; `own` is open for entries of the session's user alone, `never` is opened by nothing. */
export type Cell = 'allow' | 'own' | 'deny' | 'never'

export function cellOf(action: CatalogueAction, { context }: Pick<LocalAccess, 'context'>): Cell {
  const decision = decide(action, context)
  if (decision.effect === 'allow') return action.ownership !== undefined && context.kind !== 'admin' ? 'own' : 'allow'
  return decision.reason.code === 'never-open' ? 'never' : 'deny'
}
