import { ADDRESSES_PRIVILEGE, rangeAsValue } from './address-privilege.ts'
import { CORE_FIDELITY, type Fidelity } from './fidelity.ts'
import { isOurPrivilege } from './our-privileges.ts'
import { isFieldKey, isGrantingPrivilege, isPrivilegeName, isReservedPrivilege } from './privilege-names.ts'
import { formatPrivilege, type Privilege, parseAppTokenPrivileges, trimItem } from './privileges.ts'
import { uriPatternsCover } from './validity-uri.ts'

/** `vendor` follows the original's rule and warns where a request widens; `strict` lets it only narrow. */
export type PrivilegePolicy = 'vendor' | 'strict'

/** Why a privilege is not in the session that was asked for. */
export type DropReason =
  /** Only the app token can bring it in, and it does not. */
  | 'reserved'
  /** The app token has its own values of it, without `*` among them. */
  | 'fixed-by-token'
  /** Characters outside letters, digits, `-` and `_`: it would not be read back as it was written. */
  | 'name-invalid'
  /** It would be read back as a field of the session. */
  | 'name-of-field'
  /** Under `strict`: it would add what the app token does not give. */
  | 'widens'

export interface DroppedPrivilege {
  readonly privilege: string
  readonly reason: DropReason
}

/** What the original lets a request do though it may give it more than the app token does. */
export type WideningWarning =
  /** It added `*` or `all`; beside other privileges neither grants anything. */
  | { readonly code: 'wildcard-added'; readonly privilege: string }
  /** It replaced values of the app token by some that these do not cover. */
  | { readonly code: 'values-replaced'; readonly privilege: string }

export interface MergedPrivileges {
  /** For the session; starts with the app token's id as session id and as app token. */
  readonly privileges: string
  readonly dropped: readonly DroppedPrivilege[]
  readonly warnings: readonly WideningWarning[]
}

export interface PrivilegeMerge {
  readonly tokenId: string
  /** The app token's own privileges. */
  readonly token?: string | undefined
  /** Addresses and ranges that the session is bound to besides. */
  readonly addresses?: readonly string[] | undefined
  /** What the request for a session asks for. */
  readonly requested?: string | undefined
  /** `vendor` unless given. */
  readonly policy?: PrivilegePolicy | undefined
  /** `mended` unless given. */
  readonly fidelity?: Fidelity | undefined
}

/**
 * The privileges of an app token's session: its id, its own privileges, and what a request may add or narrow. All
 * names of the result pass `isPrivilegeName`, but for white space before them and a lone `*`, and but for `vendor`
 * fidelity, in which nothing is dropped for its name.
 */
export function mergePrivileges(merge: PrivilegeMerge): MergedPrivileges {
  const { tokenId, token = '', requested = '', policy = 'vendor' } = merge
  const rules = CORE_FIDELITY[merge.fidelity ?? 'mended']
  const merged = new Map<string, readonly string[]>()
  const dropped: DroppedPrivilege[] = []
  const warnings: WideningWarning[] = []
  for (const name of SET_BY_EXCHANGE) merged.set(name, [tokenId])

  if (merge.addresses !== undefined && merge.addresses.length > 0) {
    merged.set(ADDRESSES_PRIVILEGE, merge.addresses.map(rangeAsValue))
  }

  for (const own of token === '' ? [] : parseAppTokenPrivileges(token)) {
    const fault = rules.checksWhatIsWritten ? nameFault(own) : undefined
    const before = merged.get(own.name)
    if (fault) dropped.push({ privilege: formatPrivilege(own), reason: fault })
    else if (isNotItsOwn(own.name)) {
      dropped.push({ privilege: formatPrivilege(own), reason: 'reserved' })
    } else merged.set(own.name, before === undefined ? own.values : [...before, ...own.values])
  }
  if (requested === '') return { privileges: formatMerged(merged), dropped, warnings }

  const fixed = new Set(Array.from(merged.keys(), trimItem))
  for (const asked of parseAppTokenPrivileges(requested)) {
    const privilege = formatPrivilege(asked)
    const held = merged.get(asked.name)
    const fault = rules.checksWhatIsWritten ? nameFault(asked) : undefined
    const reason = fault ?? refusal(asked, held, fixed, policy, rules.keepsSessionInGroup)
    if (reason) {
      dropped.push({ privilege, reason })
      continue
    }
    const warning = wideningOf(asked, held)
    if (warning) warnings.push({ code: warning, privilege })
    merged.set(asked.name, asked.values)
  }
  return { privileges: formatMerged(merged), dropped, warnings }
}

function formatMerged(merged: ReadonlyMap<string, readonly string[]>): string {
  const items: string[] = []
  for (const [name, values] of merged) items.push(formatPrivilege({ name, values }))
  return items.join(',')
}

/** A sentence for a person. */
export function explainDropped({ privilege, reason }: DroppedPrivilege): string {
  switch (reason) {
    case 'reserved':
      return isOurPrivilege(trimItem(privilege.split(':', 1)[0] ?? ''))
        ? `"${privilege}" is for the server alone to set`
        : `"${privilege}" can only come from the app token itself`
    case 'fixed-by-token':
      return `"${privilege}" was ignored: the app token has its own value, and only a value of * can be narrowed`
    case 'name-invalid':
      return `"${privilege}" was left out: names have letters, digits, "-" and "_" only`
    case 'name-of-field':
      return `"${privilege}" was left out: its name belongs to a field of the session`
    case 'widens':
      return `"${privilege}" was left out: a request may only narrow what the app token gives`
  }
}

/**
 * Sessions are revoked by the first session id. The original lets a request replace it where the app token says
 * `sessionid:*`, and deleting the token then no longer ends the session; here it stays.
 */
const SET_BY_EXCHANGE: readonly string[] = ['sessionid', 'apptoken']

/**
 * Addresses have a field of their own, and the others are for the server to set. And what is set here is not to be set under a name with a blank before it, which is
 * lost when the session is read, so that the last one would count: such a session would be another token's.
 */
function isNotItsOwn(name: string): boolean {
  const trimmed = trimItem(name)
  return isOurPrivilege(trimmed) || (trimmed !== name && SET_BY_EXCHANGE.includes(trimmed))
}

function nameFault({ name, values }: Privilege): DropReason | undefined {
  if (name === '*' && values.length === 0) return undefined
  // Trimmed as an item will be when it is written: behind a name only where no value follows.
  const written = values.length === 0 ? trimItem(name) : trimItem(`${name}:`).slice(0, -1)
  if (isPrivilegeName(written)) return undefined
  return isFieldKey(written.replaceAll('.', '_')) ? 'name-of-field' : 'name-invalid'
}

function refusal(
  asked: Privilege,
  held: readonly string[] | undefined,
  fixed: ReadonlySet<string>,
  policy: PrivilegePolicy,
  keepsSessionInGroup: boolean,
): DropReason | undefined {
  const name = trimItem(asked.name)
  if ((keepsSessionInGroup && SET_BY_EXCHANGE.includes(name)) || isOurPrivilege(name)) return 'reserved'
  if (held?.includes('*')) return policy === 'strict' && !isWithin(asked, held) ? 'widens' : undefined
  if (fixed.has(name)) return 'fixed-by-token'
  if (isReservedPrivilege(name)) return 'reserved'
  return policy === 'strict' ? 'widens' : undefined
}

function wideningOf(asked: Privilege, held: readonly string[] | undefined): WideningWarning['code'] | undefined {
  if (held !== undefined) return isNarrower(asked, held) ? undefined : 'values-replaced'
  const name = trimItem(asked.name)
  return name === '*' || (name === 'all' && asked.values.includes('*')) ? 'wildcard-added' : undefined
}

/** As {@link isNarrower}, but of a role, an address or a context no value is a part of `*`. */
function isWithin(asked: Privilege, held: readonly string[]): boolean {
  const name = trimItem(asked.name)
  return (isGrantingPrivilege(name) || !isReservedPrivilege(name) || name === 'urirestrict') && isNarrower(asked, held)
}

/** Whether the values asked for allow no more than the ones held, of which one is `*`. */
function isNarrower(asked: Privilege, held: readonly string[]): boolean {
  const name = trimItem(asked.name)
  // Here `*` is what restricts, so that anything else in its place lifts the restriction.
  if (name === 'restrictexplicitliveview') return asked.values.includes('*')
  if (name === 'urirestrict') return asked.values.length === 0 || uriPatternsCover(held, asked.values)
  // A lone `*` is how an app token leaves a value to the request, a role or an address too.
  return isGrantingPrivilege(name) || (held.length === 1 && held[0] === '*')
}
