import { type CatalogueAction, findAction, type Session } from '@latchkey/core'
import { type AccessAnswer, decideAccess } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { OpenedSession } from '../opened-sessions.ts'
import type { Partner } from '../ports.ts'

/** Where a request came in, and from where. */
export interface CallPlace {
  readonly address: string
  readonly uri: string
  readonly isHttps: boolean
}

export const START_SESSION: CatalogueAction = required('appToken', 'startSession')
/** Who may call this may see what sessions there are, too. */
export const READ_TOKENS: CatalogueAction = required('appToken', 'get')

function required(service: string, action: string): CatalogueAction {
  const found = findAction(service, action)
  if (found === undefined) throw new TypeError(`the catalogue has no ${service}.${action}`)
  return found
}

/** A partner is the same object until it changes. */
const logins = new WeakMap<Partner, OpenedSession>()

/**
 * Whether `appToken.startSession` is open to whoever logs in to this account with a widget session, as everybody can get
 * one: what shuts that door shuts every other one too.
 */
export function loginAccess(deps: Deps, partner: Partner, place: CallPlace): Promise<AccessAnswer> {
  const opened = logins.get(partner) ?? widgetSessionOf(partner)
  logins.set(partner, opened)
  return decideAccess(deps, { action: START_SESSION, opened, ...place, countsCall: false })
}

function widgetSessionOf(partner: Partner): OpenedSession {
  // Never written into a session string, so that nobody can come with it.
  const session: Session = {
    version: partner.sessionVersion,
    partnerId: partner.id,
    expiresAt: Number.MAX_SAFE_INTEGER,
    type: 0,
    userId: '0',
    privileges: 'view:*,widget:1',
    fingerprint: 'oauth2-login',
  }
  return { session, partner, keys: { fingerprint: session.fingerprint }, kind: 'widget' }
}
