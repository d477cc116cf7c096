import type { PermissionItem } from '@latchkey/core'

/** Items belong to partner 0 and have no times. `type` is the name of the class, as in the original. */
export function permissionItemView(item: PermissionItem) {
  if (item.kind === 'action') {
    const objectType = 'KalturaApiActionPermissionItem'
    return { objectType, id: item.id, type: objectType, partnerId: 0, service: item.service, action: item.action }
  }
  const objectType = 'KalturaApiParameterPermissionItem'
  const { object, parameter, access } = item
  return { objectType, id: item.id, type: objectType, partnerId: 0, object, parameter, action: access }
}
