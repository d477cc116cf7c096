import type { ActionSpec } from '../spec.ts'
import { filterOf, PAGER } from './parameters.ts'

export const PERMISSION_ITEM_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'permissionItem',
    action: 'get',
    parameters: [
      { name: 'permissionItemId', type: 'int', isRequired: true, about: 'Id of the item; the same at every account.' },
    ],
    result: { object: 'KalturaPermissionItem' },
    about: 'Reads a permission item: one action, or one access to one property of an object.',
  },
  {
    service: 'permissionItem',
    action: 'list',
    parameters: [filterOf('KalturaPermissionItemFilter'), PAGER],
    result: { object: 'KalturaPermissionItemListResponse' },
    about: 'Lists the permission items, which permissions are made of.',
  },
]
