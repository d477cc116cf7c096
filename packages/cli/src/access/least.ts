import {
  type CatalogueAction,
  EVERY_FEATURE,
  findAction,
  nameOf,
  PRESETS,
  type PresetId,
  planToken,
  presetActions,
  SHARED_PERMISSIONS,
  suggest,
} from '@latchkey/core'
import { type Least, leastIn, withItemIds } from '@latchkey/wire/answer'
import type { Connection } from '../connect/endpoint.ts'
import { refusedFailure } from '../view/refusal-view.ts'
import { type Account, readAccount, readItemIds } from './account.ts'
import { lacksOurs } from './extras.ts'

/** What is to be opened. */
export interface Wanted {
  readonly preset?: PresetId | undefined
  readonly services?: readonly string[] | undefined
  /** `service.action` */
  readonly actions: readonly string[]
  readonly allowSensitive?: boolean | undefined
}

/** Asks the server, and works it out here where it has no extras of ours. @throws {CommandFailure} */
export async function leastAt(connection: Connection, wanted: Wanted): Promise<Least> {
  const { preset, services, actions, allowSensitive } = wanted
  const params = {
    ...(preset !== undefined && { preset }),
    ...(services !== undefined && services.length > 0 && { services: services.join(',') }),
    ...(actions.length > 0 && { actions: actions.join(',') }),
    ...(allowSensitive === true && { allowSensitive: true }),
  }
  const outcome = await connection.call({ service: 'latchkey_access', action: 'suggest', params })
  if (outcome.kind === 'result') {
    const least = leastIn(outcome.value)
    if (least !== undefined) return least
    throw refusedFailure({ kind: 'failed', why: 'it answered with something else' }, 'latchkey_access.suggest')
  }
  if (outcome.kind !== 'refused' || !lacksOurs(outcome)) throw refusedFailure(outcome, 'latchkey_access.suggest')
  const least = leastHere(wanted, await readAccount(connection))
  if (!least.change.some(({ service }) => service === 'permission')) return least
  const { change, missing } = withItemIds(least.change, await readItemIds(connection))
  const impossible = missing.map((action) => ({ action, text: 'this server lists no permission item for it' }))
  return { ...least, change, impossible: [...least.impossible, ...impossible] }
}

/** By the catalogue of this program. @param account what is known of it; otherwise one with every plugin */
export function leastHere(wanted: Wanted, account?: Account): Least {
  const { preset, services, allowSensitive } = wanted
  const listed = wanted.actions.map((name) => ({ name, action: actionNamed(name) }))
  const named = listed.flatMap(({ action }) => action ?? [])
  const actions = preset === undefined ? named : presetActions(preset, { services, actions: named })
  const index = account?.index ?? SHARED_PERMISSIONS
  const found = suggest(actions ?? [], { index, features: account?.features ?? EVERY_FEATURE, allowSensitive })
  const opened = found.exact.actions.flatMap((name) => actionNamed(name) ?? [])
  const change = planToken({
    index,
    actions: actions === undefined ? undefined : opened,
    name: preset === undefined ? titleOf(opened) : titleOfPreset(preset, services),
    takenRoleNames: account?.roles.map(({ name }) => name) ?? [],
    takenPermissionNames: account?.permissionNames,
  })
  const unknown = listed.flatMap(({ name, action }) =>
    action === undefined ? [{ action: name, text: 'there is no action of that name' }] : [],
  )
  return { ...found, impossible: [...unknown, ...found.impossible], change }
}

function titleOfPreset(preset: PresetId, services: readonly string[] | undefined): string {
  const { title } = PRESETS[preset]
  const isAll = preset !== 'get-and-list' || services === undefined || services.length === 0
  return isAll ? title : `${title}: ${services.join(', ')}`.slice(0, 80)
}

function titleOf(actions: readonly CatalogueAction[]): string {
  const names = actions.map(nameOf)
  const rest = names.length > 2 ? ` and ${names.length - 2} more` : ''
  return `${names.slice(0, 2).join(', ') || 'Nothing'}${rest}`
}

export function actionNamed(name: string): CatalogueAction | undefined {
  const at = name.lastIndexOf('.')
  return at === -1 ? undefined : findAction(name.slice(0, at), name.slice(at + 1))
}
