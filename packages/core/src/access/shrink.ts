import type { ActionSet } from '../action-set.ts'
import { isPlainRead } from '../catalogue/effects.ts'
import { findPermission } from '../catalogue/permissions.ts'
import type { HeldPermissions } from '../held-permissions.ts'
import type { EpochSeconds } from '../time.ts'
import { type Change, updateRole, updateTokenExpiry } from './change.ts'
import { NORMAL, openedByRole } from './closure.ts'
import { grantChanges, ownPermissionFor } from './grant.ts'
import type { SubjectRole } from './subject.ts'
import type { TokenFacts } from './token-record.ts'

/** One change by which whoever holds a token can do less with it. It never takes all away that the token was made for. */
export interface Shrink {
  readonly title: string
  /** How many actions it reaches now, and then: as many where it is time that is taken. */
  readonly from: number
  readonly to: number
  readonly change: readonly Change[]
}

export interface ShrinkQuestion {
  readonly facts: TokenFacts
  readonly held: HeldPermissions
  /** By its sessions of whichever type. */
  readonly opened: ActionSet
  /** The one that counts, where the token names one. */
  readonly role?: SubjectRole | undefined
  readonly now?: EpochSeconds | undefined
}

const DAY = 86_400
/** Long enough for a job that runs by itself, and for its owner to see the end come. */
const YEAR = 365 * DAY

/** Fewest actions left is best; a token that needs all of its own can still be given an end. */
export function shrinkOf(question: ShrinkQuestion): Shrink | undefined {
  const choices = [withoutOneName(question), readsOnly(question)].flatMap((choice) => choice ?? [])
  const best = choices.toSorted((a, b) => a.to - b.to)[0]
  return best !== undefined && best.to < best.from ? best : anEnd(question)
}

/** What every session may call, so that nothing was ever made for the sake of it. */
function everybodys({ facts: { index, features }, held: { alwaysAllowed } }: ShrinkQuestion): ActionSet {
  return openedByRole({ index, features, alwaysAllowed }, [])
}

/** An account's own permissions are written down action by action: what they open is what is wanted. */
function isOwn(name: string): boolean {
  return findPermission(name) === undefined
}

/** Takes the one permission off a role that opens most on its own, as long as the others open something. */
function withoutOneName(question: ShrinkQuestion): Shrink | undefined {
  const { facts, held, opened, role } = question
  // The API passes changes of what a role of everything holds over.
  if (role === undefined || role.isShared || role.id <= 0 || role.permissionNames.includes('*')) return undefined
  const account = { index: held.index, features: facts.features, alwaysAllowed: held.alwaysAllowed }
  const always = everybodys(question)
  // A role may not be sent with names that the account no longer has, and they open nothing.
  const listed = role.permissionNames.filter((name) => held.index.find(name)?.type === NORMAL)
  const choices = listed.flatMap((name) => {
    if (isOwn(name)) return []
    const names = listed.filter((other) => other !== name)
    const left = openedByRole(account, names, held.restricting).intersection(opened)
    return left.minus(always).size === 0 ? [] : { name, names, to: left.size }
  })
  const [best] = choices.toSorted((a, b) => a.to - b.to)
  if (best === undefined) return undefined
  const title = `Take ${best.name} off the role ${role.name}`
  return { title, from: opened.size, to: best.to, change: [updateRole(role.id, best.names)] }
}

/**
 * A role in the place of what there is, with no more than the plain reads among what is opened. Not for a token whose role
 * names its actions one by one, nor for one whose role mostly writes: it was made for just that.
 */
function readsOnly(question: ShrinkQuestion): Shrink | undefined {
  const { facts, opened, role } = question
  const { token, index, accountRoles } = facts
  // A role that the account has for every session stands in the way of one of the token's own.
  if (accountRoles?.secondary !== undefined) return undefined
  const isNarrow = role !== undefined && !role.permissionNames.includes('*')
  if (isNarrow && role.permissionNames.every(isOwn)) return undefined
  const always = everybodys(question)
  const given = opened.minus(always)
  const reads = given.actions().filter(isPlainRead)
  if (isNarrow && reads.length * 2 < given.size) return undefined
  const own = ownPermissionFor(reads, index, `LATCHKEY_READS_OF_${token.id.toUpperCase()}`)
  if (own === undefined) return undefined
  return {
    title: 'Give it a role that holds only what it reads',
    from: opened.size,
    to: opened.intersection(always).size + reads.length,
    change: grantChanges([], { names: [own.name], own }, { token }, 'reads only'),
  }
}

/** Takes no action away, but what a leak is worth in the long run. */
function anEnd({ facts: { token }, opened, now }: ShrinkQuestion): Shrink | undefined {
  if (now === undefined || token.expiresAt !== undefined || opened.size === 0) return undefined
  const expiresAt = now + YEAR
  const day = new Date(expiresAt * 1_000).toISOString().slice(0, 10)
  return {
    title: `Let it expire in a year, on ${day}`,
    from: opened.size,
    to: opened.size,
    change: [updateTokenExpiry(token.id, expiresAt)],
  }
}
