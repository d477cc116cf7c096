import type { ActionSpec, ParameterSpec } from '../spec.ts'

const SECRET: ParameterSpec = {
  name: 'secret',
  type: 'string',
  isRequired: true,
  about: 'Admin secret, or for a USER session the user secret.',
}
const USER_ID: ParameterSpec = { name: 'userId', type: 'string', about: 'User of the session; need not exist.' }
const TYPE: ParameterSpec = { name: 'type', type: { enum: 'KalturaSessionType' }, about: '0 USER, 2 ADMIN.' }
const PARTNER_ID: ParameterSpec = { name: 'partnerId', type: 'int', about: 'Whose secret it is.' }
const EXPIRY: ParameterSpec = {
  name: 'expiry',
  type: 'int',
  fallback: 86_400,
  about: 'Life in seconds, cut to the longest of the account.',
}
const PRIVILEGES: ParameterSpec = { name: 'privileges', type: 'string', about: 'Privileges to write into it.' }

export const SESSION_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'session',
    action: 'start',
    parameters: [SECRET, USER_ID, TYPE, PARTNER_ID, EXPIRY, PRIVILEGES],
    result: 'string',
    about: 'Starts a session with a secret of the account.',
  },
  {
    service: 'session',
    action: 'startWidgetSession',
    parameters: [
      { name: 'widgetId', type: 'string', isRequired: true, about: 'Underscore and partner id.' },
      { ...EXPIRY },
    ],
    result: { object: 'KalturaStartWidgetSessionResponse' },
    about: 'Starts an unprivileged session, for anybody.',
  },
  {
    service: 'session',
    action: 'get',
    parameters: [
      { name: 'session', type: 'string', about: 'Session string to look at; the one of the call where it is empty.' },
    ],
    result: { object: 'KalturaSessionInfo' },
    about: 'Tells what a session string says; it may have expired.',
  },
  { service: 'session', action: 'end', parameters: [], about: 'Ends the session of the call.' },
  {
    service: 'session',
    action: 'impersonate',
    parameters: [
      SECRET,
      { name: 'impersonatedPartnerId', type: 'int', isRequired: true, about: 'Account to act for.' },
      USER_ID,
      TYPE,
      PARTNER_ID,
      EXPIRY,
      PRIVILEGES,
    ],
    result: 'string',
    about: 'Starts a session of another account that the one with the secret may act for.',
  },
]
