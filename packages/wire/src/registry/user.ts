import type { ActionSpec, ParameterSpec } from '../spec.ts'
import { filterOf, objectOf, PAGER } from './parameters.ts'

const USER = { object: 'KalturaUser' } as const
const USER_ID: ParameterSpec = {
  name: 'userId',
  type: 'string',
  isRequired: true,
  about: "The account's own id of the user.",
}

export const USER_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'user',
    action: 'add',
    parameters: [objectOf('user', 'KalturaUser', 'The user, with its id.')],
    result: USER,
    about: 'Adds a user.',
  },
  {
    service: 'user',
    action: 'get',
    parameters: [{ ...USER_ID, isRequired: false, about: "Absent is the session's own user." }],
    result: USER,
    about: 'Reads a user.',
  },
  {
    service: 'user',
    action: 'list',
    parameters: [filterOf('KalturaUserFilter'), PAGER],
    result: { object: 'KalturaUserListResponse' },
    about: 'Lists the users of the account.',
  },
  {
    service: 'user',
    action: 'update',
    parameters: [USER_ID, objectOf('user', 'KalturaUser', 'What changes.')],
    result: USER,
    about: 'Changes a user.',
  },
  {
    service: 'user',
    action: 'delete',
    parameters: [USER_ID],
    result: USER,
    about: 'Deletes a user with its app tokens, and ends their sessions.',
  },
]
