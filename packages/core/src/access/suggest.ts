import { ActionSet } from '../action-set.ts'
import type { CatalogueAction } from '../catalogue/actions.ts'
import type { Sensitivity } from '../catalogue/effects.ts'
import { type AccountPermissions, closeOver, openedByRole, sensitivitiesAmong, sensitivitiesOf } from './closure.ts'
import { ownPermissionFor } from './grant.ts'
import { type Cover, type CoverCandidate, coverLeast } from './least-cover.ts'

/** The least that opens some actions. */
export interface Suggestion {
  /** By permissions that all accounts share, and by those that the account has made. Undefined where none that may be proposed opens any. */
  readonly named?: NamedSuggestion | undefined
  /** By a permission of the account's own that holds just these actions. */
  readonly exact: ExactSuggestion
  /** Wanted, and to be had in no way. */
  readonly impossible: readonly Impossible[]
  /** What was not proposed though it would do, since nobody asked for what else it gives. */
  readonly leftOut: readonly LeftOut[]
  /** Open to every session anyway. */
  readonly always: readonly string[]
}

export interface NamedSuggestion {
  /** For a role, dependencies among them. */
  readonly permissions: readonly string[]
  /** Actions besides those wanted and those that are always allowed. */
  readonly surplus: readonly string[]
  /** Whether nothing with less surplus, or as much from fewer permissions, exists. */
  readonly proven: boolean
  /** Where it is not proven: no choice can have less surplus than this many actions. */
  readonly bound?: number | undefined
  /** Wanted, but opened by nothing that may be proposed. */
  readonly missing: readonly string[]
}

export interface ExactSuggestion {
  readonly permissionItemsIds: string
  readonly actions: readonly string[]
  readonly surplus: readonly string[]
}

export interface Impossible {
  readonly action: string
  readonly reason: 'unknown' | 'never-open' | 'feature-off' | 'sensitive'
  readonly text: string
}

export interface LeftOut {
  readonly permission: string
  readonly because: readonly Sensitivity[]
  /** How many of the wanted actions it opens. */
  readonly opensWanted: number
  /** How many it would open besides: its price. */
  readonly surplus: number
}

export interface SuggestOptions extends AccountPermissions {
  /** Proposes also what shows secrets or changes app tokens or roles. */
  readonly allowSensitive?: boolean | undefined
}

/** As many candidates are tried in every combination; beyond that the best next one is taken each time. */
export const MOST_EXACT_CANDIDATES = 25

/** @param wanted as the catalogue has them; what it does not have is for the caller to report */
export function suggest(wanted: readonly CatalogueAction[], options: SuggestOptions): Suggestion {
  const always = openedByRole(options, [])
  const impossible: Impossible[] = []
  const possible: CatalogueAction[] = []
  for (const action of new Set(wanted)) {
    const reason = whyImpossible(action, options)
    if (reason === undefined) possible.push(action)
    else impossible.push({ action: nameOf(action), ...reason })
  }
  const target = ActionSet.of(possible).minus(always)
  const { candidates, leftOut } = candidatesFor(target, always, options, sensitivitiesAmong(possible))
  return {
    named: namedSuggestion(target, candidates),
    exact: exactSuggestion(
      possible.filter(({ index }) => target.has(index)),
      options,
    ),
    impossible,
    leftOut,
    always: always.actions().map(nameOf),
  }
}

function whyImpossible(
  action: CatalogueAction,
  { features, index }: AccountPermissions,
): Pick<Impossible, 'reason' | 'text'> | undefined {
  if (action.kind === 'ours') {
    if (action.opensTo === 'session') return undefined
    // Permissions of an account's own cannot hold it, so that what opens it can only be given whole.
    const text = `nothing that may be proposed opens it; ${index.neededFor(action).join(' or ')} does, by hand`
    return { reason: 'sensitive', text }
  }
  if (action.kind !== 'ordinary') {
    return { reason: 'never-open', text: 'no session of an ordinary account may call it' }
  }
  if (action.plugin !== undefined && !features.includes(action.plugin.feature)) {
    return { reason: 'feature-off', text: `the plugin ${action.plugin.name} is not switched on for the account` }
  }
  return undefined
}

function candidatesFor(
  target: ActionSet,
  always: ActionSet,
  options: SuggestOptions,
  asked: ReadonlySet<Sensitivity>,
): { readonly candidates: readonly CoverCandidate[]; readonly leftOut: readonly LeftOut[] } {
  const candidates: CoverCandidate[] = []
  const leftOut: LeftOut[] = []
  for (const { name } of options.index.permissions) {
    const closed = closeOver(options, name)
    if (closed === undefined) continue
    const opensWanted = closed.opens.intersection(target).size
    if (opensWanted === 0) continue
    const surplus = closed.opens.minus(target).minus(always)
    const because = [...sensitivitiesOf(closed)].filter((kind) => !asked.has(kind))
    if (because.length > 0 && options.allowSensitive !== true) {
      leftOut.push({ permission: name, because, opensWanted, surplus: surplus.size })
    } else {
      candidates.push({ names: closed.names, covers: closed.opens.intersection(target), surplus })
    }
  }
  return { candidates, leftOut: leftOut.toSorted((a, b) => a.surplus - b.surplus) }
}

function namedSuggestion(target: ActionSet, candidates: readonly CoverCandidate[]): NamedSuggestion | undefined {
  const coverable = candidates.reduce((all, { covers }) => all.union(covers), new ActionSet())
  if (target.size > 0 && coverable.size === 0) return undefined
  const cover: Cover = coverLeast(coverable, candidates, MOST_EXACT_CANDIDATES)
  return {
    permissions: cover.names,
    surplus: cover.surplus.actions().map(nameOf),
    proven: cover.isProven,
    ...(cover.isProven ? {} : { bound: cover.bound }),
    missing: target.minus(coverable).actions().map(nameOf),
  }
}

function exactSuggestion(actions: readonly CatalogueAction[], { index }: AccountPermissions): ExactSuggestion {
  const own = ownPermissionFor(actions, index)
  return { permissionItemsIds: own?.itemIds.join(',') ?? '', actions: actions.map(nameOf), surplus: [] }
}

export function nameOf({ service, action }: CatalogueAction): string {
  return `${service}.${action}`
}
