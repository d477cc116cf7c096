import {
  type CatalogueAction,
  EVERY_FEATURE,
  findAction,
  type Impossible,
  type LeftOut,
  planToken,
  SHARED_PERMISSIONS,
  suggest,
} from '@latchkey/core'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, numberOf, objectsOf, textOf, textsOf } from '../../connection/json.ts'
import { callsIn, type ToldCall } from '../../connection/outcome.ts'
import { callSignedIn, isSignedIn } from '../../connection/sign-in.ts'
import type { Account } from './account.ts'

/** The least that opens some actions, in two ways, with the price of each. */
export interface Least {
  readonly named?:
    | {
        readonly permissions: readonly string[]
        readonly surplus: readonly string[]
        readonly proven: boolean
        readonly bound?: number | undefined
        readonly missing: readonly string[]
      }
    | undefined
  readonly exact: {
    readonly permissionItemsIds: string
    readonly actions: readonly string[]
    readonly surplus: readonly string[]
  }
  readonly impossible: readonly Pick<Impossible, 'action' | 'text'>[]
  readonly leftOut: readonly {
    readonly permission: string
    readonly because: readonly string[]
    readonly opensWanted: number
    readonly surplus: number
  }[]
  /** Among those that were wanted. */
  readonly always: readonly string[]
  /** The calls that make a role and a token of the exact kind. */
  readonly change: readonly ToldCall[]
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

export function leastIn(value: unknown, wanted: readonly string[]): Least | undefined {
  if (!isObject(value) || !isObject(value.exact)) return undefined
  const { named, exact } = value
  return {
    named: isObject(named)
      ? {
          permissions: textsOf(named.permissions),
          surplus: textsOf(named.surplus),
          proven: named.proven === true,
          bound: numberOf(named.bound),
          missing: textsOf(named.missing),
        }
      : undefined,
    exact: {
      permissionItemsIds: textOf(exact.permissionItemsIds),
      actions: textsOf(exact.actions),
      surplus: textsOf(exact.surplus),
    },
    impossible: objectsOf(value.impossible).map(({ action, text }) => ({ action: textOf(action), text: textOf(text) })),
    leftOut: objectsOf(value.leftOut).map((left) => ({
      permission: textOf(left.permission),
      because: textsOf(left.because),
      opensWanted: numberOf(left.opensWanted) ?? 0,
      surplus: numberOf(left.surplus) ?? 0,
    })),
    always: among(textsOf(value.always), wanted),
    change: callsIn(value.change),
    isLocal: false,
  }
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
