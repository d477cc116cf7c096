import type { CauseText } from './cause.ts'

/** The state of the app token itself. */
export const TOKEN_CAUSES = {
  'token-expired': {
    class: 'token',
    title: 'The app token is past its expiry',
    symptom: '`APP_TOKEN_EXPIRED`',
    check: 'Its expiry (appToken.get) lies before now. The hash was right.',
    remedy: ['Set a later expiry (appToken.update), or make a new app token.'],
  },
  'token-of-other-partner': {
    class: 'token',
    title: 'The account has no app token of that id',
    symptom: '`APP_TOKEN_ID_NOT_FOUND`',
    check: 'It was deleted, or it belongs to another account than the session; the answer is the same for both.',
    remedy: [
      "Compare the app token's account with the one of the session.",
      'Look for it in appToken.list with an ADMIN session; if it is gone, make a new one.',
    ],
  },
  'token-deleted': {
    class: 'token',
    title: 'The app token was deleted, or the user it was bound to was',
    symptom: '`APP_TOKEN_ID_NOT_FOUND` at the login; `INVALID_KS` with LOGOUT for sessions that were running',
    check: 'appToken.get with an ADMIN session of the same account does not find it either.',
    remedy: ['Make a new app token.', 'Do not bind it to a person: who deletes the user deletes its app tokens.'],
  },
  'hash-type-unchanged': {
    class: 'token',
    title: 'The hash type of the app token is another one than whoever changed it thinks',
    symptom: '`INVALID_APP_TOKEN_HASH` after a change that was meant to help',
    check: 'appToken.get shows the hashType that counts; compare its length with the one that is sent.',
    remedy: ['Read the app token back after a change.', 'Switch the tool to the hash type that is there.'],
  },
  'token-id-mangled': {
    class: 'token',
    title: 'What was sent as id is no app token id',
    symptom: '`APP_TOKEN_ID_NOT_FOUND`',
    check: 'An id is a number, an underscore and eight of 0-9 and a-z, such as 0_k3v9qz1m.',
    remedy: [
      'Send the id of the app token, not its value.',
      'Keep it as text: spreadsheets turn it into something else.',
    ],
  },
  'token-disabled': {
    class: 'token',
    title: 'The app token is paused',
    symptom: '`APP_TOKEN_NOT_ACTIVE` at the login, `INVALID_KS` with LOGOUT for sessions that were running',
    check: 'Its status (appToken.get) is 1.',
    remedy: ['Have the account owner resume it (latchkey_token.resume), or make a new app token.'],
  },
  'field-not-writable': {
    class: 'token',
    title: 'A field was sent that clients cannot set',
    symptom: '`PROPERTY_VALIDATION_NOT_UPDATABLE`',
    check: 'The message names the field.',
    remedy: ['Send only the fields that are to change, not the whole object that was fetched.'],
  },
} as const satisfies Record<string, CauseText>
