import { ACTIONS, effectOf } from '@latchkey/core'

export interface ActionMatch {
  readonly name: string
  /** `read`, `write` or `delete`. */
  readonly effect: string
}

const MOST = 60

const NAMES: readonly ActionMatch[] = ACTIONS.filter(({ isFound }) => isFound).map((action) => ({
  name: `${action.service}.${action.action}`,
  effect: effectOf(action),
}))

/** Actions whose name holds every part that was typed; those that begin with it first. */
export function actionMatches(typed: string, most = MOST): readonly ActionMatch[] {
  const text = typed.trim().toLowerCase()
  const parts = text.split(/[\s.]+/).filter((part) => part !== '')
  if (parts.length === 0) return NAMES.slice(0, most)
  const rank = (name: string) => (name === text ? 0 : name.startsWith(text) ? 1 : 2)
  return NAMES.filter(({ name }) => {
    const lower = name.toLowerCase()
    return parts.every((part) => lower.includes(part))
  })
    .sort((a, b) => rank(a.name.toLowerCase()) - rank(b.name.toLowerCase()))
    .slice(0, most)
}
