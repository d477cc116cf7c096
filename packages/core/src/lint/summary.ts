import { nameOf } from '../access/suggest.ts'
import { withoutBlocked } from '../action-blocks.ts'
import type { ActionSet } from '../action-set.ts'
import { ACTION_COUNT, type CatalogueAction, findAction } from '../catalogue/actions.ts'
import { type ActionEffect, effectOf } from '../catalogue/effects.ts'
import { readRolePrivilege } from '../privilege-role.ts'
import { privilegeValues } from '../privileges.ts'
import type { Session } from '../session.ts'
import { dayInWords, inWords } from '../time-words.ts'
import { readActionsLimit } from '../validity.ts'
import type { LintFacts } from './lint.ts'
import { RELATIVE } from './token.ts'

/** What jobs call most often, in the order in which its absence is worth a word. */
const WELL_KNOWN = [
  'user.list',
  'user.get',
  'appToken.list',
  'userRole.list',
  'media.list',
  'baseEntry.list',
  'category.list',
  'report.getTable',
  'schedule_scheduleEvent.list',
  'media.update',
  'media.delete',
  'uploadToken.add',
  'partner.getInfo',
] as const
const MOST_NAMED = 4
const MOST_PRIVILEGES = 120
const SHORT_LIFE = 600

/** What the token will do, in one sentence: whether it starts sessions, which, for whom, and what that opens. */
export function summarize(facts: LintFacts): string {
  const sentence = `This token ${[starts, privileges, opens].map((part) => part(facts)).join('; ')}`
  return sentence.endsWith('…') ? sentence : `${sentence}.`
}

function starts({ token, now }: LintFacts): string {
  if (token.status === 'deleted') return 'is deleted and starts no session'
  const type = token.sessionType === undefined ? 'USER or an ADMIN' : token.sessionType > 0 ? 'ADMIN' : 'USER'
  const life = token.sessionSeconds === undefined ? '' : ` of ${lifeInWords(token.sessionSeconds)}`
  const session = `${type === 'ADMIN' ? 'an' : 'a'} ${type} session${life}, for ${userName(token.sessionUserId)}`
  if (token.expiresAt !== undefined && token.expiresAt <= now && token.expiresAt >= RELATIVE) {
    return `expired on ${dayInWords(token.expiresAt)}; before that it started ${session}`
  }
  if (token.status === 'disabled') return `is paused; resumed, it starts ${session}`
  return `starts ${session}`
}

/** Short ones to the second, since a second more or less counts there; long ones as people say them. */
function lifeInWords(seconds: number): string {
  return seconds < SHORT_LIFE ? `${seconds} s` : inWords(seconds)
}

function userName(id: string | undefined): string {
  if (id === undefined) return 'a user whom the caller may name'
  return id === '' ? 'no user' : `the user ${id}`
}

/** The login itself takes none; what the token brings in is what its sessions have. */
function privileges({ token: { sessionPrivileges = '' } }: LintFacts): string {
  if (sessionPrivileges.trim() === '') return 'no privileges needed'
  const cut =
    sessionPrivileges.length > MOST_PRIVILEGES ? `${sessionPrivileges.slice(0, MOST_PRIVILEGES)}…` : sessionPrivileges
  return `with the privileges ${cut}`
}

function opens(facts: LintFacts): string {
  const { access } = facts
  const role = untoldRole(facts)
  if (role !== undefined) return `what it opens is told by the role ${role}`
  if (access.role.kind === 'refuse') return 'opens nothing, since a role is named that is not there'
  const why = whyNothing(access.session)
  if (why !== undefined) return `opens nothing, since ${why}`
  const opened = openedOf(facts)
  const closed = closedOnes(facts)
  const not =
    closed.length === 0
      ? ''
      : `, not ${closed.slice(0, MOST_NAMED).join(', ')}${closed.length > MOST_NAMED ? ', …' : ''}`
  return `opens ${opened.size} of ${ACTION_COUNT} actions${SOURCES[access.held.source] ?? ' by its role'}${not}`
}

const SOURCES: Readonly<Record<string, string>> = { 'session-kind': '', user: " by its user's role" }

/** Without what the account blocks. */
function openedOf({ access, features, rules, partnerStatus }: LintFacts): ActionSet {
  return withoutBlocked(access.held.opened, { status: partnerStatus, features, rules })
}

/** What shuts every call out, whoever makes it. */
function whyNothing(session: Session): string | undefined {
  if (readActionsLimit(session).kind === 'invalid') return 'actionslimit is no number of calls'
  const addresses = privilegeValues(session, 'iprestrict')
  if (addresses?.every((address) => !/[.:]/.test(address))) return 'iprestrict names no address'
  return undefined
}

/** What is wanted first, then what others call most often. */
function closedOnes({ access, wanted = [] }: LintFacts): readonly string[] {
  const known = WELL_KNOWN.flatMap((name) => {
    const [service = '', action = ''] = name.split('.')
    return findAction(service, action) ?? []
  })
  const isClosed = (action: CatalogueAction) => action.index >= 0 && !access.held.opens(action)
  return [...new Set([...wanted, ...known].filter(isClosed).map(nameOf))]
}

/** The role that is named where nobody could look it up. */
function untoldRole({ access, knowsRoles = true }: LintFacts): string | undefined {
  const named = readRolePrivilege(access.session)
  if (knowsRoles || named.kind === 'none' || named.kind === 'null') return undefined
  return String(named.kind === 'id' ? named.id : named.kind === 'name' ? named.name : named.value)
}

/** More sentences, for whoever wants to know: what the actions do, and what a request can still say. */
export function detailsOf(facts: LintFacts): readonly string[] {
  return [...effects(facts), requestSays(facts)]
}

function effects(facts: LintFacts): readonly string[] {
  const { access, token, knowsRoles = true } = facts
  if (untoldRole(facts) !== undefined || access.role.kind === 'refuse' || whyNothing(access.session)) return []
  const counts: Record<ActionEffect, number> = { read: 0, write: 0, delete: 0 }
  for (const action of openedOf(facts).actions()) counts[effectOf(action)] += 1
  const unless = !knowsRoles && token.sessionUserId !== '' ? ', unless the user has a role that says otherwise' : ''
  // A user that the request names may have roles, and they count unless the token names one.
  const isOpen = token.sessionUserId === undefined && readRolePrivilege(access.session).kind === 'none'
  const more = isOpen && unless === '' ? ', or whatever the roles of the user that is named open' : ''
  return [`Of the actions, ${counts.read} read, ${counts.write} change and ${counts.delete} delete${unless}${more}.`]
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
