import type { ActionSpec, ParameterSpec } from '../spec.ts'
import { filterOf, objectOf, PAGER } from './parameters.ts'

const PERMISSION = { object: 'KalturaPermission' } as const
const NAME: ParameterSpec = { name: 'permissionName', type: 'string', isRequired: true, about: 'Name; case matters.' }

export const PERMISSION_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'permission',
    action: 'add',
    parameters: [
      objectOf('permission', 'KalturaPermission', 'The permission, with its name and the ids of its items.'),
    ],
    result: PERMISSION,
    about: 'Makes a permission of the account out of permission items, finer than those that all accounts share.',
  },
  {
    service: 'permission',
    action: 'get',
    parameters: [NAME],
    result: PERMISSION,
    about: 'Reads a permission of the account, or one that all accounts share.',
  },
  {
    service: 'permission',
    action: 'list',
    parameters: [filterOf('KalturaPermissionFilter'), PAGER],
    result: { object: 'KalturaPermissionListResponse' },
    about: 'Lists the permissions of the account and those that all accounts share.',
  },
  {
    service: 'permission',
    action: 'update',
    parameters: [NAME, objectOf('permission', 'KalturaPermission', 'What changes; it counts at the next call.')],
    result: PERMISSION,
    about: 'Changes a permission of the account. Roles that list it by its old name lose it.',
  },
  {
    service: 'permission',
    action: 'delete',
    parameters: [NAME],
    result: PERMISSION,
    about: 'Deletes a permission of the account. Roles that list it lose it.',
  },
  {
    service: 'permission',
    action: 'getCurrentPermissions',
    parameters: [],
    result: 'string',
    about: 'Names of the permissions that this call holds, separated by commas; open to everybody.',
  },
]
