import { inWords } from '../access/reach.ts'
import { withoutBlocked } from '../action-blocks.ts'
import { ACTION_COUNT } from '../catalogue/actions.ts'
import { type ActionEffect, effectOf } from '../catalogue/effects.ts'
import { readRolePrivilege } from '../privilege-role.ts'
import { privilegeValues } from '../privileges.ts'
import type { Session } from '../session.ts'
import { readActionsLimit } from '../validity.ts'
import type { LintFacts } from './lint.ts'
import { RELATIVE } from './token.ts'

/** What the token will do: whether it starts sessions, which, for whom, what a request can still say, and what that opens. */
export function summarize(facts: LintFacts): string {
  return [starts(facts), requestSays(facts), opens(facts)].join(' ')
}

function starts({ token, now }: LintFacts): string {
  if (token.status === 'deleted') return 'This token is deleted and starts no session.'
  const type = token.sessionType === undefined ? 'USER or ADMIN' : token.sessionType > 0 ? 'ADMIN' : 'USER'
  const user = token.sessionUserId === undefined ? 'whatever user the request names' : userName(token.sessionUserId)
  const sessions = `${type} sessions${lifeInWords(token.sessionSeconds)} for ${user}`
  if (token.expiresAt !== undefined && token.expiresAt <= now && token.expiresAt >= RELATIVE) {
    return `This token expired at ${token.expiresAt}; before that it started ${sessions}.`
  }
  if (token.status === 'disabled') return `This token is paused; resumed, it starts ${sessions}.`
  return `This token starts ${sessions}.`
}

function lifeInWords(seconds: number | undefined): string {
  if (seconds === undefined) return ''
  if (seconds <= 0) return ' that are over before their first call,'
  const words = inWords(seconds)
  return ` of up to ${words.includes('second') ? words : `${seconds} seconds (${words})`}`
}

function userName(id: string): string {
  return id === '' ? 'no user' : `the user ${id}`
}

function requestSays({ token }: LintFacts): string {
  const counts = [
    'expiry (only to shorten)',
    'sessionPrivileges (to narrow a value of *, or to add what is not reserved)',
  ]
  const ignored: string[] = []
  const place = (name: string, isFree: boolean) => (isFree ? counts.unshift(name) : ignored.push(name))
  place('type', token.sessionType === undefined)
  place('userId', token.sessionUserId === undefined)
  const rest =
    ignored.length === 0 ? '' : `; ${ignored.join(' and ')} ${ignored.length === 1 ? 'does' : 'do'} not count`
  return `Of the arguments of startSession ${counts.join(', ')} count${rest}.`
}

/** What shuts every call out, whoever makes it. */
function whyNothing(session: Session): string | undefined {
  if (readActionsLimit(session).kind === 'invalid') return 'actionslimit is no number of calls'
  const addresses = privilegeValues(session, 'iprestrict')
  if (addresses?.every((address) => !/[.:]/.test(address))) return 'iprestrict names no address'
  return undefined
}

function opens({ access, token, knowsRoles = true, features, rules, partnerStatus }: LintFacts): string {
  const named = readRolePrivilege(access.session)
  if (!knowsRoles && named.kind !== 'none' && named.kind !== 'null') {
    const name = named.kind === 'id' ? named.id : named.kind === 'name' ? named.name : named.value
    return `What its sessions may call is told by the role ${name}.`
  }
  if (access.role.kind === 'refuse')
    return 'Every call of its sessions will be refused, since a role is named that is not there.'
  const why = whyNothing(access.session)
  if (why !== undefined) return `Every call of its sessions will be refused, since ${why}.`
  const counts: Record<ActionEffect, number> = { read: 0, write: 0, delete: 0 }
  const account = { status: partnerStatus, features, rules }
  const actions = withoutBlocked(access.held.opened, account).actions()
  for (const action of actions) counts[effectOf(action)] += 1
  const source =
    access.held.source === 'session-kind' ? '' : access.held.source === 'user' ? " by its user's role" : ' by its role'
  const unless = !knowsRoles && token.sessionUserId ? 'Unless their user has a role, they' : 'They'
  // A user that the request names may have roles, and they count unless the token names one.
  const isOpen = token.sessionUserId === undefined && named.kind === 'none'
  const more = isOpen ? ', or whatever the roles of the user that is named open' : ''
  return `${unless} may call ${actions.length} of ${ACTION_COUNT} actions${source}: ${counts.read} that read, ${counts.write} that change and ${counts.delete} that delete${more}.`
}
