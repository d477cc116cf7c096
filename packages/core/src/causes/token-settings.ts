import type { CauseText } from './cause.ts'

/** How an app token is set up: nothing is refused for it, and it hurts all the same. */
export const TOKEN_SETTING_CAUSES = {
  'admin-without-role': {
    class: 'token',
    title: 'The app token gives ADMIN sessions without a role: they can do everything',
    symptom: 'None: it works, and whoever gets hold of the token owns the account',
    check: 'Its sessionType is 2, and its sessionPrivileges have no setrole.',
    remedy: [
      'Make a role with just what the job calls (latchkey_access.suggest proposes it).',
      'Put setrole:<role> into the sessionPrivileges of the app token.',
    ],
  },
  'hash-type-weak': {
    class: 'token',
    title: 'The app token takes hashes of a weak algorithm',
    symptom: 'None',
    check: 'Its hashType is MD5 or SHA1; SHA1 is what it gets where none is named.',
    remedy: ['Set hashType to SHA256, here and in the tool, unless the tool can compute nothing better.'],
  },
  'holder-chooses-identity': {
    class: 'token',
    title: 'Whoever holds the app token chooses the user or the type of its sessions',
    symptom: 'None: a request may name an administrator, or ask for an ADMIN session',
    check: 'The app token has no sessionUserId, or no sessionType.',
    remedy: ['Set both on the app token, so that a request cannot.'],
  },
  'token-expires-soon': {
    class: 'token',
    title: 'The app token expires within 35 days',
    symptom: 'It works today, and one morning there is `APP_TOKEN_EXPIRED`',
    check: 'Compare its expiry with the date.',
    remedy: [
      'Set a later expiry (appToken.update) with a reminder before it.',
      'Or leave the expiry out, and rotate the value from time to time.',
    ],
  },
  'token-expiry-unit': {
    class: 'token',
    title: 'The expiry of the app token is not in epoch seconds',
    symptom: '`APP_TOKEN_EXPIRED` at once, or a date that nobody meant',
    check: 'A number of 13 digits is milliseconds; a small one was taken as seconds from then on.',
    remedy: ['Send the time in seconds since 1970, ten digits today, or leave it out for none.'],
  },
  'session-duration-too-short': {
    class: 'token',
    title: 'Sessions of the app token end before a job is done',
    symptom: 'It works in a test, and a long run ends in `INVALID_KS` with EXPIRED',
    check: 'Its sessionDuration is a few minutes, or 0.',
    remedy: ['Set sessionDuration to between an hour and a day, and renew before it is over.'],
  },
  'user-argument-ignored': {
    class: 'token',
    title: 'The app token has its own user or type, and those of the request do not count',
    symptom: 'Sessions of another user or type than the request named',
    check: 'Compare sessionUserId and sessionType of the app token with userId and type of the request.',
    remedy: ['Leave userId and type out of startSession, or off the app token.'],
  },
  'token-value-old': {
    class: 'token',
    title: 'The login was made with the value that the app token had before it was rotated',
    symptom: 'None yet; `INVALID_APP_TOKEN_HASH` once the overlap is over',
    check: 'latchkey_token.usage shows who still logs in with it.',
    remedy: ['Give the program the new value.'],
  },
  'token-beyond-maker': {
    class: 'token',
    title: 'The app token can do what the session that made it could not',
    symptom: 'None: whoever may add app tokens may add any',
    check: 'The message names what the session does not hold.',
    remedy: [
      'Leave out of the app token what the message names, or make it with a session that holds that.',
      'Keep app tokens that may add app tokens to yourself; where the server runs with LATCHKEY_PRIVILEGES=strict, they make nothing beyond themselves.',
    ],
  },
  'address-range': {
    class: 'token',
    title: 'The app token may not be used from this address',
    symptom: '`ACCESS_FORBIDDEN_FROM_UNKNOWN_IP` at the login, `INVALID_KS` with EXCEEDED_RESTRICTED_IP after it',
    check: 'The addresses of the app token (latchkey_token.annotate) do not include the one that the server sees.',
    remedy: ['Add the address or its range to the addresses of the app token, or call from one of them.'],
  },
} as const satisfies Record<string, CauseText>
