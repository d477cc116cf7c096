import type { EnumSpec } from '../spec.ts'

export const ENUMS: readonly EnumSpec[] = [
  { name: 'KalturaSessionType', values: [0, 2] },
  { name: 'KalturaAppTokenStatus', values: [1, 2, 3] },
  { name: 'KalturaAppTokenHashType', values: ['SHA1', 'MD5', 'SHA256', 'SHA512'] },
  { name: 'KalturaUserStatus', values: [0, 1, 2] },
  { name: 'KalturaUserRoleStatus', values: [1, 2, 3] },
  { name: 'KalturaPermissionType', values: [1, 2, 3, 4] },
  { name: 'KalturaPermissionStatus', values: [1, 2, 3] },
  {
    name: 'KalturaPermissionItemType',
    // The original's own names first; items show the others as their type.
    values: [
      'kApiActionPermissionItem',
      'kApiParameterPermissionItem',
      'KalturaApiActionPermissionItem',
      'KalturaApiParameterPermissionItem',
    ],
  },
  { name: 'KalturaWidgetSecurityType', values: [1, 2] },
  { name: 'KalturaMediaType', values: [1, 2, 5, 201, 202, 203, 204] },
  { name: 'KalturaEntryType', values: ['-1', '1', '2', '5', '7', '10'] },
  { name: 'KalturaNullableBoolean', values: [-1, 0, 1] },
  { name: 'KalturaResponseProfileType', values: [1, 2] },
]
