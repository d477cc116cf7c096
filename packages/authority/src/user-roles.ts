import {
  type EpochSeconds,
  findPermission,
  LatchkeyError,
  STOCK_ROLES,
  type StockRole,
  stockRoleByName,
} from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { changedFields, givenFields } from './fields.ts'
import { permissionIndexOf } from './own-permissions.ts'
import type { Listed, Order, Page, Role, TimeRange } from './ports.ts'
import { cutList, hasAllParts, hasAnyPart, hasPart, isOneOf, isWithin } from './short-lists.ts'
import { refuseNamesBeyond } from './strict.ts'

/** A role of the account, or one that all accounts share: those belong to partner 0 and have no times. */
export interface UserRole extends Omit<Role, 'createdAt' | 'updatedAt'> {
  readonly createdAt?: EpochSeconds | undefined
  readonly updatedAt?: EpochSeconds | undefined
}

/** Absent leaves as it is, `null` clears. */
export interface RoleFields {
  readonly name?: string | null | undefined
  readonly systemName?: string | null | undefined
  readonly description?: string | null | undefined
  readonly status?: 1 | 2 | undefined
  readonly permissionNames?: readonly string[] | undefined
  readonly tags?: string | null | undefined
}

export interface RoleFilter {
  readonly ids?: readonly number[] | undefined
  readonly names?: readonly string[] | undefined
  readonly systemNames?: readonly string[] | undefined
  readonly descriptionLike?: string | undefined
  readonly statuses?: readonly number[] | undefined
  readonly partnerIds?: readonly number[] | undefined
  readonly tagsLikeAny?: readonly string[] | undefined
  readonly tagsLikeAll?: readonly string[] | undefined
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
}

export type RoleOrder = readonly Order<'id' | 'name' | 'createdAt' | 'updatedAt'>[]

const EVERYTHING = '*'
const SHARED: readonly UserRole[] = STOCK_ROLES.map(sharedRole)
const SHARED_NAMES = new Set(STOCK_ROLES.map(({ name }) => name))
const MOST_COPIES_A_SECOND = 100

/**
 * @throws {LatchkeyError} in this order: `ROLE_NAME_TAKEN`, `ROLE_PERMISSION_UNKNOWN`, `ROLE_NAME_EMPTY`,
 *   `ROLE_SYSTEM_NAME_TAKEN`
 */
export async function addRole(deps: Deps, access: Access, name: string, fields: RoleFields): Promise<UserRole> {
  const { now, partnerId } = access
  const systemName = fields.systemName || undefined
  await requireFreeName(deps, partnerId, name)
  await requirePermissions(deps, partnerId, fields.permissionNames ?? [])
  if (name === '') throw new LatchkeyError('ROLE_NAME_EMPTY', {})
  await requireFreeSystemName(deps, partnerId, systemName)
  await refuseNamesBeyond(deps, access, fields.permissionNames ?? [])
  return deps.store.roles.create({
    status: 1,
    permissionNames: [],
    ...givenFields(fields),
    partnerId,
    name,
    systemName,
    createdAt: now,
    updatedAt: now,
  })
}

/** @throws {LatchkeyError} `ROLE_NOT_FOUND` */
export async function getRole(deps: Deps, access: Access, id: number): Promise<UserRole> {
  return SHARED.find((role) => role.id === id) ?? ownRole(deps, access, id)
}

export async function listRoles(
  deps: Deps,
  access: Access,
  filter: RoleFilter,
  order: RoleOrder,
  page: Page,
): Promise<Listed<UserRole>> {
  const roles: readonly UserRole[] = [...SHARED, ...(await deps.store.roles.list(access.partnerId))]
  return cutList(roles, (role) => isMatched(role, filter), order, page)
}

/**
 * Changes a role of the account; it counts at the next call. A role that holds everything keeps doing so, whatever
 * permissions are named.
 *
 * @throws {LatchkeyError} `ROLE_NOT_FOUND`, then as {@link addRole}
 */
export async function updateRole(deps: Deps, access: Access, id: number, fields: RoleFields): Promise<UserRole> {
  const { now, partnerId } = access
  const role = await ownRole(deps, access, id)
  const name = fields.name === undefined ? role.name : (fields.name ?? '')
  const systemName = fields.systemName === undefined ? role.systemName : fields.systemName || undefined
  const { permissionNames = role.permissionNames } = role.permissionNames.includes(EVERYTHING) ? role : fields
  if (name !== role.name) await requireFreeName(deps, partnerId, name)
  if (permissionNames.join() !== role.permissionNames.join()) await requirePermissions(deps, partnerId, permissionNames)
  if (name === '') throw new LatchkeyError('ROLE_NAME_EMPTY', {})
  if (systemName !== role.systemName) await requireFreeSystemName(deps, partnerId, systemName)
  // All of it, since a new name may be one that app tokens and users are waiting for.
  // And what it loses, since it may be a role that restricts.
  await refuseNamesBeyond(deps, access, [...role.permissionNames, ...permissionNames])
  const change = { ...changedFields(fields), permissionNames, name, systemName, updatedAt: now }
  if (!(await deps.store.roles.update(partnerId, id, change))) throw new LatchkeyError('ROLE_NOT_FOUND', { id })
  return ownRole(deps, access, id)
}

/** App tokens that name it do not count, as in the original. @throws {LatchkeyError} `ROLE_NOT_FOUND`, `ROLE_IN_USE` */
export async function deleteRole(deps: Deps, access: Access, id: number): Promise<UserRole> {
  const role = await ownRole(deps, access, id)
  if (!(await deps.store.roles.delete(access.partnerId, id, access.now))) {
    throw new LatchkeyError('ROLE_NOT_FOUND', { id })
  }
  return { ...role, status: 3, updatedAt: access.now }
}

/**
 * Copies a role, also a shared one, into the account. The copy has no system name, since that would be taken.
 *
 * @throws {LatchkeyError} `ROLE_NOT_FOUND`
 */
export async function cloneRole(deps: Deps, access: Access, id: number): Promise<UserRole> {
  const { now, partnerId } = access
  const { id: _, systemName: __, ...role } = await getRole(deps, access, id)
  await refuseNamesBeyond(deps, access, role.permissionNames)
  const date = new Date(now * 1000).toISOString().slice(0, 19).replace('T', ' ')
  for (let copies = 1; ; copies += 1) {
    const name = `${role.name} copy (${date})${copies === 1 ? '' : ` ${copies}`}`
    try {
      return await deps.store.roles.create({ ...role, partnerId, name, createdAt: now, updatedAt: now })
    } catch (error) {
      const isTaken = error instanceof LatchkeyError && error.code === 'ROLE_NAME_TAKEN'
      if (!isTaken || copies >= MOST_COPIES_A_SECOND) throw error
    }
  }
}

/** Names of what the role holds: for a role of everything, of all that the account has. */
export async function permissionNamesOf(deps: Deps, access: Access, role: UserRole): Promise<readonly string[]> {
  if (!role.permissionNames.includes(EVERYTHING)) return role.permissionNames
  const { permissions } = await permissionIndexOf(deps.store, access.partnerId)
  return [...new Set([...permissions.map(({ name }) => name), ...(access.partner?.features ?? [])])]
}

function sharedRole({ id, name, systemName, tags, permissionNames }: StockRole): UserRole {
  return { id, partnerId: 0, name, systemName, status: 1, permissionNames, tags: tags || undefined }
}

async function ownRole(deps: Deps, access: Access, id: number): Promise<UserRole> {
  const role = await deps.store.roles.find(access.partnerId, id)
  if (!role) throw new LatchkeyError('ROLE_NOT_FOUND', { id })
  return role
}

async function requireFreeName(deps: Deps, partnerId: number, name: string): Promise<void> {
  if (SHARED_NAMES.has(name) || (await deps.store.roles.findByName(partnerId, name))) {
    throw new LatchkeyError('ROLE_NAME_TAKEN', { name })
  }
}

async function requireFreeSystemName(deps: Deps, partnerId: number, name: string | undefined): Promise<void> {
  if (name === undefined) return
  if (stockRoleByName(name) || (await deps.store.roles.findBySystemName(partnerId, name))) {
    throw new LatchkeyError('ROLE_SYSTEM_NAME_TAKEN', { name })
  }
}

/** Of the normal kind and in force; the name for everything counts only where it is the one name. */
async function requirePermissions(deps: Deps, partnerId: number, names: readonly string[]): Promise<void> {
  if (names.length === 1 && names[0] === EVERYTHING) return
  for (const name of names) {
    const known = findPermission(name) ?? (await deps.store.permissions.find(partnerId, name))
    const isActive = known !== undefined && (!('status' in known) || known.status === 1)
    if (known?.type !== 1 || !isActive) throw new LatchkeyError('ROLE_PERMISSION_UNKNOWN', { name, partnerId })
  }
}

function isMatched(role: UserRole, filter: RoleFilter): boolean {
  return (
    isOneOf(role.id, filter.ids) &&
    isOneOf(role.name, filter.names) &&
    isOneOf(role.systemName, filter.systemNames) &&
    hasPart(role.description, filter.descriptionLike) &&
    isOneOf<number>(role.status, filter.statuses) &&
    isOneOf(role.partnerId, filter.partnerIds) &&
    hasAnyPart(role.tags, filter.tagsLikeAny) &&
    hasAllParts(role.tags, filter.tagsLikeAll) &&
    isWithin(role.createdAt, filter.createdAt) &&
    isWithin(role.updatedAt, filter.updatedAt)
  )
}
