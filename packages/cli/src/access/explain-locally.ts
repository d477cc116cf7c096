import { type CatalogueAction, decide, explain, fixesFor, type LocalAccess, nameOf } from '@latchkey/core'
import type { Explanation } from '@latchkey/wire/answer'

/** Whether, why, and what it would take. */
export function explainLocally(action: CatalogueAction, { context, subject }: LocalAccess): Explanation {
  const decision = decide(action, context)
  const { verdict, text: advice, fixes } = fixesFor(action, decision, context, subject)
  return {
    action: nameOf(action),
    effect: decision.effect,
    ...(decision.effect === 'allow'
      ? { openedBy: decision.openedBy, text: '' }
      : { reason: decision.reason.code, text: explain(decision.reason, action) }),
    needed: context.held.index.neededFor(action),
    held: context.held.list(),
    verdict,
    advice,
    fixes,
  }
}
