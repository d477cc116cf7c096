import type { Flag } from './database.ts'

/** A column's value for an optional field of a new row. */
export function orNull<T>(value: T | undefined): T | null {
  return value ?? null
}

/** A field's value for a nullable column. */
export function orAbsent<T>(value: T | null): T | undefined {
  return value ?? undefined
}

export function toFlag(value: boolean): Flag {
  return value ? 1 : 0
}

/**
 * A column's value for an optional field in a change: undefined, which Kysely leaves out, where the change doesn't name the
 * field; null where it names it as undefined, since that clears it.
 */
export function changed<Change extends object, Field extends keyof Change>(
  change: Change,
  field: Field,
): NonNullable<Change[Field]> | null | undefined {
  return field in change ? (change[field] ?? null) : undefined
}

/** The same for a field that is always there, with the form it takes in the column. */
export function changedTo<T, Column>(value: T | undefined, toColumn: (value: T) => Column): Column | undefined {
  return value === undefined ? undefined : toColumn(value)
}

export function formatList(list: readonly (string | number)[]): string {
  return JSON.stringify(list)
}

/** @throws {TypeError} when the column holds anything else, which no write of ours makes */
export function parseTextList(column: string): readonly string[] {
  const list: unknown = JSON.parse(column)
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list
  throw new TypeError('a column that holds no list of texts')
}

/** @throws {TypeError} when the column holds anything else, which no write of ours makes */
export function parseNumberList(column: string): readonly number[] {
  const list: unknown = JSON.parse(column)
  if (Array.isArray(list) && list.every((item) => typeof item === 'number')) return list
  throw new TypeError('a column that holds no list of numbers')
}
