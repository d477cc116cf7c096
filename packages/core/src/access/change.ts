import type { EpochSeconds } from '../time.ts'

/**
 * One call of the API that changes something. Several make a multirequest: values such as `{1:result:id}` take what an
 * earlier one answered, counted from 1.
 */
export interface Change {
  readonly service: string
  readonly action: string
  readonly params: Readonly<Record<string, unknown>>
}

export function addPermission(name: string, friendlyName: string, itemIds: readonly number[]): Change {
  return {
    service: 'permission',
    action: 'add',
    params: {
      permission: { objectType: 'KalturaPermission', name, friendlyName, permissionItemsIds: itemIds.join(',') },
    },
  }
}

/** A role that does not exist yet. */
export interface NewRole {
  readonly name: string
  readonly description: string
  readonly permissionNames: readonly string[]
  /** By which app tokens can name it before it has an id. */
  readonly systemName?: string | undefined
}

export function addRole({ permissionNames, ...role }: NewRole): Change {
  return {
    service: 'userRole',
    action: 'add',
    params: { userRole: { objectType: 'KalturaUserRole', ...role, permissionNames: permissionNames.join(',') } },
  }
}

export function updateRole(userRoleId: number, permissionNames: readonly string[]): Change {
  return {
    service: 'userRole',
    action: 'update',
    params: { userRoleId, userRole: { objectType: 'KalturaUserRole', permissionNames: permissionNames.join(',') } },
  }
}

export function updateTokenPrivileges(id: string, sessionPrivileges: string): Change {
  return {
    service: 'appToken',
    action: 'update',
    params: { id, appToken: { objectType: 'KalturaAppToken', sessionPrivileges } },
  }
}

export function updateTokenExpiry(id: string, expiry: EpochSeconds): Change {
  return {
    service: 'appToken',
    action: 'update',
    params: { id, appToken: { objectType: 'KalturaAppToken', expiry } },
  }
}

export function updateUserRoles(userId: string, roleIds: string): Change {
  return {
    service: 'user',
    action: 'update',
    params: { userId, user: { objectType: 'KalturaUser', roleIds } },
  }
}

/** The longest name of a role or a permission that is proposed. */
export const LONGEST_NAME = 100

/**
 * What an app token calls a role that a step before makes. Not `{1:result:id}`, which is empty where that step was refused:
 * `setrole:` with nothing behind it is passed over, and the token would hold all that its type does. A name of a role that
 * is not there refuses every call.
 *
 * @param mark of what the role gives, so that a role that gives something else never has the same system name
 */
export function systemNameFor(name: string, mark: string): string {
  const readable = `LATCHKEY_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`
  return `${readable.slice(0, LONGEST_NAME - mark.length - 1)}_${mark}`
}

/** A few characters that tell contents apart (FNV-1a). They protect nothing. */
export function markOf(content: string): string {
  let sum = 0x811c9dc5
  for (let at = 0; at < content.length; at += 1) sum = Math.imul(sum ^ content.charCodeAt(at), 0x01000193) >>> 0
  return sum.toString(36).toUpperCase()
}

/** The id that the step of that number answers, from 1. */
export function resultId(step: number): string {
  return `{${step}:result:id}`
}
