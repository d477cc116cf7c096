import { withoutBlocked } from '../action-blocks.ts'
import { ActionSet } from '../action-set.ts'
import type { CatalogueAction } from '../catalogue/actions.ts'
import { type ActionEffect, effectOf, isPlainRead } from '../catalogue/effects.ts'
import type { HeldPermissions } from '../held-permissions.ts'
import { readRolePrivilege } from '../privilege-role.ts'
import { hasPrivilege, privilegeValues } from '../privileges.ts'
import type { Session } from '../session.ts'
import { type Change, updateRole } from './change.ts'
import { NORMAL, openedByRole } from './closure.ts'
import { grantChanges, ownPermissionFor } from './grant.ts'
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
  /** The one change that takes most away; absent where nothing is left to take. */
  readonly shrink?: Shrink | undefined
}

export interface Shrink {
  readonly title: string
  /** How many actions it reaches now, and then. */
  readonly from: number
  readonly to: number
  readonly change: readonly Change[]
}

/** @param role the one that counts, where the token names one */
export function reach(facts: TokenFacts, role?: SubjectRole): Reach {
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
    shrink: choice.kind === 'refuse' ? undefined : shrinkOf(facts, held, opened, role),
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

/** A duration as people say it. */
export function inWords(seconds: number): string {
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const) {
    if (seconds >= length && seconds % length === 0) {
      const count = seconds / length
      return `${count} ${unit}${count === 1 ? '' : 's'}`
    }
  }
  return `${seconds} second${seconds === 1 ? '' : 's'}`
}

function shrinkOf(
  facts: TokenFacts,
  held: HeldPermissions,
  opened: ActionSet,
  role: SubjectRole | undefined,
): Shrink | undefined {
  // A role that the account has for every session stands in the way of one of the token's own.
  const own = facts.accountRoles?.secondary === undefined ? readsOnly(facts, held, opened) : undefined
  const choices = [role && withoutOneName(facts, held, opened, role), own]
  const best = choices.flatMap((choice) => choice ?? []).toSorted((a, b) => a.to - b.to)[0]
  return best !== undefined && best.to < best.from ? best : undefined
}

/** Takes the one permission off a role that opens most on its own. */
function withoutOneName(
  facts: TokenFacts,
  held: HeldPermissions,
  opened: ActionSet,
  role: SubjectRole,
): Shrink | undefined {
  // The API passes changes of what a role of everything holds over.
  if (role.isShared || role.id <= 0 || role.permissionNames.includes('*')) return undefined
  const account = { index: held.index, features: facts.features, alwaysAllowed: held.alwaysAllowed }
  const from = opened.size
  // A role may not be sent with names that the account no longer has, and they open nothing.
  const listed = role.permissionNames.filter((name) => held.index.find(name)?.type === NORMAL)
  const choices = listed.map((name) => {
    const names = listed.filter((other) => other !== name)
    const left = openedByRole(account, names, held.restricting).intersection(opened)
    return { name, names, to: left.size }
  })
  const [best] = choices.toSorted((a, b) => a.to - b.to)
  if (best === undefined) return undefined
  const title = `Take ${best.name} off the role ${role.name}`
  return { title, from, to: best.to, change: [updateRole(role.id, best.names)] }
}

/** A role in the place of what there is, with no more than the plain reads among what is opened. */
function readsOnly(
  { token, features, index }: TokenFacts,
  held: HeldPermissions,
  opened: ActionSet,
): Shrink | undefined {
  const always = openedByRole({ index, features, alwaysAllowed: held.alwaysAllowed }, [])
  const reads = opened.minus(always).actions().filter(isPlainRead)
  const own = ownPermissionFor(reads, held.index, `LATCHKEY_READS_OF_${token.id.toUpperCase()}`)
  const kept = opened.intersection(always)
  if (own === undefined) return undefined
  return {
    title: 'Give it a role that holds only what it reads',
    from: opened.size,
    to: kept.size + reads.length,
    change: grantChanges([], { names: [own.name], own }, { token }, 'reads only'),
  }
}
