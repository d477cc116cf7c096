import type { Listed, Order, Page } from '@latchkey/authority'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import type { Compilable, Engine } from './engine.ts'

/** As many rows as one page holds at most, whatever is asked for. */
export const MAX_LIMIT = 500

/** Counts the matching rows in the same statement as the page, so that the two cannot disagree. */
export const TOTAL = sql<number>`count(*) over ()`.as('total')

/** Sorts by each in turn and by the row's id at last, so that pages never overlap; cuts the page out. */
export function paged<Table extends keyof Database, Found, Field extends string>(
  query: SelectQueryBuilder<Database, Table, Found>,
  columns: Readonly<Record<Field, string>>,
  order: readonly Order<Field>[],
  page: Page,
): SelectQueryBuilder<Database, Table, Found> {
  let sorted = query
  for (const { field, direction } of order) {
    sorted = sorted.orderBy(sql.ref(columns[field]), direction === 'ascending' ? 'asc' : 'desc')
  }
  return sorted.orderBy(sql.ref('id')).limit(clamped(page.limit, MAX_LIMIT)).offset(offsetOf(page))
}

/**
 * Reads a page.
 * @param count the same conditions, asking only how many; run when the page is empty and so cannot tell
 */
export async function listed<Found extends { readonly total: number }, Item>(
  engine: Engine,
  rows: Compilable<Found>,
  count: Compilable<{ readonly total: number }>,
  page: Page,
  parse: (row: Found) => Item,
): Promise<Listed<Item>> {
  const found = await engine.read(rows.compile())
  const first = found[0]
  if (first !== undefined) return { total: first.total, items: found.map(parse) }
  if (offsetOf(page) === 0 && clamped(page.limit, MAX_LIMIT) > 0) return { total: 0, items: [] }
  const counted = await engine.read(count.compile())
  return { total: counted[0]?.total ?? 0, items: [] }
}

function offsetOf(page: Page): number {
  return clamped(page.offset, Number.MAX_SAFE_INTEGER)
}

export function clamped(value: number, max: number): number {
  return value >= 1 ? Math.trunc(Math.min(value, max)) : 0
}
