import { ADDRESSES_PRIVILEGE } from './address-privilege.ts'

/** The actions that a session is limited to. Its values are written and read by `scope/action-scope.ts`. */
export const ACTIONS_PRIVILEGE = 'latchkey_actions'

/** Fingerprints of the sessions that a session was narrowed from, the nearest first: it ends when one of them does. */
export const PARENTS_PRIVILEGE = 'latchkey_parents'

/** From one session to the next, and so on: each is asked about at every call of the last one. */
export const MOST_PARENTS = 8

const OURS: ReadonlySet<string> = new Set([ADDRESSES_PRIVILEGE, ACTIONS_PRIVILEGE, PARENTS_PRIVILEGE])

/** Privileges that only this server puts into an app token's session: neither the token's own nor a request can. */
export function isOurPrivilege(name: string): boolean {
  return OURS.has(name)
}
