import { actionsOf, type CatalogueAction, findAction, isKnownService, nearestName, SERVICES } from '@latchkey/core'

export interface Wanted {
  readonly actions: readonly CatalogueAction[]
  /** About the first that is not in the catalogue. */
  readonly wrong?: string | undefined
}

/** Reads `media.list, user.list`. */
export function readWanted(text: string): Wanted {
  const names = text.split(/[\s,;]+/).filter((name) => name !== '')
  const actions: CatalogueAction[] = []
  let wrong: string | undefined
  for (const name of names) {
    const at = name.lastIndexOf('.')
    const [service, own] = [name.slice(0, Math.max(0, at)), name.slice(at + 1)]
    const action = findAction(service, own)
    if (action === undefined) wrong ??= wrongName(name, service, own)
    else actions.push(action)
  }
  return { actions, wrong }
}

function wrongName(name: string, service: string, own: string): string {
  const shown = name.slice(0, 60)
  if (service === '') return `“${shown}” is no action; media.list is one`
  const near = isKnownService(service)
    ? nearestName(
        own,
        actionsOf(service).map(({ action }) => action),
      )
    : nearestName(service, SERVICES)
  return `There is no action ${shown}${near === undefined ? '' : `; ${near} is close to it`}`
}
