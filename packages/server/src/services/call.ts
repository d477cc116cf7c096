import type { Access, Deps, JournalLine } from '@latchkey/authority'
import type { BoundObject, ParamTree } from '@latchkey/wire'
import type { V3Fidelity } from '../v3/fidelity.ts'

/** What an action knows of what it did, for its line in the journal. */
export type JournalNote = Partial<Pick<JournalLine, 'actor' | 'tokenId' | 'object' | 'value' | 'partnerId'>>

/** One call that passed every gate, as an action sees it. */
export interface Call {
  readonly deps: Deps
  readonly access: Access
  readonly values: BoundObject
  /** As received, for the few answers that depend on how a parameter was spelled. */
  readonly params: ParamTree
  /** Whether the client takes fields that the original does not have. */
  readonly wantsOurFields: boolean
  readonly fidelity: V3Fidelity
  readonly note: (note: JournalNote) => void
  /** Ids of causes that a header tells, also to clients that want no fields of ours. */
  readonly warn: (causes: readonly string[]) => void
}

/** What an action answers with; `null` for one that answers nothing. */
export type Action = (call: Call) => Promise<unknown>
