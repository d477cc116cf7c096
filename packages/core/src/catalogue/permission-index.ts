import { ActionSet } from '../action-set.ts'
import { ACTIONS, type CatalogueAction, findAction } from './actions.ts'
import { type CataloguePermission, PERMISSIONS } from './permissions.ts'

/** A permission that an account made for itself. */
export interface OwnPermission {
  /** A name that a shared permission has means that one. */
  readonly name: string
  readonly dependsOn: readonly string[]
  /** What it opens, in any case. What the catalogue holds no permissions for stays closed. */
  readonly actions: readonly { readonly service: string; readonly action: string }[]
}

/** All permissions of one account: those that all accounts share, then its own. Their places are the bits of what is held. */
export class PermissionIndex {
  readonly permissions: readonly CataloguePermission[]
  readonly #byName: ReadonlyMap<string, CataloguePermission>
  /** Of the actions that an own permission opens, by `CatalogueAction.index`. */
  readonly #openers = new Map<number, number[]>()
  /** By the same; made when first asked for. */
  readonly #needed: (readonly string[] | undefined)[] = []
  readonly #opened: readonly ActionSet[]

  constructor(own: readonly OwnPermission[]) {
    const byName = new Map(PERMISSIONS.map((permission) => [permission.name, permission]))
    for (const { name, dependsOn, actions } of own) {
      if (byName.has(name)) continue
      const index = byName.size
      byName.set(name, { name, index, type: 1, dependsOn })
      for (const { service, action } of actions) this.#open(findAction(service, action), index)
    }
    this.#byName = byName
    this.permissions = [...byName.values()]
    this.#opened = this.permissions.map(() => new ActionSet())
    for (const action of ACTIONS) for (const place of this.openersOf(action)) this.#opened[place]?.add(action.index)
  }

  #open(action: CatalogueAction | undefined, permission: number): void {
    // What no shared permission opens is for internal accounts, and not to be had by a permission of one's own.
    if (action === undefined || action.index < 0 || action.kind !== 'ordinary') return
    const openers = this.#openers.get(action.index) ?? [...action.permissions]
    if (!openers.includes(permission)) openers.push(permission)
    this.#openers.set(action.index, openers)
  }

  /** Names are compared with their case. */
  find(name: string): CataloguePermission | undefined {
    return this.#byName.get(name)
  }

  /** Every action that a permission opens. */
  actionsOpenedBy(place: number): ActionSet {
    return this.#opened[place] ?? NO_ACTIONS
  }

  /** Places of the permissions of which any one opens it. */
  openersOf(action: CatalogueAction): readonly number[] {
    return this.#openers.get(action.index) ?? action.permissions
  }

  /** Names of the same. */
  neededFor(action: CatalogueAction): readonly string[] {
    const kept = this.#needed[action.index]
    if (kept !== undefined) return kept
    const needed = this.openersOf(action).map((index) => this.permissions[index]?.name ?? '')
    if (action.index >= 0) this.#needed[action.index] = needed
    return needed
  }
}

const NO_ACTIONS = new ActionSet()

/** Of an account that has no permissions of its own. */
export const SHARED_PERMISSIONS: PermissionIndex = new PermissionIndex([])
