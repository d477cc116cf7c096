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

export function addRole(name: string, description: string, permissionNames: readonly string[]): Change {
  return {
    service: 'userRole',
    action: 'add',
    params: {
      userRole: { objectType: 'KalturaUserRole', name, description, permissionNames: permissionNames.join(',') },
    },
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

export function updateUserRoles(userId: string, roleIds: string): Change {
  return {
    service: 'user',
    action: 'update',
    params: { userId, user: { objectType: 'KalturaUser', roleIds } },
  }
}

/** The id that the step of that number answers, from 1. */
export function resultId(step: number): string {
  return `{${step}:result:id}`
}
