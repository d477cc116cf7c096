import type { ActionSet } from '../action-set.ts'
import { nameOf } from './suggest.ts'

/** What each of two can do that the other cannot. */
export interface Comparison {
  readonly onlyA: readonly string[]
  readonly onlyB: readonly string[]
  readonly both: readonly string[]
}

export function compareReach(a: ActionSet, b: ActionSet): Comparison {
  const namesOf = (set: ActionSet) => set.actions().map(nameOf)
  return { onlyA: namesOf(a.minus(b)), onlyB: namesOf(b.minus(a)), both: namesOf(a.intersection(b)) }
}
