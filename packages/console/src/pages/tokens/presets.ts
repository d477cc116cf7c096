import {
  type ActionEffect,
  type CatalogueAction,
  EVERY_FEATURE,
  effectOf,
  findAction,
  type PresetId,
  presetActions,
  resolveHeld,
  SHARED_PERMISSIONS,
} from '@latchkey/core'
import type { Account } from '../access/account.ts'

/** What a token is to be for. `exact` is a list of the person's own. */
export type Kind = PresetId | 'exact'

export interface KindChoice {
  readonly kind: Kind
  /** Of `get-and-list`; empty is all. */
  readonly services: readonly string[]
  /** Of `exact` and `recent-calls`: `service.action`. */
  readonly actions: readonly string[]
}

export interface Counts {
  readonly read: number
  readonly write: number
  readonly delete: number
}

export const KINDS: readonly { readonly id: Kind; readonly title: string; readonly about: string }[] = [
  {
    id: 'get-and-list',
    title: 'Get and list only',
    about: 'Reads the services you choose, or all. Changes nothing, shows no secret.',
  },
  { id: 'upload', title: 'Upload only', about: 'Adds entries and uploads files to them. Cannot list or delete.' },
  {
    id: 'recent-calls',
    title: 'Like the calls I just made here',
    about: 'Just the actions that you called in this console since you opened it.',
  },
  { id: 'exact', title: 'Exact actions', about: 'You pick them one by one, or paste a list.' },
  { id: 'full', title: 'Everything', about: 'ADMIN sessions without a role. Whoever holds it owns the account.' },
]

export function isKind(text: string): text is Kind {
  return KINDS.some(({ id }) => id === text)
}

/** Names as the catalogue spells them; what it does not have is left out. */
export function actionsNamed(names: readonly string[]): readonly CatalogueAction[] {
  return names.flatMap((name) => {
    const at = name.lastIndexOf('.')
    return findAction(name.slice(0, at), name.slice(at + 1)) ?? []
  })
}

/** What is wanted; undefined is everything. */
export function wantedActions({ kind, services, actions }: KindChoice): readonly CatalogueAction[] | undefined {
  if (kind === 'exact') return actionsNamed(actions)
  return presetActions(kind, { services, actions: actionsNamed(actions) })
}

export function countsOf(actions: readonly CatalogueAction[]): Counts {
  const counts: Record<ActionEffect, number> = { read: 0, write: 0, delete: 0 }
  for (const action of actions) counts[effectOf(action)] += 1
  return counts
}

/**
 * How many actions a choice opens, by kind.
 *
 * @param account absent is as if it had every plugin, until that is known
 */
export function countsOfChoice(choice: KindChoice, account?: Pick<Account, 'features' | 'index'> | undefined): Counts {
  const { features = EVERY_FEATURE, index = SHARED_PERMISSIONS } = account ?? {}
  const wanted = wantedActions(choice)
  if (wanted === undefined) {
    return countsOf(resolveHeld({ kind: 'admin', features, permissions: index }).opened.actions())
  }
  return countsOf(wanted.filter(({ plugin }) => plugin === undefined || features.includes(plugin.feature)))
}

/** `41 reads, no write, no delete` */
export function countsInWords({ read, write, delete: deletes }: Counts): string {
  const part = (count: number, word: string) =>
    count === 0 ? `no ${word}` : `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
  return [part(read, 'read'), part(write, 'write'), part(deletes, 'delete')].join(', ')
}

/** Services that "get and list" can read, with how many actions each. */
export const READABLE_SERVICES: readonly { readonly service: string; readonly reads: number }[] = (() => {
  const counts = new Map<string, number>()
  for (const { service } of presetActions('get-and-list') ?? []) counts.set(service, (counts.get(service) ?? 0) + 1)
  return [...counts].map(([service, reads]) => ({ service, reads })).sort((a, b) => a.service.localeCompare(b.service))
})()
