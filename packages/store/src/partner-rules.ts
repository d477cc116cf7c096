import type { AccountRules } from '@latchkey/core'

/** As the column holds them; null where there are none. What is absent is left out. */
export function formatRules(rules: AccountRules | undefined): string | null {
  return rules === undefined ? null : JSON.stringify(rules)
}

/** @throws {TypeError} when the column holds anything else, which no write of ours makes */
export function parseRules(column: string | null): AccountRules | undefined {
  if (column === null) return undefined
  const found: unknown = JSON.parse(column)
  if (typeof found !== 'object' || found === null) throw new TypeError('a column that holds no rules')
  const fields = new Map<string, unknown>(Object.entries(found))
  return {
    widgetRoleId: optional(fields.get('widgetRoleId'), isNumber),
    userRoleIds: optional(fields.get('userRoleIds'), isListOf(isNumber)),
    adminRoleId: optional(fields.get('adminRoleId'), isNumber),
    secondaryRoleId: optional(fields.get('secondaryRoleId'), isNumber),
    blockedActions: optional(fields.get('blockedActions'), isListOf(isText)),
    alwaysAllowed: optional(fields.get('alwaysAllowed'), isListOf(isText)),
  }
}

function optional<T>(value: unknown, isIt: (value: unknown) => value is T): T | undefined {
  if (value === undefined || isIt(value)) return value
  throw new TypeError('a rule that is none')
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isListOf<T>(isIt: (value: unknown) => value is T): (value: unknown) => value is readonly T[] {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(isIt)
}
