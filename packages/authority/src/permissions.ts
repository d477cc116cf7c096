import {
  actionOfItem,
  type CatalogueAction,
  type CataloguePermission,
  type EpochSeconds,
  FEATURE_NAMES,
  findPermission,
  findPermissionItem,
  itemIdsOf,
  LatchkeyError,
  PERMISSIONS,
} from '@latchkey/core'
import type { Access } from './access.ts'
import type { Deps } from './deps.ts'
import { fidelityOf } from './fidelity.ts'
import { changedFields, givenFields } from './fields.ts'
import type { Listed, Order, Page, PermissionRecord, TimeRange } from './ports.ts'
import { cutList, hasAllParts, hasAnyPart, hasPart, isOneOf, isWithin } from './short-lists.ts'
import { refuseActionsBeyond } from './strict.ts'

/** A permission of the account, or one that all accounts share: those belong to partner 0 and have no times. */
export interface AccountPermission extends Omit<PermissionRecord, 'type' | 'createdAt' | 'updatedAt'> {
  /** 1 normal, 2 special feature, 3 plugin, 4 partner group. */
  readonly type: number
  readonly createdAt?: EpochSeconds | undefined
  readonly updatedAt?: EpochSeconds | undefined
}

/** Absent leaves as it is, `null` clears. */
export interface PermissionFields {
  readonly name?: string | undefined
  readonly friendlyName?: string | null | undefined
  readonly description?: string | null | undefined
  readonly status?: 1 | 2 | undefined
  readonly dependsOn?: readonly string[] | undefined
  readonly itemIds?: readonly number[] | undefined
  readonly tags?: string | null | undefined
}

export interface PermissionFilter {
  readonly ids?: readonly number[] | undefined
  readonly types?: readonly number[] | undefined
  readonly names?: readonly string[] | undefined
  readonly friendlyNameLike?: string | undefined
  readonly descriptionLike?: string | undefined
  readonly statuses?: readonly number[] | undefined
  readonly partnerIds?: readonly number[] | undefined
  readonly dependsOnLikeAny?: readonly string[] | undefined
  readonly dependsOnLikeAll?: readonly string[] | undefined
  readonly tagsLikeAny?: readonly string[] | undefined
  readonly tagsLikeAll?: readonly string[] | undefined
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
}

export type PermissionOrder = readonly Order<'id' | 'name' | 'createdAt' | 'updatedAt'>[]

const NORMAL = 1

function actionsOfItems(itemIds: readonly number[]): readonly CatalogueAction[] {
  return itemIds.flatMap((id) => actionOfItem(id) ?? [])
}

/**
 * Makes a permission out of items.
 *
 * @throws {LatchkeyError} in this order: `PERMISSION_NAME_INVALID`, `PERMISSION_NAME_TAKEN`, `PERMISSION_ITEM_UNKNOWN`
 */
export async function addPermission(
  deps: Deps,
  access: Access,
  name: string,
  fields: Omit<PermissionFields, 'name'>,
): Promise<AccountPermission> {
  const { now, partnerId } = access
  await requireFreeName(deps, access, name)
  requireItems(fields.itemIds)
  refuseActionsBeyond(deps, access, actionsOfItems(fields.itemIds ?? []))
  const permission = await deps.store.permissions.create({
    status: 1,
    dependsOn: [],
    itemIds: [],
    friendlyName: name,
    ...givenFields(fields),
    partnerId,
    type: NORMAL,
    name,
    createdAt: now,
    updatedAt: now,
  })
  if (permission === undefined) throw new LatchkeyError('PERMISSION_NAME_TAKEN', { name, partnerId })
  return permission
}

/** @throws {LatchkeyError} `PERMISSION_NOT_FOUND` */
export async function getPermission(deps: Deps, access: Access, name: string): Promise<AccountPermission> {
  const shared = findPermission(name)
  return shared === undefined ? ownPermission(deps, access, name) : sharedPermission(shared)
}

export async function listPermissions(
  deps: Deps,
  access: Access,
  filter: PermissionFilter,
  order: PermissionOrder,
  page: Page,
): Promise<Listed<AccountPermission>> {
  const own = await deps.store.permissions.list(access.partnerId)
  const permissions: readonly AccountPermission[] = [...PERMISSIONS.map(sharedPermission), ...own]
  return cutList(permissions, (permission) => isMatched(permission, filter), order, page)
}

/**
 * Changes a permission of the account; it counts at the next call. Roles that list it by its old name lose it.
 *
 * @throws {LatchkeyError} `PERMISSION_NOT_FOUND`, then as {@link addPermission}
 */
export async function updatePermission(
  deps: Deps,
  access: Access,
  currentName: string,
  fields: PermissionFields,
): Promise<AccountPermission> {
  const { now, partnerId } = access
  const { id, type, itemIds } = await ownPermission(deps, access, currentName)
  if (type !== NORMAL) throw new LatchkeyError('PERMISSION_NOT_FOUND', { name: currentName })
  const { name = currentName } = fields
  if (name !== currentName) await requireFreeName(deps, access, name)
  requireItems(fields.itemIds)
  refuseActionsBeyond(deps, access, actionsOfItems([...itemIds, ...(fields.itemIds ?? [])]))
  const change = { ...changedFields(fields), name, updatedAt: now }
  const isDone = await deps.store.permissions.update(partnerId, id, change).catch((error: unknown) => {
    const isTaken = error instanceof LatchkeyError && error.code === 'ALREADY_EXISTS'
    throw isTaken ? new LatchkeyError('PERMISSION_NAME_TAKEN', { name, partnerId }, { cause: error }) : error
  })
  if (!isDone) throw new LatchkeyError('PERMISSION_NOT_FOUND', { name: currentName })
  return ownPermission(deps, access, name)
}

/** Roles that list it lose it. @throws {LatchkeyError} `PERMISSION_NOT_FOUND` */
export async function deletePermission(deps: Deps, access: Access, name: string): Promise<AccountPermission> {
  const { now, partnerId } = access
  const permission = await ownPermission(deps, access, name)
  if (!(await deps.store.permissions.update(partnerId, permission.id, { status: 3, updatedAt: now }))) {
    throw new LatchkeyError('PERMISSION_NOT_FOUND', { name })
  }
  return { ...permission, status: 3, updatedAt: now }
}

/** Its id is its place, below those that a store gives. */
function sharedPermission({ index, type, name, dependsOn }: CataloguePermission): AccountPermission {
  return {
    id: index + 1,
    partnerId: 0,
    type,
    name,
    friendlyName: name,
    status: 1,
    dependsOn,
    itemIds: itemIdsOf(index),
  }
}

async function ownPermission(deps: Deps, access: Access, name: string): Promise<PermissionRecord> {
  const permission = await deps.store.permissions.find(access.partnerId, name)
  if (!permission) throw new LatchkeyError('PERMISSION_NOT_FOUND', { name })
  return permission
}

/** A role lists permissions by their names, with commas between them, and `*` there is all of them. */
async function requireFreeName(deps: Deps, { partnerId, partner }: Access, name: string): Promise<void> {
  const { takesAnyPermissionName } = fidelityOf(deps)
  const isListable = name !== '' && name !== '*' && name === name.trim()
  if (name.includes(',') || !(isListable || takesAnyPermissionName)) {
    throw new LatchkeyError('PERMISSION_NAME_INVALID', { length: name.length })
  }
  // Whoever has a permission by the name of a feature would have what depends on that feature.
  const isFeature = takesAnyPermissionName ? partner?.features.includes(name) : FEATURE_NAMES.has(name)
  const isShared = findPermission(name) !== undefined || isFeature === true
  if (isShared || (await deps.store.permissions.find(partnerId, name))) {
    throw new LatchkeyError('PERMISSION_NAME_TAKEN', { name, partnerId })
  }
}

function requireItems(ids: readonly number[] = []): void {
  // Items of internal actions are listed, but a permission that held them would open nothing.
  const unknown = ids.find((id) => findPermissionItem(id) === undefined || actionOfItem(id)?.kind === 'internal')
  if (unknown !== undefined) throw new LatchkeyError('PERMISSION_ITEM_UNKNOWN', { id: String(unknown) })
}

function isMatched(permission: AccountPermission, filter: PermissionFilter): boolean {
  const dependsOn = permission.dependsOn.join()
  return (
    isOneOf(permission.id, filter.ids) &&
    isOneOf(permission.type, filter.types) &&
    isOneOf(permission.name, filter.names) &&
    hasPart(permission.friendlyName, filter.friendlyNameLike) &&
    hasPart(permission.description, filter.descriptionLike) &&
    isOneOf<number>(permission.status, filter.statuses) &&
    isOneOf(permission.partnerId, filter.partnerIds) &&
    hasAnyPart(dependsOn, filter.dependsOnLikeAny) &&
    hasAllParts(dependsOn, filter.dependsOnLikeAll) &&
    hasAnyPart(permission.tags, filter.tagsLikeAny) &&
    hasAllParts(permission.tags, filter.tagsLikeAll) &&
    isWithin(permission.createdAt, filter.createdAt) &&
    isWithin(permission.updatedAt, filter.updatedAt)
  )
}
