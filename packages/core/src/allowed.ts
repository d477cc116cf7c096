import type { CatalogueAction } from './catalogue/actions.ts'
import type { HeldPermissions } from './held-permissions.ts'

/** A call let through by a permission. Which one is looked up when somebody asks. */
export class Allowed {
  readonly effect = 'allow'
  readonly #action: CatalogueAction
  readonly #held: HeldPermissions

  constructor(action: CatalogueAction, held: HeldPermissions) {
    this.#action = action
    this.#held = held
  }

  get openedBy(): string {
    const { index } = this.#held
    return index.permissions[this.#held.openerOf(this.#action) ?? -1]?.name ?? ''
  }

  toJSON(): object {
    return { effect: this.effect, openedBy: this.openedBy }
  }
}
