import type { EpochSeconds } from '@latchkey/core'
import type { Listed, Page, TimeRange } from './ports.ts'

/** Where a request came in. `console` is the sign-in by a link; what a page then does comes in by `v3`. */
export type JournalDoor = 'v3' | 'oauth2' | 'cli' | 'console'

/** What came of it: a session, a refusal, a session or token ended, or a token, role, user or secret changed. */
export type JournalOutcome = 'issued' | 'refused' | 'revoked' | 'changed'

/**
 * One thing that was issued, refused, revoked or changed. Never holds a secret or a session string. Texts are kept up to
 * a length (names of ours and clients 100 characters, ids 320, what was changed 200) and end in `…` where they were cut.
 */
export interface JournalLine {
  readonly at: EpochSeconds
  readonly requestId: string
  readonly partnerId: number
  /** User id, or id of the app token, of whoever did it. */
  readonly actor?: string | undefined
  readonly door: JournalDoor
  /** `service.action`, or the command. */
  readonly action: string
  /** Id of the app token concerned. */
  readonly tokenId?: string | undefined
  readonly outcome: JournalOutcome
  /** Cause of a refusal, by its id in the list of causes. */
  readonly cause?: string | undefined
  /** Error code of a refusal, as it went over the wire. */
  readonly code?: string | undefined
  /** What was changed, such as `userRole 1005`. */
  readonly object?: string | undefined
  /** Where the request came from. */
  readonly address?: string | undefined
  /** The client's tag, as it names itself. */
  readonly client?: string | undefined
  /** Which value of a token that is being rotated proved it. */
  readonly value?: 'current' | 'previous' | undefined
}

/** Lines must match all that is given; an empty list matches none. */
export interface JournalFilter {
  readonly tokenId?: string | undefined
  readonly outcomes?: readonly JournalOutcome[] | undefined
  readonly actions?: readonly string[] | undefined
  readonly causes?: readonly string[] | undefined
  readonly actor?: string | undefined
  readonly requestId?: string | undefined
  readonly at?: TimeRange | undefined
}

/** Someone who still proves a token by its previous value. */
export interface PreviousValueUse {
  readonly client?: string | undefined
  readonly address?: string | undefined
  readonly lastAt: EpochSeconds
  readonly count: number
}

/** What became of one app token so far, as far back as the journal goes. */
export interface TokenUsage {
  /** Sessions. */
  readonly issued: number
  /** By cause; a refusal without one counts under its code, one without either under `unknown`. */
  readonly refusedByCause: Readonly<Record<string, number>>
  /** Calls that its sessions made and that were allowed. */
  readonly calls: number
  readonly lastIssuedAt?: EpochSeconds | undefined
  readonly lastCallAt?: EpochSeconds | undefined
  readonly lastRefusedAt?: EpochSeconds | undefined
  /** By client and address, the latest first, at most 100. */
  readonly previousValue: readonly PreviousValueUse[]
}

/** The record of what was issued, refused, revoked and changed. Lines are added and never changed. */
export interface Journal {
  /**
   * Resolves once the line survives `kill -9` of this process; the disk has it a few milliseconds later, or, where the
   * store was opened to wait for that, by then. A reply that depends on it is sent afterwards.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE` when it could not be written; `VALUE_NOT_STORABLE` for a time or a partner that
   *   is no whole number
   */
  append(line: JournalLine): Promise<void>
  /**
   * Lines of that partner, the newest first; those of the same second in the order opposite to that of writing. Of those
   * that match, the newest 100,000 can be paged through; `at` reaches the older ones.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`
   */
  list(partnerId: number, filter: JournalFilter, page: Page): Promise<Listed<JournalLine>>
  /**
   * All zero for a token that the journal knows nothing of. Calls that other processes counted in the last seconds may be
   * missing.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`
   */
  usage(partnerId: number, tokenId: string): Promise<TokenUsage>
  /** Counts an allowed call in memory, to be added up in the store within seconds. A crash may lose those. Never throws. */
  countCall(partnerId: number, tokenId: string, at: EpochSeconds): void
  /**
   * Resolves when all lines and counted calls so far are on disk.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`
   */
  flush(): Promise<void>
}
