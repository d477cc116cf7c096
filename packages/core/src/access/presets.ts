import { ACTIONS, type CatalogueAction, findAction } from '../catalogue/actions.ts'
import { isPlainRead } from '../catalogue/effects.ts'
import type { PermissionIndex } from '../catalogue/permission-index.ts'
import { addPermission, addRole, type Change, markOf, systemNameFor } from './change.ts'
import { ownPermissionFor } from './grant.ts'

/** Ways to say what a token is for without naming actions; the same ids behind every door. */
export const PRESETS = {
  'get-and-list': {
    title: 'Get and list only',
    about: 'Reads the chosen services, or all: no change, no secret, no link that outlives the session.',
  },
  upload: { title: 'Upload only', about: 'Adds entries and uploads files to them.' },
  'recent-calls': { title: 'Like the calls just made', about: 'Just the actions that are listed.' },
  full: { title: 'Everything', about: 'An ADMIN session without a role. Whoever holds the token owns the account.' },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly about: string }>>

export type PresetId = keyof typeof PRESETS

export function isPreset(text: string): text is PresetId {
  return Object.hasOwn(PRESETS, text)
}

const UPLOADS: readonly (readonly [string, string])[] = [
  ['uploadToken', 'add'],
  ['uploadToken', 'get'],
  ['uploadToken', 'upload'],
  ['media', 'add'],
  ['media', 'addContent'],
  ['media', 'get'],
  ['baseEntry', 'add'],
  ['baseEntry', 'addContent'],
  ['baseEntry', 'get'],
  ['thumbAsset', 'add'],
  ['thumbAsset', 'setContent'],
]

export interface PresetChoice {
  /** Of `get-and-list`: names of services; absent or empty is all. */
  readonly services?: readonly string[] | undefined
  /** Of `recent-calls`. */
  readonly actions?: readonly CatalogueAction[] | undefined
}

/** The actions of a preset; undefined for `full`, which lists none. */
export function presetActions(preset: PresetId, choice: PresetChoice = {}): readonly CatalogueAction[] | undefined {
  switch (preset) {
    case 'get-and-list': {
      const wanted = new Set((choice.services ?? []).map((service) => service.toLowerCase()))
      return ACTIONS.filter(
        (action) => isPlainRead(action) && (wanted.size === 0 || wanted.has(action.service.toLowerCase())),
      )
    }
    case 'upload':
      return UPLOADS.flatMap(([service, action]) => findAction(service, action) ?? [])
    case 'recent-calls':
      return choice.actions ?? []
    case 'full':
      return undefined
  }
}

export interface TokenPlan {
  readonly index: PermissionIndex
  /** What its sessions may call besides what everybody may; undefined is everything. */
  readonly actions: readonly CatalogueAction[] | undefined
  /** Of the role, and told in the token's description. */
  readonly name: string
  /** Names that roles of the account have already. */
  readonly takenRoleNames: readonly string[]
  /** Names that permissions of the account have already, also those that are blocked. */
  readonly takenPermissionNames?: readonly string[] | undefined
}

/**
 * The calls that make an app token which may do just that: a permission of the account's own, a role that holds it, and a
 * token with that role. ADMIN type, since a USER session would see its own entries only; the role is what limits it.
 */
export function planToken(plan: TokenPlan): readonly Change[] {
  const { index, actions, name, takenRoleNames, takenPermissionNames } = plan
  if (actions === undefined) return [addToken(name, undefined)]
  const own = ownPermissionFor(actions, index, permissionNameFor(name), takenPermissionNames)
  const roleName = freeRoleName(name, takenRoleNames)
  const systemName = systemNameFor(roleName, markOf(own?.itemIds.join(',') ?? ''))
  if (own === undefined) {
    const role = { name: roleName, systemName, description: 'Opens nothing of its own', permissionNames: [] }
    return [addRole(role), addToken(name, systemName)]
  }
  const role = { name: roleName, systemName, description: `Holds ${own.name} only`, permissionNames: [own.name] }
  return [addPermission(own.name, name, own.itemIds), addRole(role), addToken(name, systemName)]
}

function addToken(description: string, role: string | undefined): Change {
  const sessionPrivileges = role === undefined ? {} : { sessionPrivileges: `setrole:${role}` }
  return {
    service: 'appToken',
    action: 'add',
    params: {
      appToken: {
        objectType: 'KalturaAppToken',
        description,
        sessionType: 2,
        // Nobody: the role tells what it may do, and whoever holds it is to choose no user besides.
        sessionUserId: '',
        hashType: 'SHA256',
        sessionDuration: 86_400,
        ...sessionPrivileges,
      },
    },
  }
}

function permissionNameFor(name: string): string {
  return `LATCHKEY_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`.slice(0, 100)
}

function freeRoleName(name: string, taken: readonly string[]): string {
  let free = name
  for (let number = 2; taken.includes(free); number += 1) free = `${name} ${number}`
  return free
}
