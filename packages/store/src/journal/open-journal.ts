import type { Journal, JournalLine, Page, TokenUsage } from '@latchkey/authority'
import { notStorable } from '../failures.ts'
import { clamped, MAX_LIMIT } from '../paging.ts'
import type { Calls } from './call-counts.ts'

/** A journal as the store holds it. */
export interface OpenJournal extends Journal {
  /** Writes what is pending. @throws {LatchkeyError} `STORE_UNAVAILABLE`, when it is closed all the same */
  close(): Promise<void>
}

/** As far as pages reach, so that a page deep down takes no more memory than this many keys. */
const MAX_REACH = 100_000

/** @returns which of the newest lines are meant, as a half-open range */
export function rangeOf(page: Page): { readonly from: number; readonly to: number } {
  const from = Math.min(clamped(page.offset, Number.MAX_SAFE_INTEGER), MAX_REACH)
  return { from, to: Math.min(from + clamped(page.limit, MAX_LIMIT), MAX_REACH) }
}

/** Why a line can't be written, as an error, or undefined when it can. */
export function whyNotWritable(line: JournalLine): unknown {
  if (Number.isSafeInteger(line.at) && Number.isSafeInteger(line.partnerId)) return undefined
  return notStorable('a time or a partner that is no integer within 2^53')
}

export function usageOf(lines: Omit<TokenUsage, 'calls' | 'lastCallAt'>, { calls, lastCallAt }: Calls): TokenUsage {
  return { ...lines, calls, lastCallAt }
}
