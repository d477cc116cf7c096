import { actionsOf, isKnownService, nameOf, nearestName, SERVICES } from '@latchkey/core'
import { CommandFailure } from '../command-failure.ts'
import { actionNamed } from './least.ts'

/** As they are written on a command line, with blanks or commas between. */
export function listed(texts: readonly (string | undefined)[]): readonly string[] {
  const names = texts.flatMap((text) => (text ?? '').split(/[\s,]+/)).filter((name) => name !== '')
  return [...new Set(names)]
}

/**
 * Names of actions as the catalogue spells them.
 *
 * @param command to try next
 * @throws {CommandFailure} which names the nearest to an unknown one
 */
export function knownActions(names: readonly string[], command: string): readonly string[] {
  return names.map((name) => {
    const action = actionNamed(name)
    if (action !== undefined) return nameOf(action)
    const near = nearestTo(name)
    const corrected = names.map((other) => (other === name ? near : other))
    throw new CommandFailure(
      name.includes('.')
        ? `there is no action ${name}`
        : `${name} is no action: accepted is service.action, as media.list`,
      {
        details: near === undefined ? '' : `  ${near} is close to it\n`,
        next: [near === undefined ? `${command} --help` : `${command} ${corrected.join(' ')}`],
      },
    )
  })
}

function nearestTo(name: string): string | undefined {
  const at = name.lastIndexOf('.')
  const [service, own] = [name.slice(0, Math.max(0, at)), name.slice(at + 1)]
  if (isKnownService(service)) {
    const known = actionsOf(service)
    const action = nearestName(
      own,
      known.map((one) => one.action),
    )
    return action === undefined ? undefined : `${known[0]?.service ?? service}.${action}`
  }
  const other = service === '' ? undefined : nearestName(service, SERVICES)
  const [found] =
    other === undefined ? [] : actionsOf(other).filter(({ action }) => action.toLowerCase() === own.toLowerCase())
  return found === undefined ? undefined : nameOf(found)
}
