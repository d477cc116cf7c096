import type { UserRole } from '@latchkey/authority'

/** @param permissionNames what it holds; a role of everything shows all that its account has */
export function roleView(role: UserRole, permissionNames: readonly string[]) {
  return {
    objectType: 'KalturaUserRole',
    id: role.id,
    name: role.name,
    systemName: role.systemName,
    description: role.description,
    status: role.status,
    partnerId: role.partnerId,
    permissionNames: permissionNames.join(','),
    tags: role.tags,
    createdAt: role.createdAt,
    updatedAt: role.updatedAt,
  }
}
