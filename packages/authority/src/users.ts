import { LatchkeyError, stockRole, stockRoleByName } from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { fidelityOf } from './fidelity.ts'
import { changedFields, givenFields } from './fields.ts'
import type { Listed, Order, Page, User, UserFilter } from './ports.ts'
import { groupRevocation } from './revocation.ts'
import { findRole } from './roles.ts'
import { refuseNamesBeyond, refuseRolesBeyond } from './strict.ts'
import { cutUserId, isUserId } from './user-id.ts'

/** Absent leaves as it is, `null` clears. */
export interface UserFields {
  readonly status?: 0 | 1 | undefined
  readonly isAdmin?: boolean | undefined
  readonly roleIds?: readonly number[] | undefined
  readonly screenName?: string | null | undefined
  readonly fullName?: string | null | undefined
  readonly firstName?: string | null | undefined
  readonly lastName?: string | null | undefined
  readonly email?: string | null | undefined
  readonly description?: string | null | undefined
  readonly tags?: string | null | undefined
  readonly partnerData?: string | null | undefined
}

/** What an admin user has who is given no role. */
const EVERYTHING: readonly string[] = ['*']
const ADMIN_ROLES: readonly number[] = [stockRoleByName('Publisher Administrator')?.id ?? 0]

/** @throws {LatchkeyError} in this order: `USER_ID_INVALID`, `USER_EXISTS`, `USER_ROLE_UNKNOWN` */
export async function addUser(deps: Deps, access: Access, userId: string, fields: UserFields): Promise<User> {
  if (!isUserId(userId)) throw new LatchkeyError('USER_ID_INVALID', { length: userId.length })
  const id = cutUserId(userId)
  if (await deps.store.users.find(access.partnerId, id)) throw new LatchkeyError('USER_EXISTS', { id })
  await requireRoles(deps, access.partnerId, fields.roleIds ?? [])
  const roleIds = rolesFor(fields.isAdmin ?? false, fields.roleIds ?? [])
  await refuseRolesBeyond(deps, access, roleIds)
  const user: User = {
    partnerId: access.partnerId,
    id,
    status: 1,
    isAdmin: false,
    ...givenFields(fields),
    roleIds,
    createdAt: access.now,
    updatedAt: access.now,
  }
  if (!(await deps.store.users.create(user, ownRoles(roleIds)))) throw new LatchkeyError('USER_EXISTS', { id })
  return user
}

/**
 * A user of the account; without an id, the session's own.
 *
 * @throws {LatchkeyError} `USER_NOT_FOUND`; `OTHER_USER_NEEDS_ADMIN` to a session that is not ADMIN
 */
export async function getUser(deps: Deps, access: Access, userId: string | undefined): Promise<User> {
  const own = access.session?.userId
  const id = userId || own || ''
  if (access.kind !== 'admin' && id !== (own ?? '')) throw new LatchkeyError('OTHER_USER_NEEDS_ADMIN', { id })
  return requireUser(deps, access.partnerId, id)
}

export function listUsers(
  deps: Deps,
  access: Access,
  filter: UserFilter,
  order: readonly Order<'id' | 'createdAt' | 'updatedAt'>[],
  page: Page,
): Promise<Listed<User>> {
  return deps.store.users.list(access.partnerId, filter, order, page)
}

/** @throws {LatchkeyError} in this order: `USER_NOT_FOUND`, `USER_ROLE_UNKNOWN`, `OWN_ROLE_CHANGE` */
export async function updateUser(deps: Deps, access: Access, id: string, fields: UserFields): Promise<User> {
  const user = await requireUser(deps, access.partnerId, id)
  const becomesAdmin = fields.isAdmin === true && !user.isAdmin
  const roleIds =
    fields.roleIds !== undefined || becomesAdmin
      ? rolesFor(fields.isAdmin ?? user.isAdmin, fields.roleIds ?? user.roleIds)
      : user.roleIds
  const getsRoles = !sameRoles(roleIds, user.roleIds)
  if (getsRoles) {
    await requireRoles(deps, access.partnerId, roleIds)
    if (id === access.session?.userId) throw new LatchkeyError('OWN_ROLE_CHANGE', {})
    await refuseRolesBeyond(deps, access, roleIds)
    // Without a role of their own, sessions of the user hold what their type does.
    if (roleIds.length === 0) await refuseNamesBeyond(deps, access, EVERYTHING)
  }
  const change: Partial<Omit<User, 'partnerId' | 'createdAt'>> = {
    ...changedFields(fields),
    roleIds,
    updatedAt: access.now,
  }
  const needed = getsRoles ? ownRoles(roleIds) : []
  if (!(await deps.store.users.update(access.partnerId, id, change, needed))) {
    throw new LatchkeyError('USER_NOT_FOUND', { id })
  }
  return requireUser(deps, access.partnerId, id)
}

/**
 * Deletes the user, the app tokens bound to it, and, but for `vendor` fidelity, all sessions made from those.
 *
 * @throws {LatchkeyError} `USER_NOT_FOUND`
 */
export async function deleteUser(deps: Deps, access: Access, id: string): Promise<User> {
  const { now, partnerId } = access
  const user = await requireUser(deps, partnerId, id)
  const isDeleted = await deps.store.users.delete(partnerId, id, now, (tokenIds) =>
    fidelityOf(deps).endsSessionsOfUser
      ? tokenIds.map((tokenId) => groupRevocation(deps.primitives, partnerId, tokenId, now))
      : [],
  )
  if (!isDeleted) throw new LatchkeyError('USER_NOT_FOUND', { id })
  return { ...user, status: 2, updatedAt: now }
}

async function requireUser(deps: Deps, partnerId: number, id: string): Promise<User> {
  const user = id === '' ? undefined : await deps.store.users.find(partnerId, id)
  if (!user) throw new LatchkeyError('USER_NOT_FOUND', { id })
  return user
}

async function requireRoles(deps: Deps, partnerId: number, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    if (!(await findRole(deps.store, partnerId, id))) throw new LatchkeyError('USER_ROLE_UNKNOWN', { id })
  }
}

function rolesFor(isAdmin: boolean, roleIds: readonly number[]): readonly number[] {
  return isAdmin && roleIds.length === 0 ? ADMIN_ROLES : roleIds
}

/** Those that are rows of the account: the store sees to it that they are there when the user is written. */
function ownRoles(roleIds: readonly number[]): readonly number[] {
  return roleIds.filter((id) => stockRole(id) === undefined)
}

function sameRoles(a: readonly number[], b: readonly number[]): boolean {
  return a.every((id) => b.includes(id)) && b.every((id) => a.includes(id))
}
