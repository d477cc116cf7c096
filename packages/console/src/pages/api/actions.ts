import { type ActionEffect, actionsOf, type CatalogueAction, effectOf, SERVICES } from '@latchkey/core'
import { findActionSpec } from '@latchkey/wire'

export interface ListedAction {
  readonly service: string
  readonly action: string
  readonly effect: ActionEffect
  /** What the registry says of it; undefined for those that only the catalogue knows. */
  readonly about?: string | undefined
}

export interface ServiceGroup {
  readonly service: string
  readonly actions: readonly ListedAction[]
}

export interface ActionFilter {
  readonly text: string
  /** Empty is all. */
  readonly effects: readonly ActionEffect[]
  /** Only those with a description of their parameters. */
  readonly isDescribed: boolean
}

/** Those that some permission of an ordinary account may open, and ours. */
const ALL: readonly ListedAction[] = SERVICES.flatMap((service) => actionsOf(service))
  .filter(({ kind, isFound, index }) => isFound && (kind === 'ours' || index >= 0))
  .map((action) => ({
    service: action.service,
    action: action.action,
    effect: effectOf(action),
    about: findActionSpec(action.service, action.action)?.about,
  }))

export const ACTION_TOTAL: number = ALL.length
export const DESCRIBED_TOTAL: number = ALL.filter(({ about }) => about !== undefined).length

/** By service, in alphabetical order; what is described goes by its description too. */
export function actionGroups({ text, effects, isDescribed }: ActionFilter): readonly ServiceGroup[] {
  const parts = text
    .toLowerCase()
    .split(/[\s.]+/)
    .filter((part) => part !== '')
  const groups = new Map<string, ListedAction[]>()
  for (const action of ALL) {
    if (isDescribed && action.about === undefined) continue
    if (effects.length > 0 && !effects.includes(action.effect)) continue
    const searched = `${action.service}.${action.action} ${action.about ?? ''}`.toLowerCase()
    if (!parts.every((part) => searched.includes(part))) continue
    const group = groups.get(action.service)
    if (group === undefined) groups.set(action.service, [action])
    else group.push(action)
  }
  return [...groups]
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map(([service, actions]) => ({ service, actions }))
}

export const EFFECTS: readonly ActionEffect[] = ['read', 'write', 'delete']

/** Any effects in a query, such as `read,delete`. */
export function parseEffects(text: string | undefined): readonly ActionEffect[] {
  const named = (text ?? '').split(',')
  return EFFECTS.filter((effect) => named.includes(effect))
}

export const EFFECT_WORDS: Readonly<Record<ActionEffect, string>> = {
  read: 'reads',
  write: 'changes something',
  delete: 'deletes',
}

export function isDescribed({ service, action }: Pick<CatalogueAction, 'service' | 'action'>): boolean {
  return findActionSpec(service, action) !== undefined
}
