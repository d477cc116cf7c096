import type { Statement, UnitOutcome } from '../engine.ts'

// What goes between the main thread and the thread that writes.

export interface WriterOptions {
  readonly path: string
  readonly busyTimeoutMs: number
}

/** Units for one transaction; each succeeds or fails by itself. */
export type ToWriter =
  | { readonly type: 'write'; readonly units: readonly (readonly Statement[])[] }
  | { readonly type: 'close' }

export type UnitReply =
  | { readonly type: 'outcome'; readonly outcome: UnitOutcome }
  | { readonly type: 'failed'; readonly message: string }

/** One reply a unit, in the order of the units; sent after the commit. */
export type FromWriter =
  | { readonly type: 'written'; readonly replies: readonly UnitReply[] }
  | { readonly type: 'closed' }
