import type { CauseText } from './cause.ts'

/** What people write into sessionPrivileges and what it does not do. */
export const PRIVILEGE_SETTING_CAUSES = {
  'permission-name-as-privilege': {
    class: 'permission',
    title: 'The name of a permission was written as a privilege',
    symptom: 'It is carried along and grants nothing; later there is `SERVICE_FORBIDDEN`',
    check: 'Permissions are in capitals, such as KMC_READ_ONLY; no privilege is.',
    remedy: ['Put the permission into a role, and setrole:<role> into the sessionPrivileges.'],
  },
  'privilege-blank': {
    class: 'permission',
    title: 'There are blanks in the privileges',
    symptom: 'Accounts with sessions of version 1 pass such a privilege over',
    check: 'Look before and behind the commas and colons.',
    remedy: ['Write the privileges without any blank.'],
  },
  'privilege-duplicate': {
    class: 'permission',
    title: 'The same privilege is there twice',
    symptom: 'Rights differ between accounts: version 2 keeps the last, version 1 both',
    check: 'Two items of the sessionPrivileges have the same name.',
    remedy: ['Write it once, with its values joined by /.'],
  },
  'list-privilege-misread': {
    class: 'permission',
    title: 'list:* does not open any action; it lets lists show the entries of all users',
    symptom: '`SERVICE_FORBIDDEN` although list:* is there',
    check: 'The actions of the job are not among those that the session may call.',
    remedy: ['Give the app token a role that opens the actions; keep list:* only if lists are to show all entries.'],
  },
  'reserved-privilege-dropped': {
    class: 'permission',
    title: 'A privilege was asked for that only the app token can bring in',
    symptom: 'The session lacks it: `SERVICE_FORBIDDEN` or empty lists',
    check: 'dropped in the answer of startSession names it.',
    remedy: ['Put it into the sessionPrivileges of the app token.'],
  },
  'list-shows-own-entries-only': {
    class: 'afterwards',
    title: 'Lists show the entries of the session user only',
    symptom: 'media.list answers few entries or none, without any error',
    check: 'The session is of type USER and has no list:*.',
    remedy: ['Put list:* into the sessionPrivileges of the app token, or use sessionType 2 with a role.'],
  },
  'entitlement-hides-entries': {
    class: 'afterwards',
    title: 'Entitlement keeps entries from the session',
    symptom: 'Lists are shorter than they should be, or an entry that exists is not found',
    check:
      'The account has entitlement on, and the session neither disableentitlement nor the privacycontext of the category.',
    remedy: [
      'For a job that works on everything, put disableentitlement into the sessionPrivileges of the app token.',
      'Else set privacycontext to the one of the categories that it is about.',
    ],
  },
} as const satisfies Record<string, CauseText>
