import { withoutBlocked } from '../action-blocks.ts'
import { ActionSet } from '../action-set.ts'
import type { CatalogueAction } from '../catalogue/actions.ts'
import { type ActionEffect, effectOf } from '../catalogue/effects.ts'
import { readRolePrivilege } from '../privilege-role.ts'
import { hasPrivilege, privilegeValues } from '../privileges.ts'
import type { Session } from '../session.ts'
import type { EpochSeconds } from '../time.ts'
import { inWords } from '../time-words.ts'
import { type Shrink, shrinkOf } from './shrink.ts'
import type { SubjectRole } from './subject.ts'
import { nameOf } from './suggest.ts'
import { accessesOfToken, accessOfToken, type TokenFacts } from './token-record.ts'

export interface ServiceReach {
  readonly service: string
  readonly read: readonly string[]
  readonly write: readonly string[]
  readonly delete: readonly string[]
}

/** All that whoever holds an app token can do with it. */
export interface Reach {
  /** How many actions of each kind, those that are open to everybody among them. */
  readonly read: number
  readonly write: number
  readonly delete: number
  readonly services: readonly ServiceReach[]
  /** Those among them that stay closed for as long as the account lacks a plugin. */
  readonly behindPlugins: readonly string[]
  readonly users: {
    /** Whose sessions: one user's, nobody's, or whoever the holder names. */
    readonly actsAs: 'one-user' | 'nobody' | 'holder-chooses'
    readonly userId?: string | undefined
    /** Whether its sessions see and change everybody's entries or those of their user only. */
    readonly entries: 'all' | 'own'
    readonly text: string
  }
  readonly lifetime: {
    readonly sessionSeconds?: number | undefined
    readonly tokenExpiresAt?: number | undefined
    readonly text: string
  }
  readonly addresses: {
    /** Empty is anywhere. */
    readonly allowed: readonly string[]
    readonly text: string
  }
  /** The one change that takes most away and leaves the token what it was made for; absent where there is none. */
  readonly shrink?: Shrink | undefined
}

/**
 * @param role the one that counts, where the token names one
 * @param now lets an end be proposed for a token without one, where none of its actions can be spared
 */
export function reach(facts: TokenFacts, role?: SubjectRole, now?: EpochSeconds): Reach {
  const { token } = facts
  const { held, role: choice, session, kind } = accessOfToken(facts)
  const opened = openedTo(facts)
  const actions = opened.actions()
  const entries = kind === 'admin' || hasPrivilege(session, 'list', '*') ? 'all' : 'own'
  const ranges = token.addresses ?? []
  const singles = privilegeValues(session, 'iprestrict') ?? []
  return {
    read: countOf(actions, 'read'),
    write: countOf(actions, 'write'),
    delete: countOf(actions, 'delete'),
    services: byService(actions),
    behindPlugins: actions.filter((action) => isBehindPlugin(action, facts.features)).map(nameOf),
    users: usersOf(facts, session, entries),
    lifetime: lifetimeOf(facts),
    addresses: { allowed: [...ranges, ...singles], text: addressesIn(ranges, singles) },
    shrink: choice.kind === 'refuse' ? undefined : shrinkOf({ facts, held, opened, role, now }),
  }
}

/** By whichever type of session, without what the account blocks. */
function openedTo(facts: TokenFacts): ActionSet {
  const opened = new ActionSet()
  for (const { role, held } of accessesOfToken(facts)) if (role.kind !== 'refuse') opened.addAll(held.opened)
  return withoutBlocked(opened, { ...facts, status: facts.partnerStatus })
}

function isBehindPlugin({ plugin }: CatalogueAction, features: readonly string[]): boolean {
  return plugin !== undefined && !features.includes(plugin.feature)
}

function countOf(actions: readonly CatalogueAction[], effect: ActionEffect): number {
  return actions.filter((action) => effectOf(action) === effect).length
}

export function byService(actions: readonly CatalogueAction[]): readonly ServiceReach[] {
  const services = new Map<string, Record<ActionEffect, string[]>>()
  for (const action of actions) {
    const row = services.get(action.service) ?? { read: [], write: [], delete: [] }
    row[effectOf(action)].push(action.action)
    services.set(action.service, row)
  }
  return [...services].map(([service, row]) => ({ service, ...row }))
}

function usersOf({ token }: TokenFacts, session: Session, entries: 'all' | 'own'): Reach['users'] {
  const edited = privilegeValues(session, 'edit') ?? []
  const edits = edited.length === 0 ? '' : `, and changing ${edited.includes('*') ? 'those of all' : edited.join(', ')}`
  const isOpen = readRolePrivilege(session).kind === 'none'
  const roles = isOpen ? ', with whatever the roles of that user open besides' : ''
  const own = token.sessionUserId === '' ? 'no entries, since nobody has any' : 'the entries of that user only'
  const seen = entries === 'all' ? "everybody's entries" : `${own}${edits}`
  if (token.sessionUserId === undefined) {
    return { actsAs: 'holder-chooses', entries, text: `as any user that its holder names${roles}; with ${seen}` }
  }
  if (token.sessionUserId === '') return { actsAs: 'nobody', entries, text: `as nobody; with ${seen}` }
  return { actsAs: 'one-user', userId: token.sessionUserId, entries, text: `as ${token.sessionUserId}; with ${seen}` }
}

/** An address has to pass both. */
function addressesIn(...lists: readonly (readonly string[])[]): string {
  const texts = lists.filter((list) => list.length > 0).map((list) => `from ${list.join(', ')} only`)
  return texts.length === 0 ? 'from anywhere' : texts.join(', and among those ')
}

function lifetimeOf({ token }: TokenFacts): Reach['lifetime'] {
  const { sessionSeconds, expiresAt } = token
  const session = sessionSeconds === undefined ? 'as long as the account allows' : `up to ${inWords(sessionSeconds)}`
  const ends = expiresAt === undefined ? 'the token itself does not expire' : `the token expires at ${expiresAt}`
  return { sessionSeconds, tokenExpiresAt: expiresAt, text: `each session lives ${session}; ${ends}` }
}
