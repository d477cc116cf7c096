import type { ActionSet } from '../action-set.ts'
import { ADDRESSES_PRIVILEGE } from '../address-privilege.ts'
import { entitlementOf } from '../entitlement.ts'
import { isGrantingPrivilege } from '../privilege-names.ts'
import { readRolePrivilege } from '../privilege-role.ts'
import {
  firstPrivilegeText,
  hasPrivilege,
  hasPrivilegeFlag,
  type PrivilegeHolder,
  parsePrivileges,
  privilegeValues,
} from '../privileges.ts'
import type { Session, SessionKind } from '../session.ts'
import { uriPatternsCover } from '../validity-uri.ts'
import { nameOf } from './suggest.ts'
import { accessesOfToken, accessOfToken, type TokenAccess, type TokenFacts } from './token-record.ts'

/** The session that makes or changes a token. */
export interface Maker {
  readonly session: Session
  readonly kind: SessionKind
  /** What it may call. */
  readonly opened: ActionSet
}

/** Privileges besides the granting ones that let a session do more by merely being there. */
const LIFTS: ReadonlySet<string> = new Set(['disablesessiontypecheck', 'all', '*'])

/** A value that a request for a session may put another one in the place of. */
const FOR_THE_REQUEST = '*'

type Keeps = (maker: PrivilegeHolder, made: PrivilegeHolder, name: string) => boolean

/** The switch stands there without a value, or else it is none. */
const keepsFlag: Keeps = (maker, made, name) => !hasPrivilegeFlag(maker, name) || hasPrivilegeFlag(made, name)

const keepsText: Keeps = (maker, made, name) => {
  const limit = firstPrivilegeText(maker, name)
  return limit === undefined || (limit === firstPrivilegeText(made, name) && limit !== FOR_THE_REQUEST)
}

const keepsValues: Keeps = (maker, made, name) => {
  const limit = privilegeValues(maker, name)
  const kept = privilegeValues(made, name)
  if (limit === undefined || kept === undefined) return limit === undefined
  return (kept.length > 0 || limit.length === 0) && kept.every((value) => limit.includes(value) && isFixed(value))
}

const keepsCount: Keeps = (maker, made, name) => {
  const [limit, kept] = [firstPrivilegeText(maker, name), firstPrivilegeText(made, name)]
  return limit === undefined || (kept !== undefined && /^\d+$/.test(kept) && Number(kept) <= Number(limit))
}

/** By patterns: the values are what lies between the slashes of those. */
const keepsUris: Keeps = (maker, made, name) => {
  const limit = privilegeValues(maker, name)
  const kept = privilegeValues(made, name)
  return limit === undefined || (kept !== undefined && uriPatternsCover(limit, kept))
}

/** Here `*` is what restricts, and a request cannot take it off. */
const keepsStar: Keeps = (maker, made, name) =>
  privilegeValues(maker, name)?.includes('*') !== true || privilegeValues(made, name)?.includes('*') === true

/** Privileges that keep a session from something: what is made by it has to keep them. */
const LIMITS: readonly (readonly [name: string, keeps: Keeps])[] = [
  ['iprestrict', keepsValues],
  [ADDRESSES_PRIVILEGE, keepsValues],
  ['urirestrict', keepsUris],
  ['actionslimit', keepsCount],
  ['limitentry', keepsValues],
  ['privacycontext', keepsText],
  ['restrictingrole', keepsText],
  ['preview', keepsCount],
  ['enablechangeaccount', keepsValues],
  ['enableentitlement', keepsFlag],
  ['enablecategorymoderation', keepsFlag],
  ['enablecaptionmoderation', keepsFlag],
  ['restrictexplicitliveview', keepsStar],
]

const MOST_NAMED = 3

/**
 * What sessions of a token could do that its maker cannot: actions, the type, a user, privileges, or going without a limit.
 * Empty where it stays within its maker. Judged by what a request may choose as well.
 */
export function beyondMaker(maker: Maker, facts: TokenFacts): readonly string[] {
  const made = accessOfToken(facts)
  return [
    // Blocked actions count as any other: a block may be lifted, and the token stays.
    ...new Set(accessesOfToken(facts).flatMap((access) => actionsBeyond(maker, access))),
    ...identityBeyond(maker, facts, made),
    ...grantsBeyond(maker, made),
    ...entitlementBeyond(maker, made),
    ...LIMITS.flatMap(([name, keeps]) => (keeps(maker.session, made.session, name) ? [] : [`being without ${name}`])),
  ]
}

function actionsBeyond({ opened }: Maker, made: TokenAccess): readonly string[] {
  // A role that is not there opens nothing today, and may be made tomorrow.
  if (made.role.kind === 'refuse') return [`the role ${made.role.role}`]
  // A role may be called so; where a request may name another, that is the one that counts.
  if (firstPrivilegeText(made.session, 'setrole') === FOR_THE_REQUEST) return ['a role of its own choice']
  const more = made.held.opened.minus(opened).actions().map(nameOf)
  if (more.length === 0) return []
  const rest = more.length > MOST_NAMED ? ` and ${more.length - MOST_NAMED} more actions` : ''
  return [`${more.slice(0, MOST_NAMED).join(', ')}${rest}`]
}

function identityBeyond(maker: Maker, facts: TokenFacts, made: TokenAccess): readonly string[] {
  const { kind, session } = maker
  const { sessionType, sessionUserId } = facts.token
  const beyond: string[] = []
  if (kind !== 'admin' && sessionType !== 0) {
    beyond.push(sessionType === undefined ? 'a type of its own choice' : 'the type ADMIN')
  }
  // An ADMIN session works on everybody's objects already, unless entitlement keeps some from it.
  const isBoundToUser = kind !== 'admin' || entitlementOf(session, facts.features) !== undefined
  // A widget session names a user 0, which is nobody.
  const own = kind === 'widget' ? '' : (session.userId ?? '')
  if (isBoundToUser && sessionUserId !== own) {
    beyond.push(sessionUserId === undefined ? 'a user of its own choice' : `the user ${sessionUserId}`)
  } else if (sessionUserId === undefined && !opensWhatAnyUserMay(maker, facts, made)) {
    beyond.push('a user of its own choice with the roles of that user')
  }
  return beyond
}

/** Where the token names no role, the roles of whatever user a request names count. */
function opensWhatAnyUserMay({ opened }: Maker, facts: TokenFacts, made: TokenAccess): boolean {
  if (readRolePrivilege(made.session).kind !== 'none') return true
  const everything = { id: 0, permissionNames: ['*'] }
  return (
    accessOfToken({ ...facts, userRoles: [everything], lostUserRole: undefined }).held.opened.minus(opened).size === 0
  )
}

function grantsBeyond({ kind, session }: Maker, made: TokenAccess): readonly string[] {
  return parsePrivileges(made.session.privileges).flatMap(({ name, values }) => {
    const isLift = LIFTS.has(name)
    if (!isLift && !isGrantingPrivilege(name)) return []
    // What they give an ADMIN session does without.
    if (kind === 'admin' && name !== 'disablesessiontypecheck') return []
    const missing = (values.length === 0 ? [undefined] : values).filter((value) => !hasPrivilege(session, name, value))
    return missing.map((value) => `the privilege ${value === undefined ? name : `${name}:${value}`}`)
  })
}

/** What entitlement would keep from the maker and not from what it makes; judged where the account has none, too. */
function entitlementBeyond({ session }: Maker, { session: made }: TokenAccess): readonly string[] {
  const isLifted = hasPrivilegeFlag(session, 'disableentitlement') && !hasPrivilegeFlag(session, 'enableentitlement')
  if (isLifted) return []
  const beyond: string[] = []
  if (hasPrivilegeFlag(made, 'disableentitlement')) beyond.push('the privilege disableentitlement')
  const context = firstPrivilegeText(made, 'privacycontext')
  if (context && (context !== firstPrivilegeText(session, 'privacycontext') || !isFixed(context))) {
    beyond.push(`the privilege privacycontext:${context}`)
  }
  for (const name of ['disableentitlementforentry', 'disableentitlementforplaylist']) {
    const own = privilegeValues(session, name) ?? []
    for (const value of privilegeValues(made, name) ?? []) {
      if (!own.includes(value) || !isFixed(value)) beyond.push(`the privilege ${name}:${value}`)
    }
  }
  return beyond
}

function isFixed(value: string): boolean {
  return value !== FOR_THE_REQUEST
}
