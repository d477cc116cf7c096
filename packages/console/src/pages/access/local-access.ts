import { ACTIONS, accessOfKind, cellOf, explainAction, findAction, type LocalAccess } from '@latchkey/core'
import { type Cells, nameOf } from './catalogue-grid.ts'
import type { CellReason } from './cell-reason.ts'

/** The decision on every action of the catalogue: some milliseconds. */
export function cellsOf(access: LocalAccess): Cells {
  return new Map(ACTIONS.map((action) => [nameOf(action), cellOf(action, access)]))
}

/** Why, and what it would take; undefined for what is in no catalogue. */
export function localReason(name: string, access: LocalAccess): CellReason | undefined {
  const at = name.lastIndexOf('.')
  const action = findAction(name.slice(0, at), name.slice(at + 1))
  return action && { ...explainAction(action, access), cell: cellOf(action, access) }
}

/** What calls without anything to show for may do: the ground that every access stands on. */
export const TO_EVERYBODY: Cells = cellsOf(accessOfKind('none'))
