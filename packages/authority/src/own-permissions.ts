import { actionOfItem, type OwnPermission, PermissionIndex, SHARED_PERMISSIONS } from '@latchkey/core'
import type { PermissionRecord, Store } from './ports.ts'

const NORMAL = 1
const ACTIVE = 1

/** By the list, which is the same array until one of its rows changes. */
const indices = new WeakMap<readonly PermissionRecord[], PermissionIndex>()

/**
 * All permissions that decide for an account: the shared ones and its own. The same object again until one of its own
 * changes, in whatever process, so that what is compiled against it is found again.
 */
export async function permissionIndexOf(store: Store, partnerId: number): Promise<PermissionIndex> {
  return permissionIndexIn(await store.permissions.list(partnerId))
}

/** As {@link permissionIndexOf}, for whoever has the account's permissions. */
export function permissionIndexIn(records: readonly PermissionRecord[]): PermissionIndex {
  const kept = indices.get(records)
  if (kept !== undefined) return kept
  const own = records.filter(({ type, status }) => type === NORMAL && status === ACTIVE).map(ownPermission)
  const index = own.length === 0 ? SHARED_PERMISSIONS : new PermissionIndex(own)
  indices.set(records, index)
  return index
}

/** Items of properties open no action. */
function ownPermission({ name, dependsOn, itemIds }: PermissionRecord): OwnPermission {
  return { name, dependsOn, actions: itemIds.flatMap((id) => actionOfItem(id) ?? []) }
}
