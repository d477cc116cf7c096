import {
  ACTIONS,
  accessOfKind,
  type CatalogueAction,
  type Decision,
  decide,
  explain,
  findAction,
  fixesFor,
  type LocalAccess,
  type SessionKind,
} from '@latchkey/core'
import { type Cell, type Cells, nameOf } from './catalogue-grid.ts'
import type { CellReason } from './cell-reason.ts'

/** The decision on every action of the catalogue: some milliseconds. */
export function cellsOf({ context }: LocalAccess): Cells {
  return new Map(ACTIONS.map((action) => [nameOf(action), cellOf(decide(action, context), action, context.kind)]))
}

function cellOf(decision: Decision, { ownership }: CatalogueAction, kind: SessionKind): Cell {
  if (decision.effect === 'allow') return ownership !== undefined && kind !== 'admin' ? 'own' : 'allow'
  return decision.reason.code === 'never-open' ? 'never' : 'deny'
}

/** Why, and what it would take; undefined for what is in no catalogue. */
export function localReason(name: string, { context, subject }: LocalAccess): CellReason | undefined {
  const at = name.lastIndexOf('.')
  const action = findAction(name.slice(0, at), name.slice(at + 1))
  if (action === undefined) return undefined
  const decision = decide(action, context)
  const { verdict, text, fixes } = fixesFor(action, decision, context, subject)
  return {
    action: nameOf(action),
    cell: cellOf(decision, action, context.kind),
    ...(decision.effect === 'allow'
      ? { openedBy: decision.openedBy, text: '' }
      : { reason: decision.reason.code, text: explain(decision.reason, action) }),
    needed: context.held.index.neededFor(action),
    held: context.held.list(),
    verdict,
    advice: text,
    fixes,
  }
}

/** What calls without anything to show for may do: the ground that every access stands on. */
export const TO_EVERYBODY: Cells = cellsOf(accessOfKind('none'))
