import {
  type AccountRoles,
  type AccountRules,
  type AppToken,
  type PermissionIndex,
  privilegesOfToken,
  readRolePrivilege,
  type Session,
  type SubjectRole,
  stockRole,
  type TokenFacts,
  type TokenRecord,
} from '@latchkey/core'
import type { Access } from './access.ts'
import { rolesFor } from './access.ts'
import { accountRolesOf } from './account-roles.ts'
import type { Deps } from './deps.ts'
import { permissionIndexOf } from './own-permissions.ts'
import { findRole, findRoleByName, type KnownRole } from './roles.ts'

/** The account that a question is about. */
export interface Account {
  readonly partnerId: number
  readonly features: readonly string[]
  readonly index: PermissionIndex
  readonly sessionVersion: 1 | 2
  readonly rules?: AccountRules | undefined
  /** The roles of its rules, for all kinds of sessions. */
  readonly accountRoles?: AccountRoles | undefined
  /** What every call holds, where the account has a list of its own. */
  readonly alwaysAllowed?: readonly string[] | undefined
  readonly partnerStatus?: number | undefined
}

export async function accountOf({ store }: Pick<Deps, 'store'>, access: Access): Promise<Account> {
  const { partnerId, partner } = access
  const { features = [], sessionVersion = 2, rules, status } = partner ?? {}
  return {
    partnerId,
    features,
    sessionVersion,
    index: await permissionIndexOf(store, partnerId),
    rules,
    accountRoles: rules && (await accountRolesOf({ store }, partnerId, rules)),
    alwaysAllowed: rules?.alwaysAllowed,
    partnerStatus: status,
  }
}

/** Looks up what decides what an app token's sessions may do. The token need not be in the store. */
export async function tokenFactsOf(
  deps: Pick<Deps, 'store'>,
  account: Account,
  token: TokenRecord,
): Promise<TokenFacts> {
  const { partnerId, features, index, sessionVersion, rules, accountRoles, partnerStatus } = account
  const session: Session = {
    version: sessionVersion,
    partnerId,
    expiresAt: 0,
    type: token.sessionType ?? 2,
    privileges: privilegesOfToken(token, sessionVersion),
    fingerprint: '',
  }
  const user = token.sessionUserId ? await deps.store.users.find(partnerId, token.sessionUserId) : undefined
  const roles = await rolesFor(deps, session, user)
  return { token, features, index, sessionVersion, rules, accountRoles, partnerStatus, ...roles }
}

/** What is known of a stored token, without its value. */
export function recordOf(token: AppToken): TokenRecord {
  const { value: _, previous: __, ...record } = token
  return record
}

/** The role that decides by its name: the account's for every session, or the one that `setrole` names. */
export async function countingRoleOf(
  deps: Pick<Deps, 'store'>,
  { partnerId, rules }: { readonly partnerId: number; readonly rules?: AccountRules | undefined },
  privileges: string | undefined,
): Promise<{ readonly role?: SubjectRole | undefined; readonly isRoleFixed?: boolean | undefined }> {
  const fixed = rules?.secondaryRoleId
  if (fixed === undefined) return { role: await namedRoleOf(deps, partnerId, privileges) }
  return { role: subjectRole(await findRole(deps.store, partnerId, fixed)), isRoleFixed: true }
}

/** The role that `setrole` names, to speak of. */
export async function namedRoleOf(
  { store }: Pick<Deps, 'store'>,
  partnerId: number,
  privileges: string | undefined,
): Promise<SubjectRole | undefined> {
  const named = readRolePrivilege({ privileges: privileges ?? '' })
  if (named.kind === 'null') return { id: 0, name: 'null', permissionNames: [], isShared: true }
  if (named.kind === 'id') return subjectRole(await findRole(store, partnerId, named.id))
  return named.kind === 'name' ? subjectRole(await findRoleByName(store, partnerId, named.name)) : undefined
}

export function subjectRole(role: KnownRole | undefined): SubjectRole | undefined {
  if (role === undefined) return undefined
  const { id, permissionNames } = role
  return { id, name: role.name, permissionNames, isShared: stockRole(id) !== undefined }
}
