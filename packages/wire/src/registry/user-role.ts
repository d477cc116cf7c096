import type { ActionSpec, ParameterSpec } from '../spec.ts'
import { filterOf, objectOf, PAGER } from './parameters.ts'

const ROLE = { object: 'KalturaUserRole' } as const
const ROLE_ID: ParameterSpec = { name: 'userRoleId', type: 'int', isRequired: true, about: 'Id of the role.' }

export const USER_ROLE_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'userRole',
    action: 'add',
    parameters: [objectOf('userRole', 'KalturaUserRole', 'The role, with its name and the names of its permissions.')],
    result: ROLE,
    about: 'Adds a role. Permissions that others depend on are not added by themselves.',
  },
  {
    service: 'userRole',
    action: 'get',
    parameters: [ROLE_ID],
    result: ROLE,
    about: 'Reads a role of the account, or one that all accounts share.',
  },
  {
    service: 'userRole',
    action: 'list',
    parameters: [filterOf('KalturaUserRoleFilter'), PAGER],
    result: { object: 'KalturaUserRoleListResponse' },
    about: 'Lists the roles of the account and those that all accounts share.',
  },
  {
    service: 'userRole',
    action: 'update',
    parameters: [ROLE_ID, objectOf('userRole', 'KalturaUserRole', 'What changes; it counts at the next call.')],
    result: ROLE,
    about: 'Changes a role of the account.',
  },
  {
    service: 'userRole',
    action: 'delete',
    parameters: [ROLE_ID],
    result: ROLE,
    about: 'Deletes a role that no user has. Sessions that name it are refused from then on.',
  },
  {
    service: 'userRole',
    action: 'clone',
    parameters: [ROLE_ID],
    result: ROLE,
    about: 'Copies a role, also a shared one, into the account.',
  },
]
