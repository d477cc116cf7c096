import { ActionSet } from '../action-set.ts'
import type { CatalogueAction } from '../catalogue/actions.ts'
import { type Sensitivity, sensitivityOf } from '../catalogue/effects.ts'
import type { PermissionIndex } from '../catalogue/permission-index.ts'
import type { CataloguePermission } from '../catalogue/permissions.ts'
import { resolveHeld } from '../held-permissions.ts'

/** What an account knows and has: the ground that every proposal stands on. */
export interface AccountPermissions {
  readonly index: PermissionIndex
  /** Features and plugins that are switched on. */
  readonly features: readonly string[]
  /** What every call holds, where the account has a list of its own. */
  readonly alwaysAllowed?: readonly string[] | undefined
}

/** A permission together with all that it depends on. */
export interface ClosedPermission {
  readonly permission: CataloguePermission
  /** Its own name first. */
  readonly names: readonly string[]
  /** What all of them open. */
  readonly opens: ActionSet
}

/** The type of permissions that roles may name. */
export const NORMAL = 1

/**
 * A permission with what it depends on, worked out to the end. Undefined where that cannot be given: it hangs on a feature
 * that the account lacks, or is none of the normal kind.
 */
export function closeOver({ index, features }: AccountPermissions, name: string): ClosedPermission | undefined {
  const permission = index.find(name)
  if (permission === undefined || permission.type !== NORMAL || name.startsWith('ALWAYS_ALLOWED_')) return undefined
  const names = [name]
  const opens = new ActionSet()
  for (const at of names) {
    const known = index.find(at)
    if (known === undefined) {
      if (features.includes(at)) continue
      return undefined
    }
    opens.addAll(index.actionsOpenedBy(known.index))
    for (const other of known.dependsOn) if (!names.includes(other) && !features.includes(other)) names.push(other)
  }
  return { permission, names, opens }
}

/**
 * What a session with a role of just these names could call, the always-allowed actions among it.
 *
 * @param restricting names that are taken away whatever the role says
 */
export function openedByRole(
  { index, features, alwaysAllowed }: AccountPermissions,
  permissionNames: readonly string[],
  restricting?: readonly string[],
): ActionSet {
  const role = { from: 'role:0', permissionNames } as const
  return resolveHeld({ kind: 'user', role, features, restricting, permissions: index, alwaysAllowed }).opened
}

/** What permissions show besides what they open. */
const SHOWS_SECRETS: ReadonlySet<string> = new Set(['INTEGRATION_BASE'])

/** Why these names should not be given unasked. */
export function sensitivitiesOf({ names, opens }: ClosedPermission): ReadonlySet<Sensitivity> {
  const found = new Set(sensitivitiesAmong(opens.actions()))
  if (names.some((name) => SHOWS_SECRETS.has(name))) found.add('shows-secrets')
  return found
}

export function sensitivitiesAmong(actions: Iterable<CatalogueAction>): ReadonlySet<Sensitivity> {
  const found = new Set<Sensitivity>()
  for (const action of actions) {
    const sensitivity = sensitivityOf(action)
    if (sensitivity !== undefined) found.add(sensitivity)
  }
  return found
}
