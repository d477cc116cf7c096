import { stockRole, stockRoleByName } from '@latchkey/core'
import type { Store } from './ports.ts'

/** What a decision needs to know of a role. */
export interface KnownRole {
  readonly id: number
  readonly name: string
  readonly permissionNames: readonly string[]
}

/** The account's own role, or one that all accounts share. Deleted ones are not found; blocked ones are, as in the original. */
export async function findRole(store: Store, partnerId: number, id: number): Promise<KnownRole | undefined> {
  return stockRole(id) ?? (await store.roles.find(partnerId, id))
}

/** By system name; an account's own goes before a shared one. */
export async function findRoleByName(
  store: Store,
  partnerId: number,
  systemName: string,
): Promise<KnownRole | undefined> {
  return (await store.roles.findBySystemName(partnerId, systemName)) ?? stockRoleByName(systemName)
}
