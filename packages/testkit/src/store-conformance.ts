import type { Store } from '@latchkey/authority'
import { appTokenBehaviours } from './store-conformance/app-tokens.ts'
import { categoryBehaviours } from './store-conformance/categories.ts'
import { entryBehaviours } from './store-conformance/entries.ts'
import { journalBehaviours } from './store-conformance/journal.ts'
import { partnerBehaviours } from './store-conformance/partners.ts'
import { revocationBehaviours } from './store-conformance/revocations.ts'
import { roleBehaviours } from './store-conformance/roles.ts'
import { textBehaviours } from './store-conformance/texts.ts'
import { userBehaviours } from './store-conformance/users.ts'

/** Sentences that hold of every store, each with the code that finds out. */
export type StoreBehaviours = Readonly<Record<string, (store: Store) => Promise<void>>>

/**
 * What every store must do, whatever it stands on. Each behaviour makes rows of its own, so that one store serves all,
 * also one that holds other rows.
 */
export const storeBehaviours: StoreBehaviours = {
  ...partnerBehaviours,
  ...userBehaviours,
  ...appTokenBehaviours,
  ...roleBehaviours,
  ...revocationBehaviours,
  ...entryBehaviours,
  ...categoryBehaviours,
  ...textBehaviours,
  ...journalBehaviours,
}
