import { isObject, type JsonObject, numberOf, objectsOf, textOf } from '../../connection/json.ts'
import type { Span } from './range.ts'

export type LineOutcome = 'issued' | 'refused' | 'revoked' | 'changed'
export const OUTCOMES: readonly LineOutcome[] = ['issued', 'refused', 'revoked', 'changed']

/** A line of the journal, as the server tells it. */
export interface Line {
  /** Epoch seconds. */
  readonly at: number
  readonly requestId: string
  readonly actor: string
  readonly door: string
  readonly action: string
  readonly tokenId: string
  readonly outcome: string
  readonly cause: string
  readonly code: string
  readonly object: string
  readonly address: string
  readonly client: string
  readonly value: string
}

/** What the server looks for; an empty text is no condition. */
export interface LineFilter {
  readonly outcomes: readonly LineOutcome[]
  readonly token: string
  readonly action: string
  readonly cause: string
  readonly actor: string
  readonly request: string
}

/** As the address has it. */
export function parseFilter(query: Readonly<Record<string, string>>): LineFilter {
  const named = (query.outcome ?? '').split(',')
  return {
    outcomes: OUTCOMES.filter((outcome) => named.includes(outcome)),
    token: (query.token ?? '').trim(),
    action: (query.action ?? '').trim(),
    cause: (query.cause ?? '').trim(),
    actor: (query.actor ?? '').trim(),
    request: (query.request ?? '').trim(),
  }
}

/** The filter of `latchkey_journal.list`, with the time in it. */
export function filterParams(filter: LineFilter, span: Pick<Span, 'from' | 'to'>): JsonObject {
  const texts: readonly (readonly [string, string])[] = [
    ['tokenIdEqual', filter.token],
    ['actionEqual', filter.action],
    ['causeEqual', filter.cause],
    ['actorEqual', filter.actor],
    ['requestIdEqual', filter.request],
    ['outcomeIn', filter.outcomes.join(',')],
  ]
  return {
    objectType: 'LatchkeyJournalFilter',
    ...Object.fromEntries(texts.filter(([, text]) => text !== '')),
    atGreaterThanOrEqual: span.from,
    atLessThanOrEqual: span.to - 1,
  }
}

export interface LinePage {
  readonly lines: readonly Line[]
  /** Of all that match. */
  readonly total: number
}

/** @returns undefined for what is no page of the journal */
export function parsePage(value: unknown): LinePage | undefined {
  if (!isObject(value) || !Array.isArray(value.objects)) return undefined
  const total = numberOf(value.totalCount)
  return total === undefined
    ? undefined
    : { total, lines: objectsOf(value.objects).flatMap((one) => parseLine(one) ?? []) }
}

function parseLine(value: Readonly<Record<string, unknown>>): Line | undefined {
  const at = numberOf(value.at)
  if (at === undefined) return undefined
  return {
    at,
    requestId: textOf(value.requestId),
    actor: textOf(value.actor),
    door: textOf(value.door),
    action: textOf(value.action),
    tokenId: textOf(value.tokenId),
    outcome: textOf(value.outcome),
    cause: textOf(value.cause),
    code: textOf(value.code),
    object: textOf(value.object),
    address: textOf(value.address),
    client: textOf(value.client),
    value: textOf(value.value),
  }
}

export interface Cursor {
  /** The next page has nothing newer than this. */
  readonly to: number
  /** Of which so many lines of its last second are there already. */
  readonly skip: number
}

/**
 * Where to go on. By time and not by page number: lines that are written meanwhile would push the pages along, and only so
 * many can be counted through.
 */
export function cursorAfter(lines: readonly Line[]): Cursor | undefined {
  const last = lines.at(-1)
  if (last === undefined) return undefined
  let skip = 0
  for (let at = lines.length - 1; at >= 0 && lines[at]?.at === last.at; at -= 1) skip += 1
  return { to: last.at + 1, skip }
}

/** The most that a server gives at once. */
const LARGEST_PAGE = 500

/**
 * The request for what follows a cursor, with how many lines it asks for and how many of them are to be passed over. Where
 * many lines are of the cursor's second it asks for more, so that `size` new ones come all the same.
 */
export function pageParams(
  filter: LineFilter,
  span: Pick<Span, 'from' | 'to'>,
  cursor: Cursor | undefined,
  size: number,
): { readonly params: JsonObject; readonly pageSize: number; readonly skip: number } {
  const passed = cursor?.skip ?? 0
  const pageSize = Math.min(size + passed, LARGEST_PAGE)
  const to = cursor === undefined ? span.to : Math.min(cursor.to, span.to)
  return {
    params: {
      filter: filterParams(filter, { from: span.from, to }),
      pager: { pageSize, pageIndex: Math.floor(passed / pageSize) + 1 },
    },
    pageSize,
    skip: passed % pageSize,
  }
}

/** What a line is about holds the text: only among those that were read. */
export function lineHolds(line: Line, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  return Object.values(line).some((value) => String(value).toLowerCase().includes(wanted))
}

/** What a refusal counts under. */
export function causeOfLine({ cause, code }: Line): string {
  return cause || code || 'unknown'
}
