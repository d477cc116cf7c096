import type { CatalogueAction } from './catalogue/actions.ts'
import type { HeldPermission } from './decision.ts'
import type { DroppedPermission, HeldPermissions, RoleSource } from './held-permissions.ts'
import type { SessionKind } from './session.ts'

/** A refusal by permission. What explains it is worked out when it is first read: of most refusals nobody asks. */
export class PermissionMissing {
  readonly code = 'permission-missing'
  readonly kind: SessionKind
  readonly #action: CatalogueAction
  readonly #held: HeldPermissions

  constructor(kind: SessionKind, action: CatalogueAction, held: HeldPermissions) {
    this.kind = kind
    this.#action = action
    this.#held = held
  }

  get needed(): readonly string[] {
    return this.#held.index.neededFor(this.#action)
  }

  get held(): readonly HeldPermission[] {
    return this.#held.list()
  }

  /** Whose permissions these are, also where only what is always allowed is left of them. */
  get source(): RoleSource['from'] {
    return this.#held.source
  }

  /** Of those needed, the ones that the role names and that lack what they depend on. */
  get dropped(): readonly DroppedPermission[] {
    return this.#held.droppedAmong(this.needed)
  }

  /** Of those needed, the ones that a restricting role took away. */
  get removed(): readonly string[] {
    return this.#held.removed.filter((name) => this.needed.includes(name))
  }

  toJSON(): object {
    const { code, kind, needed, held, source, dropped, removed } = this
    return { code, kind, needed, held, source, dropped, removed }
  }
}
