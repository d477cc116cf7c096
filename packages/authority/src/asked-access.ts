import {
  type AccessSubject,
  ActionSet,
  accessOfToken,
  actionScopeOf,
  type DecisionContext,
  decideValidity,
  type Entitlement,
  entitlementOf,
  keysToAsk,
  LatchkeyError,
  resolveAccess,
  revocationKeys,
  type Session,
  sessionKind,
  type TokenFacts,
  tokenOfSession,
  type Validity,
  withoutBlocked,
} from '@latchkey/core'
import type { Access } from './access.ts'
import { rolesFor } from './access.ts'
import { isInRange, isInternalAddress } from './address-ranges.ts'
import { getAppToken } from './app-tokens.ts'
import type { Deps } from './deps.ts'
import { findRole } from './roles.ts'
import {
  type Account,
  accountOf,
  countingRoleOf,
  namedRoleOf,
  recordOf,
  subjectRole,
  tokenFactsOf,
} from './token-facts.ts'
import { isVisible } from './visibility.ts'

/** Whose access a question is about; none of them is the calling session's own. */
export interface Asked {
  readonly tokenId?: string | undefined
  readonly roleId?: number | undefined
  readonly sessionText?: string | undefined
}

/** Under which circumstances; what is left out closes no gate. */
export interface Circumstances {
  readonly address?: string | undefined
  readonly uri?: string | undefined
  readonly entryId?: string | undefined
}

/** An access that questions can be put to, as if it called. */
export interface AskedAccess {
  readonly context: DecisionContext
  readonly opened: ActionSet
  readonly account: Account
  readonly subject: AccessSubject
  readonly viewer?: Entitlement | undefined
  readonly facts?: TokenFacts | undefined
}

/** Who may ask about others. */
const ABOUT_OTHERS = 'APP_TOKEN_BASE'

/**
 * @throws {LatchkeyError} `APP_TOKEN_NOT_FOUND`, `ROLE_NOT_FOUND`, `SESSION_…`, `SESSION_OF_OTHER_PARTNER`;
 *   `NOT_ABOUT_ITSELF` where the session may ask about nobody but itself
 */
export async function askAbout(
  deps: Deps,
  access: Access,
  asked: Asked,
  circumstances: Circumstances = {},
): Promise<AskedAccess> {
  const account = await accountOf(deps, access)
  if (asked.tokenId !== undefined) {
    if (asked.tokenId !== ownTokenId(access)) requireAboutOthers(access)
    return askToken(deps, access, account, asked.tokenId, circumstances)
  }
  if (asked.roleId !== undefined) return askRole(deps, access, account, asked.roleId)
  if (asked.sessionText !== undefined && asked.sessionText !== access.sessionText) {
    requireAboutOthers(access)
    const { session } = await deps.sessions.open(deps.store, deps.primitives, asked.sessionText)
    if (session.partnerId !== access.partnerId) {
      throw new LatchkeyError('SESSION_OF_OTHER_PARTNER', { own: access.partnerId, other: session.partnerId })
    }
    return askSession(deps, access, account, session, circumstances)
  }
  const { session } = access
  // Every action that asks has been refused without one.
  if (session === undefined) throw new LatchkeyError('NOT_ABOUT_ITSELF', {})
  return askSession(deps, access, account, session, circumstances)
}

export function ownTokenId({ session, kind }: Access): string | undefined {
  return session && tokenOfSession(session, kind)
}

export function mayAskAboutOthers(access: Access): boolean {
  return access.holds(ABOUT_OTHERS)
}

/** @throws {LatchkeyError} `NOT_ABOUT_ITSELF` */
export function requireAboutOthers(access: Access): void {
  if (!mayAskAboutOthers(access)) throw new LatchkeyError('NOT_ABOUT_ITSELF', {})
}

async function askToken(
  deps: Deps,
  access: Access,
  account: Account,
  id: string,
  circumstances: Circumstances,
): Promise<AskedAccess> {
  const token = await getAppToken(deps, access, id)
  const facts = await tokenFactsOf(deps, account, recordOf(token))
  const isInternal = isInternalAddress(deps, circumstances.address)
  const { session, kind, role, held } = accessOfToken({ ...facts, isInternal })
  const startsNone = whyNoSession(token.status === 'disabled', token.expiresAt, access.now)
  const asked = {
    session,
    kind,
    role,
    held,
    validity: startsNone ?? validityUnder(session, circumstances, access.now),
    user: await userOf(deps, session),
  }
  const counting = await countingRoleOf(deps, account, session.privileges)
  const subject = {
    ...counting,
    token: { id, sessionPrivileges: token.sessionPrivileges },
    user: counting.role === undefined ? await userSubject(deps, session, held.source) : undefined,
  }
  return complete(deps, access, account, { asked, subject, facts, circumstances })
}

function whyNoSession(isPaused: boolean, expiresAt: number | undefined, now: number): Validity | undefined {
  if (isPaused) return { effect: 'deny', reason: { code: 'revoked', isPaused: true } }
  if (expiresAt === undefined || expiresAt >= now) return undefined
  return { effect: 'deny', reason: { code: 'expired', expiredAt: expiresAt } }
}

async function askSession(
  deps: Deps,
  access: Access,
  account: Account,
  session: Session,
  circumstances: Circumstances,
): Promise<AskedAccess> {
  const kind = sessionKind(session)
  const user = kind === 'widget' ? undefined : await userOf(deps, session)
  const isInternal = isInternalAddress(deps, circumstances.address)
  const roles = await rolesFor(deps, session, user)
  const { role, held } = resolveAccess({ ...account, session, kind, isInternal, ...roles })
  const tokenId = tokenOfSession(session, kind)
  const token = tokenId === undefined ? undefined : await deps.store.appTokens.find(account.partnerId, tokenId)
  const counting = await countingRoleOf(deps, account, session.privileges)
  const subject = {
    ...counting,
    token: token && { id: token.id, sessionPrivileges: token.sessionPrivileges },
    user: counting.role === undefined ? await userSubject(deps, session, held.source) : undefined,
  }
  const validity = await validityNow(deps, access, session, circumstances)
  return complete(deps, access, account, {
    asked: { session, kind, role, held, validity, user },
    subject,
    circumstances,
  })
}

async function askRole(deps: Deps, access: Access, account: Account, id: number): Promise<AskedAccess> {
  const found = await findRole(deps.store, account.partnerId, id)
  const own = access.session && (await namedRoleOf(deps, account.partnerId, access.session.privileges))
  if (own?.id !== id) requireAboutOthers(access)
  if (found === undefined) throw new LatchkeyError('ROLE_NOT_FOUND', { id })
  const session: Session = {
    version: 2,
    partnerId: account.partnerId,
    expiresAt: Number.MAX_SAFE_INTEGER,
    type: 0,
    userId: '',
    privileges: `setrole:${id}`,
    fingerprint: '',
  }
  // Asked is what the role opens, not what comes of it where the account has another one for every session.
  const { features, index, rules } = account
  const resolved = resolveAccess({ session, kind: 'user', features, index, rules, setRole: found, userRoles: [] })
  const asked = { session, kind: 'user', ...resolved } as const
  return complete(deps, access, account, { asked, subject: { role: subjectRole(found) }, circumstances: {} })
}

interface Parts {
  readonly asked: Pick<DecisionContext, 'session' | 'kind' | 'role' | 'held' | 'validity' | 'user'>
  readonly subject: AccessSubject
  readonly facts?: TokenFacts | undefined
  readonly circumstances: Circumstances
}

async function complete(
  deps: Deps,
  { partner, viewer: asker }: Access,
  account: Account,
  { asked, subject, facts, circumstances }: Parts,
): Promise<AskedAccess> {
  const viewer = entitlementOf(asked.session, account.features)
  const viewers = [asker, viewer].filter((each) => each !== undefined)
  const resource = await resourceAt(deps, account.partnerId, circumstances.entryId, viewers)
  const context: DecisionContext = { ...asked, partner, isHttps: true, resource }
  const isRefused = asked.role.kind === 'refuse' || asked.validity?.effect === 'deny'
  const scope = asked.session && actionScopeOf(asked.session)
  const held = scope === undefined ? asked.held : asked.held.within(scope)
  const opened = isRefused ? new ActionSet() : withoutBlocked(held.opened, partner ?? account)
  return { context, opened, account, subject, viewer, facts }
}

async function resourceAt(
  deps: Deps,
  partnerId: number,
  id: string | undefined,
  viewers: readonly Entitlement[],
): Promise<DecisionContext['resource']> {
  if (id === undefined) return undefined
  const entry = await deps.store.entries.find(partnerId, id)
  if (viewers.length === 0) return entry
  // Also to whoever asks about another: what it does not see itself it is not told of.
  for (const viewer of viewers) {
    if (entry === undefined || !(await isVisible(deps, partnerId, id, viewer)))
      return { id, coEditors: [], isVisible: false }
  }
  return entry
}

/** Of another session than the calling one, also whether it was ended. */
async function validityNow(
  deps: Deps,
  access: Access,
  session: Session,
  circumstances: Circumstances,
): Promise<Validity> {
  const found = await deps.store.revocations.find(keysToAsk(revocationKeys(deps.primitives, session)), access.now)
  if (found.length === 0) return validityUnder(session, circumstances, access.now)
  const isPaused = found.every(({ kind }) => kind === 'pause')
  return { effect: 'deny', reason: isPaused ? { code: 'revoked', isPaused } : { code: 'revoked' } }
}

function validityUnder(session: Session, { address, uri }: Circumstances, now: number): Validity {
  const without = ['iprestrict', 'latchkey_addresses', 'urirestrict']
  // Where the question names no address or URI, those that are allowed are not what it is about.
  const isAsked = (name: string) => (name === 'urirestrict' ? uri !== undefined : address !== undefined)
  const judged = without.reduce(
    (privileges, name) => (isAsked(name) ? privileges : withoutNamed(privileges, name)),
    session.privileges,
  )
  return decideValidity({ ...session, privileges: judged }, { now, address, uri, isRevoked: false, isInRange })
}

function withoutNamed(privileges: string, name: string): string {
  return privileges
    .split(',')
    .filter((item) => item.split(':')[0]?.trim() !== name)
    .join(',')
}

async function userOf(deps: Deps, { partnerId, userId }: Session) {
  return userId ? deps.store.users.find(partnerId, userId) : undefined
}

async function userSubject(deps: Deps, session: Session, source: string): Promise<AccessSubject['user']> {
  const user = source === 'user' ? await userOf(deps, session) : undefined
  if (user === undefined) return undefined
  const roles = await Promise.all(user.roleIds.map((id) => findRole(deps.store, user.partnerId, id)))
  return { id: user.id, roles: roles.flatMap((role) => subjectRole(role) ?? []) }
}
