import type { TimeRange } from '@latchkey/authority'
import { type Expression, type SqlBool, sql } from 'kysely'
import { isStorableKey, isStorableText } from './storable.ts'

// Each gives no condition at all when its filter is absent. Texts are compared byte by byte (SQLite's BINARY, PostgreSQL's
// collation C); what looks for a part of a text ignores the case of A to Z and knows no wildcards.

type Conditions = readonly Expression<SqlBool>[]

/** Values of one list that count; the original reads no more of them either, and engines limit how many a query takes. */
const MAX_LISTED = 500

const NEVER: Conditions = [sql<SqlBool>`1 = 0`]

export function oneOf<T extends string | number>(
  column: Expression<T | null>,
  values: readonly T[] | undefined,
): Conditions {
  if (values === undefined) return []
  const storable = values.slice(0, MAX_LISTED).filter((value) => isStorableKey(value))
  return storable.length === 0 ? NEVER : [sql<SqlBool>`${column} in (${sql.join(storable)})`]
}

export function equal<T extends string | number>(column: Expression<T | null>, value: T | undefined): Conditions {
  if (value === undefined) return []
  return (typeof value === 'string' ? isStorableText(value) : isStorableKey(value))
    ? [sql<SqlBool>`${column} = ${value}`]
    : NEVER
}

export function within(column: Expression<number>, range: TimeRange | undefined): Conditions {
  const conditions: Expression<SqlBool>[] = []
  if (range?.from !== undefined) conditions.push(sql<SqlBool>`${column} >= ${wholeNumber(range.from)}`)
  if (range?.to !== undefined) conditions.push(sql<SqlBool>`${column} <= ${wholeNumber(range.to)}`)
  return conditions
}

/** That any of the columns has the text somewhere. */
export function contains(columns: readonly Expression<string | null>[], text: string | undefined): Conditions {
  if (text === undefined || text === '') return []
  if (!isStorableText(text)) return NEVER
  const part = lowerAscii(text)
  // The one way to look for a text that reads alike on both engines, without the wildcards of LIKE and the limit that SQLite
  // has on its patterns.
  const any = columns.map((column) => sql<SqlBool>`replace(lower(${column}), ${part}, '') <> lower(${column})`)
  return [sql<SqlBool>`(${sql.join(any, sql` or `)})`]
}

/** That any of the columns begins with the text. */
export function startsWith(columns: readonly Expression<string | null>[], text: string | undefined): Conditions {
  if (text === undefined || text === '') return []
  if (!isStorableText(text)) return NEVER
  const start = lowerAscii(text)
  const length = [...start].length
  const any = columns.map((column) => sql<SqlBool>`substr(lower(${column}), 1, ${sql.lit(length)}) = ${start}`)
  return [sql<SqlBool>`(${sql.join(any, sql` or `)})`]
}

/** As `lower` of both engines does it, under these collations: nothing but A to Z. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** The engines compare integers; a bound beyond them excludes or includes all the same. */
function wholeNumber(bound: number): number {
  if (Number.isNaN(bound)) return 0
  return Math.trunc(Math.min(Math.max(bound, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER))
}
