import type { ActionSpec } from '../spec.ts'
import { filterOf, ID, objectOf, PAGER } from './parameters.ts'

const APP_TOKEN = { object: 'KalturaAppToken' } as const

export const APP_TOKEN_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'appToken',
    action: 'add',
    parameters: [objectOf('appToken', 'KalturaAppToken', 'Settings of its sessions.')],
    result: APP_TOKEN,
    about: 'Makes an app token and answers with its value.',
  },
  { service: 'appToken', action: 'get', parameters: [ID], result: APP_TOKEN, about: 'Reads an app token.' },
  {
    service: 'appToken',
    action: 'list',
    parameters: [filterOf('KalturaAppTokenFilter'), PAGER],
    result: { object: 'KalturaAppTokenListResponse' },
    about: 'Lists the app tokens of the account.',
  },
  {
    service: 'appToken',
    action: 'update',
    parameters: [ID, objectOf('appToken', 'KalturaAppToken', 'What changes; running sessions keep what they have.')],
    result: APP_TOKEN,
    about: 'Changes an app token.',
  },
  {
    service: 'appToken',
    action: 'delete',
    parameters: [ID],
    about: 'Deletes an app token and ends all of its sessions.',
  },
  {
    service: 'appToken',
    action: 'startSession',
    parameters: [
      { ...ID, about: 'Id of the app token, not its value.' },
      {
        name: 'tokenHash',
        type: 'string',
        isRequired: true,
        about: 'Lower-case hex digest over session string and token value.',
      },
      { name: 'userId', type: 'string', about: 'Counts only where the app token names no user.' },
      { name: 'type', type: { enum: 'KalturaSessionType' }, about: 'Counts only where the app token has no type.' },
      { name: 'expiry', type: 'int', about: 'Life in seconds; 0 is as long as the app token allows.' },
      { name: 'sessionPrivileges', type: 'string', about: 'Privileges to add or to narrow.' },
    ],
    result: { object: 'KalturaSessionInfo' },
    about: 'Exchanges an app token for a session.',
  },
]
