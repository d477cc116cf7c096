import {
  type CatalogueAction,
  EVERY_FEATURE,
  findAction,
  type LeftOut,
  planToken,
  SHARED_PERMISSIONS,
  suggest,
} from '@latchkey/core'
import { type Least as ToldLeast, leastIn as toldLeastIn } from '@latchkey/wire/answer'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject } from '../../connection/json.ts'
import type { ToldCall } from '../../connection/outcome.ts'
import { callSignedIn, isSignedIn } from '../../connection/sign-in.ts'
import type { Account } from './account.ts'

/** The least that opens some actions; `always` holds only such as were wanted. */
export interface Least extends ToldLeast {
  /** It was worked out in the page. */
  readonly isLocal: boolean
}

/** Asks the server where it can be asked, and works it out here where not. */
export async function leastFor(
  names: readonly string[],
  account: Account | undefined,
  signal?: AbortSignal,
): Promise<Least | Made> {
  if (isLatchkey.value !== true || !isSignedIn.value) return localLeast(names, account)
  const made = await callSignedIn({
    service: 'latchkey_access',
    action: 'suggest',
    params: { actions: names.join(',') },
    signal,
  })
  return made.outcome.kind === 'result' ? (leastIn(made.outcome.value, names) ?? made) : made
}

/** What `latchkey_access.suggest` answered. */
export function leastIn(value: unknown, wanted: readonly string[]): Least | undefined {
  const least = toldLeastIn(value)
  return least && { ...least, always: among(least.always, wanted), isLocal: false }
}

/** By the catalogue, with what could be read of the account. */
export function localLeast(names: readonly string[], account: Account | undefined): Least {
  const actions = names.flatMap(actionsNamed)
  const index = account?.index ?? SHARED_PERMISSIONS
  const found = suggest(actions, { index, features: account?.features ?? EVERY_FEATURE })
  const opened = found.exact.actions.flatMap(actionsNamed)
  const change = planToken({
    index,
    actions: opened,
    name: nameFor(found.exact.actions),
    takenRoleNames: account?.roles.map(({ name }) => name) ?? [],
    takenPermissionNames: account?.permissionNames,
  })
  return { ...found, always: among(found.always, names), leftOut: found.leftOut.map(plain), change, isLocal: true }
}

const plain = ({ permission, because, opensWanted, surplus }: LeftOut) => ({
  permission,
  because,
  opensWanted,
  surplus,
})

function among(names: readonly string[], wanted: readonly string[]): readonly string[] {
  return names.filter((name) => wanted.includes(name))
}

function actionsNamed(name: string): readonly CatalogueAction[] {
  const at = name.lastIndexOf('.')
  const action = findAction(name.slice(0, at), name.slice(at + 1))
  return action === undefined ? [] : [action]
}

const NAMED = 2

/** As the server names it. */
export function nameFor(actions: readonly string[]): string {
  const rest = actions.length > NAMED ? ` and ${actions.length - NAMED} more` : ''
  return `${actions.slice(0, NAMED).join(', ')}${rest}`
}

/** The calls for a role only, under a name that the person chose: all before the token. */
export function roleOnly(least: Least, name: string): readonly ToldCall[] {
  return least.change
    .filter(({ service }) => service !== 'appToken')
    .map((call) => {
      const { userRole } = call.params
      if (call.service !== 'userRole' || !isObject(userRole)) return call
      return { ...call, params: { ...call.params, userRole: { ...userRole, name } } }
    })
}

/** A role of permissions that there are already. */
export function namedRole(permissions: readonly string[], name: string): readonly ToldCall[] {
  const userRole = {
    objectType: 'KalturaUserRole',
    name,
    description: 'The least that opens some actions',
    permissionNames: permissions.join(','),
  }
  return [{ service: 'userRole', action: 'add', params: { userRole } }]
}

/** Why a permission was left out, for a person. */
export function becauseInWords(because: readonly string[]): string {
  return because.map((word) => WORDS[word] ?? word).join(' and ')
}

const WORDS: Readonly<Record<string, string>> = {
  'shows-secrets': 'shows secrets',
  'changes-tokens': 'changes app tokens',
  'changes-roles': 'changes roles or users',
}
