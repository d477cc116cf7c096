import type { AccountPermission } from '@latchkey/authority'

export function permissionView(permission: AccountPermission) {
  return {
    objectType: 'KalturaPermission',
    id: permission.id,
    type: permission.type,
    name: permission.name,
    friendlyName: permission.friendlyName,
    description: permission.description,
    status: permission.status,
    partnerId: permission.partnerId,
    dependsOnPermissionNames: permission.dependsOn.length > 0 ? permission.dependsOn.join(',') : undefined,
    tags: permission.tags,
    permissionItemsIds: permission.itemIds.length > 0 ? permission.itemIds.join(',') : undefined,
    createdAt: permission.createdAt,
    updatedAt: permission.updatedAt,
  }
}
