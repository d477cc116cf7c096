import type { Access, Deps } from '@latchkey/authority'
import type { BoundObject, ParamTree } from '@latchkey/wire'

/** One call that passed every gate, as an action sees it. */
export interface Call {
  readonly deps: Deps
  readonly access: Access
  readonly values: BoundObject
  /** As received, for the few answers that depend on how a parameter was spelled. */
  readonly params: ParamTree
}

/** What an action answers with; `null` for one that answers nothing. */
export type Action = (call: Call) => Promise<unknown>
