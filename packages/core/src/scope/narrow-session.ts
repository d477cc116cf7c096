import { ADDRESSES_PRIVILEGE, valueAsRange } from '../address-privilege.ts'
import { ACTIONS_PRIVILEGE, MOST_PARENTS, PARENTS_PRIVILEGE } from '../our-privileges.ts'
import { formatPrivilege, type Privilege, privilegeReader, privilegeValues, trimItem } from '../privileges.ts'
import type { Session } from '../session.ts'
import { roundExpiry } from '../session-expiry.ts'
import { privilegesReadBack, type SessionFields } from '../session-seal.ts'
import type { EpochSeconds } from '../time.ts'
import { type ActionScope, actionScopeValues } from './action-scope.ts'
import { showableScope } from './scope-text.ts'

/** What a session is to be narrowed to. */
export interface NarrowingWish {
  /** All of them within what the session may call; absent leaves them as they are. */
  readonly actions?: ActionScope | undefined
  readonly privileges: readonly Privilege[]
  /** Seconds from now; absent is as long as the session itself. */
  readonly lifetimeSeconds?: number | undefined
}

export interface NarrowingContext {
  readonly now: EpochSeconds
  /** How many actions the session may call: fewer than those is narrower. */
  readonly actionCount: number
  /** An address in its one form; undefined for what is none. */
  readonly readAddress: (text: string) => string | undefined
  readonly isInRange: (address: string, range: string) => boolean
}

/** Why a session cannot be narrowed so. `text` is a sentence. */
export type NarrowingReason =
  /** It would have what the session does not. */
  | { readonly code: 'wider'; readonly scope: string; readonly text: string }
  /** It would be the same once more. */
  | { readonly code: 'not-narrower' }
  | { readonly code: 'too-deep'; readonly most: number }
  /** Its privileges would not be read back as they were written, which none of an app token's has. */
  | { readonly code: 'unsealable' }

export type Narrowing =
  | { readonly effect: 'allow'; readonly fields: SessionFields; readonly version: 1 | 2 }
  | { readonly effect: 'deny'; readonly reasons: readonly NarrowingReason[] }

const ONLY_FROM = 'iprestrict'

/**
 * A session that can do less than the one it comes from: fewer actions, for a shorter time, from one address. It keeps all
 * privileges of that one, its user and its type, and is told by its privileges to end with it.
 */
export function decideNarrowing(parent: Session, wish: NarrowingWish, context: NarrowingContext): Narrowing {
  const { now, actionCount } = context
  const wider: NarrowingReason[] = []
  const address = addressAsked(parent, wish, context, wider)
  const isHeld = privilegeReader(parent)
  for (const privilege of wish.privileges) {
    if (privilege.name !== ONLY_FROM && !isHeld(privilege))
      wider.push(beyond(privilege, 'the session does not have it'))
  }
  const { lifetimeSeconds } = wish
  const wanted = lifetimeSeconds === undefined ? parent.expiresAt : now + lifetimeSeconds
  const expiresAt = roundExpiry(wanted, parent.privileges)
  if (expiresAt > parent.expiresAt) {
    const scope = `${lifetimeSeconds ?? 0} seconds`
    wider.push({ code: 'wider', scope, text: `the session itself ends in ${parent.expiresAt - now} seconds` })
  }
  if (wider.length > 0) return { effect: 'deny', reasons: wider }

  const limited = privilegeValues(parent, ONLY_FROM)
  const isFewer = wish.actions !== undefined && wish.actions.actions.length < actionCount
  const isOneAddress = address !== undefined && limited?.length !== 1
  if (!isFewer && !isOneAddress && expiresAt >= parent.expiresAt) {
    return { effect: 'deny', reasons: [{ code: 'not-narrower' }] }
  }
  const parents = [parent.fingerprint, ...(privilegeValues(parent, PARENTS_PRIVILEGE) ?? [])]
  if (parents.length > MOST_PARENTS) return { effect: 'deny', reasons: [{ code: 'too-deep', most: MOST_PARENTS }] }

  const replaced = new Map<string, readonly string[]>([[PARENTS_PRIVILEGE, parents]])
  if (wish.actions !== undefined) replaced.set(ACTIONS_PRIVILEGE, actionScopeValues(wish.actions))
  if (address !== undefined) replaced.set(ONLY_FROM, [address])
  const privileges = withReplaced(parent.privileges, replaced)
  const { version, partnerId, type, userId, masterPartnerId, additionalData } = parent
  if (privilegesReadBack(privileges, version) !== privileges)
    return { effect: 'deny', reasons: [{ code: 'unsealable' }] }
  const fields = { partnerId, expiresAt, type, userId, privileges, masterPartnerId, additionalData }
  return { effect: 'allow', fields, version }
}

function beyond(privilege: Privilege, text: string): NarrowingReason {
  return { code: 'wider', scope: showableScope(`priv:${formatPrivilege(privilege)}`), text }
}

/** The one address that `priv:iprestrict:…` names, within those that the session is bound to already. */
function addressAsked(
  parent: Session,
  { privileges }: NarrowingWish,
  { readAddress, isInRange }: NarrowingContext,
  wider: NarrowingReason[],
): string | undefined {
  const asked = privileges.filter(({ name }) => name === ONLY_FROM)
  if (asked.length === 0) return undefined
  const [first] = asked
  const [text] = first?.values ?? []
  const address = text === undefined ? undefined : readAddress(text)
  const limited = privilegeValues(parent, ONLY_FROM)
  const ranges = privilegeValues(parent, ADDRESSES_PRIVILEGE)?.map(valueAsRange)
  const isOne = asked.length === 1 && first?.values.length === 1 && address !== undefined
  const isWithin =
    isOne &&
    (limited === undefined || limited.includes(address)) &&
    (ranges === undefined || ranges.some((range) => isInRange(address, range)))
  if (isWithin) return address
  for (const each of asked)
    wider.push(
      beyond(
        each,
        isOne ? 'the session may not be used from there' : 'a session can be bound to one address, and to one only',
      ),
    )
  return undefined
}

/** Kept privileges stay in their order, since of two of one name the first may be the one that counts. */
function withReplaced(privileges: string, replaced: ReadonlyMap<string, readonly string[]>): string {
  const kept = privileges.split(',').filter((item) => !replaced.has(trimItem(item.split(':', 1)[0] ?? '')))
  const added = Array.from(replaced, ([name, values]) => formatPrivilege({ name, values }))
  return [...kept.filter((item) => item !== ''), ...added].join(',')
}
