import { ACTIONS, type ActionEffect, effectOf, type Sensitivity, sensitivityOf } from '@latchkey/core'

export interface TreeAction {
  /** `service.action` */
  readonly name: string
  readonly action: string
  readonly effect: ActionEffect
  readonly sensitivity?: Sensitivity | undefined
}

export interface TreeService {
  readonly service: string
  readonly actions: readonly TreeAction[]
}

/** Every action that a permission of the account's own could hold, by service. */
export const ACTION_TREE: readonly TreeService[] = (() => {
  const services = new Map<string, TreeAction[]>()
  for (const action of ACTIONS) {
    if (!action.isFound || action.kind !== 'ordinary') continue
    const rows = services.get(action.service) ?? []
    rows.push({
      name: `${action.service}.${action.action}`,
      action: action.action,
      effect: effectOf(action),
      sensitivity: sensitivityOf(action),
    })
    services.set(action.service, rows)
  }
  return [...services]
    .map(([service, actions]) => ({ service, actions: actions.sort((a, b) => a.action.localeCompare(b.action)) }))
    .sort((a, b) => a.service.localeCompare(b.service))
})()

/** The part of it whose names hold every word, and whose effect is the one. */
export function searchTree(typed: string, effect?: ActionEffect | undefined): readonly TreeService[] {
  const words = typed
    .trim()
    .toLowerCase()
    .split(/[\s.]+/)
    .filter((word) => word !== '')
  if (words.length === 0 && effect === undefined) return ACTION_TREE
  return ACTION_TREE.flatMap(({ service, actions }) => {
    const found = actions.filter((action) => {
      const name = action.name.toLowerCase()
      return (effect === undefined || action.effect === effect) && words.every((word) => name.includes(word))
    })
    return found.length === 0 ? [] : [{ service, actions: found }]
  })
}

/** Names added or taken away, in the order of the catalogue. */
export function withNames(chosen: readonly string[], names: readonly string[], isIn: boolean): readonly string[] {
  const set = new Set(chosen)
  for (const name of names) {
    if (isIn) set.add(name)
    else set.delete(name)
  }
  return [...set].sort((a, b) => a.localeCompare(b))
}

export const SENSITIVITY_WORDS: Readonly<Record<Sensitivity, string>> = {
  'shows-secrets': 'shows secrets',
  'changes-tokens': 'changes app tokens',
  'changes-roles': 'changes roles or users',
}
