import type { Rung } from '@latchkey/core'

/** The rungs of the ladder, as what is true where they are passed. */
export const RUNGS: Readonly<Record<Rung, string>> = {
  endpoint: 'the endpoint, the service and the action are there',
  'session-readable': 'the session string can be read, and was signed by the account',
  rate: 'there were not too many calls',
  parameters: 'the parameters arrived',
  'session-alive': 'the session has not expired and was not ended',
  account: 'the account and the user are not blocked',
  ownership: 'the entry may be touched',
  permission: 'the session may call this',
  'access-control': 'the way is allowed (HTTPS)',
  feature: 'the plugin is switched on',
  action: 'the action itself',
  secret: 'the secret of the account is right',
  'token-known': 'the app token is there',
  'token-active': 'the app token is active',
  hash: 'the hash is right',
  'token-in-date': 'the app token is not past its expiry',
  issued: 'the session was made',
}

export function isRung(text: string): text is Rung {
  return Object.hasOwn(RUNGS, text)
}
