import type { Listed, Order, Page, TimeRange } from './ports.ts'

// For lists that join an account's rows with data of core, and so are filtered, sorted and cut here. They compare as the
// store does: texts whole, parts of texts without regard to the case of A to Z.

/** What is matched, in this order, and of that one page. Ties keep the order that the items came in. */
export function cutList<Field extends string, Item extends { readonly [Key in Field]?: unknown }>(
  items: readonly Item[],
  matches: (item: Item) => boolean,
  order: readonly Order<Field>[],
  page: Page,
): Listed<Item> {
  const found = items.filter(matches)
  const sorted = order.length === 0 ? found : found.toSorted((a, b) => compare(a, b, order))
  return { total: found.length, items: sorted.slice(page.offset, page.offset + page.limit) }
}

function compare<Field extends string>(
  a: { readonly [Key in Field]?: unknown },
  b: { readonly [Key in Field]?: unknown },
  order: readonly Order<Field>[],
): number {
  for (const { field, direction } of order) {
    const up = compareValues(a[field], b[field])
    if (up !== 0) return direction === 'ascending' ? up : -up
  }
  return 0
}

/** What is absent comes first, as a null does. */
function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [before, after] = [String(a ?? ''), String(b ?? '')]
  return before < after ? -1 : before > after ? 1 : 0
}

/** True where nothing is asked for. */
export function isOneOf<Value>(value: Value | undefined, wanted: readonly Value[] | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value))
}

/** What has no time is in no range. */
export function isWithin(time: number | undefined, range: TimeRange | undefined): boolean {
  if (range === undefined) return true
  return time !== undefined && time >= (range.from ?? Number.NEGATIVE_INFINITY) && time <= (range.to ?? time)
}

export function hasPart(text: string | undefined, part: string | undefined): boolean {
  if (part === undefined) return true
  return text !== undefined && lowerAscii(text).includes(lowerAscii(part))
}

export function hasAnyPart(text: string | undefined, parts: readonly string[] | undefined): boolean {
  return parts === undefined || parts.some((part) => hasPart(text, part))
}

export function hasAllParts(text: string | undefined, parts: readonly string[] | undefined): boolean {
  return parts === undefined || parts.every((part) => hasPart(text, part))
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
