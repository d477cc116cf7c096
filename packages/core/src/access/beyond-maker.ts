import type { ActionSet } from '../action-set.ts'
import { ADDRESSES_PRIVILEGE } from '../address-privilege.ts'
import { isGrantingPrivilege } from '../privilege-names.ts'
import { hasPrivilege, parsePrivileges, privilegeValues } from '../privileges.ts'
import type { Session, SessionKind } from '../session.ts'
import { nameOf } from './suggest.ts'
import { accessOfToken, type TokenAccess, type TokenFacts, type TokenRecord } from './token-record.ts'

/** The session that makes or changes a token. */
export interface Maker {
  readonly session: Session
  readonly kind: SessionKind
  /** What it may call. */
  readonly opened: ActionSet
}

/** Privileges besides the granting ones that let a session do more. */
const LIFTS: ReadonlySet<string> = new Set([
  'disableentitlement',
  'disableentitlementforentry',
  'disableentitlementforplaylist',
  'disablesessiontypecheck',
  'enablechangeaccount',
  'all',
  '*',
])

/** Privileges that keep a session from something: what is made by it has to keep them. */
const LIMITS = [
  'iprestrict',
  'urirestrict',
  'actionslimit',
  'limitentry',
  'privacycontext',
  'enableentitlement',
  'restrictingrole',
  ADDRESSES_PRIVILEGE,
] as const

const MOST_NAMED = 3

/**
 * What sessions of a token could do that its maker cannot: actions, the type, a user, privileges, or going without a limit.
 * Empty where it stays within its maker.
 */
export function beyondMaker(maker: Maker, facts: TokenFacts): readonly string[] {
  const made = accessOfToken(facts)
  return [
    ...actionsBeyond(maker, made),
    ...identityBeyond(maker, facts.token),
    ...grantsBeyond(maker, made),
    ...limitsLeft(maker, made),
  ]
}

function actionsBeyond({ opened }: Maker, made: TokenAccess): readonly string[] {
  // A role that is not there opens nothing today, and may be made tomorrow.
  if (made.role.kind === 'refuse') return [`the role ${made.role.role}`]
  const more = made.held.opened.minus(opened).actions().map(nameOf)
  if (more.length === 0) return []
  const rest = more.length > MOST_NAMED ? ` and ${more.length - MOST_NAMED} more actions` : ''
  return [`${more.slice(0, MOST_NAMED).join(', ')}${rest}`]
}

function identityBeyond({ kind, session }: Maker, token: TokenRecord): readonly string[] {
  // An ADMIN session works on everybody's objects already; what a user's role opens is among the actions.
  if (kind === 'admin') return []
  const beyond: string[] = []
  if (token.sessionType !== 0)
    beyond.push(token.sessionType === undefined ? 'a type of its own choice' : 'the type ADMIN')
  if (token.sessionUserId !== (session.userId ?? '')) {
    beyond.push(token.sessionUserId === undefined ? 'a user of its own choice' : `the user ${token.sessionUserId}`)
  }
  return beyond
}

function grantsBeyond({ kind, session }: Maker, made: TokenAccess): readonly string[] {
  return parsePrivileges(made.session.privileges).flatMap(({ name, values }) => {
    if (!isGrantingPrivilege(name) && !LIFTS.has(name)) return []
    const isForAdmin = kind === 'admin' && !name.startsWith('disable') && name !== 'enablechangeaccount'
    if (isForAdmin) return []
    const missing = (values.length === 0 ? [undefined] : values).filter(
      (value) => !hasPrivilege(session, name, value) && !hasPrivilege(session, name, '*'),
    )
    return missing.map((value) => `the privilege ${value === undefined ? name : `${name}:${value}`}`)
  })
}

function limitsLeft({ session }: Maker, made: TokenAccess): readonly string[] {
  return LIMITS.flatMap((name) => {
    const limit = privilegeValues(session, name)
    if (limit === undefined) return []
    const kept = privilegeValues(made.session, name)
    const isNarrower = kept !== undefined && kept.length > 0 && kept.every((value) => limit.includes(value))
    const isSame = kept !== undefined && kept.join('/') === limit.join('/')
    return isNarrower || isSame ? [] : [`being without ${name}`]
  })
}
