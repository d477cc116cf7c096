import type { Fidelity, Primitives, PrivilegePolicy } from '@latchkey/core'
import type { OpenedSessions } from './opened-sessions.ts'
import type { Clock, Store } from './ports.ts'
import type { StartRate } from './start-rate.ts'

/** What every use case is handed. Only the composition root makes one. */
export interface Deps {
  readonly store: Store
  readonly primitives: Primitives
  readonly clock: Clock
  readonly privileges: PrivilegePolicy
  readonly sessions: OpenedSessions
  readonly startRate: StartRate
  /** Whether the original's faults are there; `mended` unless given. */
  readonly fidelity?: Fidelity | undefined
  /** Addresses and ranges of which calls hold what is always allowed from inside; none unless told. */
  readonly internalAddresses?: readonly string[] | undefined
}
