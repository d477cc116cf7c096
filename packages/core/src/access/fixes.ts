import type { ActionSet } from '../action-set.ts'
import type { CatalogueAction } from '../catalogue/actions.ts'
import { FEATURE_NAMES } from '../catalogue/permissions.ts'
import type { DecisionContext } from '../decide.ts'
import type { Decision, DenyReason } from '../decision.ts'
import type { HeldPermissions } from '../held-permissions.ts'
import { PermissionMissing } from '../permission-missing.ts'
import { type Change, updateTokenPrivileges } from './change.ts'
import {
  type AccountPermissions,
  closeOver,
  NORMAL,
  openedByRole,
  sensitivitiesAmong,
  sensitivitiesOf,
} from './closure.ts'
import { type Grant, grantChanges, ownPermissionFor } from './grant.ts'
import { type AccessSubject, withoutPrivilege, withPrivilegeValue } from './subject.ts'

/** A change after which the call is let through, in a session started afterwards. */
export interface Fix {
  readonly id: string
  readonly title: string
  /** How many actions besides the one asked for it opens. */
  readonly opens: number
  /** In order. */
  readonly change: readonly Change[]
}

/** What lies behind a refusal, in one of a few words. */
export type FixVerdict =
  /** Nothing is to be mended. */
  | 'allowed'
  /** A permission is what is missing. */
  | 'permission'
  /** The type of the session is: what it is open to by default holds no permission that would do. */
  | 'session-type'
  /** A session made for logging in was used where the one that comes of it belongs, or the other way round. */
  | 'session-kind'
  /** A privilege of the session is: no permission helps, but a privilege does. */
  | 'privilege'
  /** A plugin or feature of the account is. */
  | 'feature'
  /** No session of an ordinary account, so none of an app token, may ever call it. */
  | 'never-open'
  /** It is about something else altogether. */
  | 'not-permission'

export interface FixAnswer {
  readonly verdict: FixVerdict
  /** The verdict in a sentence. */
  readonly text: string
  /** Smallest first. */
  readonly fixes: readonly Fix[]
}

const MOST_FIXES = 5

/** The smallest changes that would let the call through, and whether a permission is what it takes at all. */
export function fixesFor(
  action: CatalogueAction,
  decision: Decision,
  context: Pick<DecisionContext, 'held' | 'kind' | 'partner' | 'resource'>,
  subject: AccessSubject,
): FixAnswer {
  if (decision.effect === 'allow') return { verdict: 'allowed', text: 'the call is let through', fixes: [] }
  const { reason } = decision
  switch (reason.code) {
    case 'permission-missing':
      return keptForPermission(action, reason, context, subject)
    case 'entry-not-owned':
      return forOwnership(action, reason.privilege, context, subject)
    case 'never-open':
      return NEVER_OPEN
    case 'feature-off':
      return {
        verdict: 'feature',
        text: `no permission is missing: the plugin ${reason.plugin} is not switched on for the account`,
        fixes: [],
      }
    case 'partner-blocked':
      return reason.isForAction === true ? BLOCKED_BY_ACCOUNT : NOT_PERMISSION
    case 'out-of-scope':
      return {
        verdict: 'not-permission',
        text: `no permission is missing: the session was made for other actions; ask for one whose scope has ${reason.scope}, or for one without a scope`,
        fixes: [],
      }
    case 'no-session':
      return {
        verdict: 'not-permission',
        text: 'no permission is missing yet: the call came without a session, so that nothing could be held',
        fixes: [],
      }
    default:
      return NOT_PERMISSION
  }
}

/** By what is held: a job that is refused is refused the same thing over and over, and works out nothing anew. */
const kept = new WeakMap<HeldPermissions, Map<string, FixAnswer>>()
const MOST_KEPT = 100

function keptForPermission(
  action: CatalogueAction,
  reason: Extract<DenyReason, { code: 'permission-missing' }>,
  { held, partner }: Pick<DecisionContext, 'held' | 'partner'>,
  subject: AccessSubject,
): FixAnswer {
  const features = partner?.features ?? []
  const answers = kept.get(held) ?? new Map<string, FixAnswer>()
  kept.set(held, answers)
  const key = JSON.stringify([action.service, action.action, reason.kind, features, subject])
  const known = answers.get(key)
  if (known !== undefined) return known
  if (answers.size >= MOST_KEPT) answers.clear()
  const answer = forPermission(action, reason, held, features, subject)
  answers.set(key, answer)
  return answer
}

const NOT_PERMISSION: FixAnswer = { verdict: 'not-permission', text: 'no permission is the cause', fixes: [] }
const BLOCKED_BY_ACCOUNT: FixAnswer = {
  verdict: 'not-permission',
  text: 'no permission is missing: the account blocks this action, and no role opens it',
  fixes: [],
}

const NEVER_OPEN: FixAnswer = {
  verdict: 'never-open',
  text: 'no permission is missing: this action is never open to the sessions of an ordinary account, so to no app token',
  fixes: [],
}

/** The gate of ownership comes first, so that the one of permissions may still be shut behind it. */
function forOwnership(
  action: CatalogueAction,
  privilege: string,
  { held, kind, partner, resource }: Pick<DecisionContext, 'held' | 'kind' | 'partner' | 'resource'>,
  subject: AccessSubject,
): FixAnswer {
  const features = partner?.features ?? []
  const lifted = privilegeFixes(privilege, resource?.id, subject)
  const text = `the entry belongs to somebody else, and the session has no ${privilege} for it`
  const plugin = pluginThatIsOff(action, features)
  if (plugin !== undefined) return plugin
  if (held.opens(action))
    return { verdict: 'privilege', text: `no permission is missing: ${text}`, fixes: lifted.map(withoutToken) }
  if (action.kind !== 'ordinary' && held.index.neededFor(action).length === 0) return NEVER_OPEN
  const reason = new PermissionMissing(kind, action, held)
  const behind = forPermission(action, reason, held, features, subject)
  if (behind.fixes.length === 0) return behind
  const fixes = lifted.flatMap((first) => {
    const after = { ...subject, token: first.token }
    return forPermission(action, reason, held, features, after).fixes.map((second) => joined(first, second))
  })
  return {
    verdict: 'privilege',
    text: `${text}; besides, ${behind.text}`,
    fixes: fixes.toSorted((a, b) => a.opens - b.opens).slice(0, MOST_FIXES),
  }
}

function withoutToken({ token: _, ...fix }: PrivilegeFix): Fix {
  return fix
}

/** Both, of which the second knows what the first has put into the token. */
function joined(first: PrivilegeFix, second: Fix): Fix {
  const isInSecond = second.change.some(({ service }) => service === 'appToken')
  return {
    id: `${first.id}-and-${second.id}`,
    title: `${first.title}; ${second.title}`,
    opens: second.opens,
    change: isInSecond ? second.change : [...second.change, ...first.change],
  }
}

function forPermission(
  action: CatalogueAction,
  reason: Extract<DenyReason, { code: 'permission-missing' }>,
  held: HeldPermissions,
  features: readonly string[],
  subject: AccessSubject,
): FixAnswer {
  const isLogin = `${action.service}.${action.action}` === 'appToken.startSession'
  if (isLogin) {
    return {
      verdict: 'session-kind',
      text: 'the kind of session is the cause: app tokens are exchanged with a widget session, and this one has a role of its own',
      fixes: [],
    }
  }
  if (reason.kind === 'widget' && reason.source === 'session-kind') {
    return {
      verdict: 'session-kind',
      text: 'the kind of session is the cause: a widget session is for the login; send the session that startSession answered',
      fixes: [],
    }
  }
  const plugin = pluginThatIsOff(action, features)
  if (plugin !== undefined) return plugin
  const removed = reason.removed ?? []
  if (removed.length === 0 && held.restricting.includes('*')) {
    return { verdict: 'privilege', text: "the session's restrictingrole takes everything away", fixes: [] }
  }
  if (removed.length > 0) {
    const fixes = subject.token ? [liftRestriction(action, subject.token, held)] : []
    return {
      verdict: 'privilege',
      text: `the session's restrictingrole takes ${removed.join(', ')} away`,
      fixes,
    }
  }
  const account: AccountPermissions = { index: held.index, features, alwaysAllowed: held.alwaysAllowed }
  const missing = featureBehindAll(reason.needed, account)
  if (missing !== undefined) {
    return { verdict: 'feature', text: `no permission helps while the account lacks ${missing}`, fixes: [] }
  }
  const { role } = subject
  if (subject.isRoleFixed === true && (role === undefined || role.isShared)) {
    const name = role === undefined ? 'a role' : `the role ${role.name}`
    const text = `a permission is missing in ${name} that the account has for every session: only its operator can choose another`
    return { verdict: 'permission', text, fixes: [] }
  }
  const fixes = grantFixes(action, account, held, subject)
  if (reason.source === 'session-kind' && reason.kind === 'user') {
    return {
      verdict: 'session-type',
      text: 'the type of the session is the cause: USER sessions are not let into this action unless a role lets them',
      fixes,
    }
  }
  return { verdict: 'permission', text: 'a permission is missing', fixes }
}

function pluginThatIsOff({ plugin }: CatalogueAction, features: readonly string[]): FixAnswer | undefined {
  if (plugin === undefined || features.includes(plugin.feature)) return undefined
  const text = `no permission helps while the plugin ${plugin.name} is not switched on for the account`
  return { verdict: 'feature', text, fixes: [] }
}

/** A feature that the account lacks and that every one of these permissions hangs on, directly or not. */
function featureBehindAll(needed: readonly string[], account: AccountPermissions): string | undefined {
  const lacking = needed.map((name) => featureBehind(name, account, new Set()))
  return lacking.every((feature) => feature !== undefined) ? lacking[0] : undefined
}

function featureBehind(name: string, account: AccountPermissions, seen: Set<string>): string | undefined {
  if (FEATURE_NAMES.has(name)) return account.features.includes(name) ? undefined : name
  if (seen.has(name)) return undefined
  seen.add(name)
  for (const other of account.index.find(name)?.dependsOn ?? []) {
    const feature = featureBehind(other, account, seen)
    if (feature !== undefined) return feature
  }
  return undefined
}

function grantFixes(
  action: CatalogueAction,
  account: AccountPermissions,
  held: HeldPermissions,
  subject: AccessSubject,
): readonly Fix[] {
  const { index } = account
  const base = baseNames(held, subject)
  const { restricting } = held
  const before = openedByRole(account, base, restricting)
  const asked = sensitivitiesAmong([action])
  const name = `${action.service}.${action.action}`
  const fixes: (Fix & { readonly size: number })[] = []
  const offer = (id: string, title: string, grant: Grant) => {
    const after = openedByRole(account, [...base, ...grant.names], restricting)
    const opens = grant.own === undefined ? othersOf(after, before, action) : 0
    fixes.push({ id, title, opens, change: grantChanges(base, grant, subject, name), size: grant.names.length })
  }
  // Where there is a permission that opens just this, that one is offered, and not another of the kind each time.
  let hasJustThis = false
  for (const needed of index.neededFor(action)) {
    const closed = closeOver(account, needed)
    if (closed === undefined || [...sensitivitiesOf(closed)].some((kind) => !asked.has(kind))) continue
    if (restricting.includes(needed)) continue
    const names = closed.names.filter((at) => !base.includes(at))
    if (names.length === 0) continue
    hasJustThis ||= names.length === 1 && closed.opens.size === 1
    const others = names.filter((at) => at !== needed)
    const also = others.length === 0 ? '' : `, with ${others.join(' and ')} that it depends on`
    const title = names.includes(needed)
      ? `Give ${placeOf(subject)} ${needed}${also}`
      : `Give ${placeOf(subject)} ${others.join(' and ')}, which ${needed} depends on`
    offer(`grant-${needed}`, title, { names })
  }
  const own = ownPermissionFor([action], index)
  if (own !== undefined && !hasJustThis) {
    offer(
      'grant-this-action-only',
      `Give ${placeOf(subject)} a permission of the account's own that opens ${name} only`,
      {
        names: [own.name],
        own,
      },
    )
  }
  return fixes
    .toSorted((a, b) => a.opens - b.opens || a.size - b.size || a.change.length - b.change.length)
    .slice(0, MOST_FIXES)
    .map(({ size: _, ...fix }) => fix)
}

/**
 * What the role that counts names, or what sessions of that type hold by default: a new role must not take that away. Roles
 * that all accounts share also name what no account has, and a role that is made or changed may not.
 */
function baseNames(held: HeldPermissions, { role, user }: AccessSubject): readonly string[] {
  return namesOf(held, { role, user }).filter((name) => name === '*' || held.index.find(name)?.type === NORMAL)
}

function namesOf(held: HeldPermissions, { role, user }: AccessSubject): readonly string[] {
  if (role !== undefined) return role.permissionNames
  if (user !== undefined) return [...new Set(user.roles.flatMap(({ permissionNames }) => permissionNames))]
  return held.list().flatMap(({ permission, from }) => (from === 'always' ? [] : [permission]))
}

function placeOf({ role, user, token }: AccessSubject): string {
  if (role !== undefined && !role.isShared && role.id > 0) return `the role ${role.name}`
  if (user !== undefined) return "the user's role"
  return token === undefined ? 'the session a role with' : `the app token ${token.id} a role with`
}

function othersOf(after: ActionSet, before: ActionSet, action: CatalogueAction): number {
  const opened = after.minus(before)
  return opened.size - (action.index >= 0 && opened.has(action.index) ? 1 : 0)
}

function liftRestriction(
  action: CatalogueAction,
  token: NonNullable<AccessSubject['token']>,
  held: HeldPermissions,
): Fix {
  const freed = held.removed.flatMap((name) => held.index.find(name)?.index ?? [])
  const opened = freed
    .map((place) => held.index.actionsOpenedBy(place))
    .reduce((all, set) => all.union(set), held.opened)
  return {
    id: 'lift-restriction',
    title: `Take restrictingrole off the app token ${token.id}`,
    opens: othersOf(opened, held.opened, action),
    change: [updateTokenPrivileges(token.id, withoutPrivilege(token.sessionPrivileges, 'restrictingrole'))],
  }
}

/** With the app token as it is then. */
interface PrivilegeFix extends Fix {
  readonly token: NonNullable<AccessSubject['token']>
}

function privilegeFixes(
  privilege: string,
  entryId: string | undefined,
  { token }: AccessSubject,
): readonly PrivilegeFix[] {
  if (token === undefined) return []
  const values = entryId === undefined ? ['*'] : [entryId, '*']
  return values.map((value) => {
    const sessionPrivileges = withPrivilegeValue(token.sessionPrivileges, privilege, value)
    return {
      id: value === '*' ? `privilege-${privilege}-all` : `privilege-${privilege}-this`,
      title: `Put ${privilege}:${value} into the sessionPrivileges of the app token ${token.id}`,
      opens: 0,
      change: [updateTokenPrivileges(token.id, sessionPrivileges)],
      token: { ...token, sessionPrivileges },
    }
  })
}
