// Blocks are patterns and not regular expressions: what an operator writes down is matched in time that the length of a name
// bounds, so that no list can make a call hang.
import type { AccountRules } from './account-rules.ts'
import { ActionSet } from './action-set.ts'
import { ACTIONS, type CatalogueAction } from './catalogue/actions.ts'
import { effectOf } from './catalogue/effects.ts'
import { SHARED_PERMISSIONS } from './catalogue/permission-index.ts'

/** What decides whether an account blocks actions. */
export interface BlockingAccount {
  /** 4 is read-only; absent is active. */
  readonly status?: number | undefined
  readonly features: readonly string[]
  readonly rules?: AccountRules | undefined
}

/** By what an action is blocked: a pattern of the account's list, or that the account is read-only where it has none. */
export interface ActionBlock {
  readonly pattern?: string | undefined
}

const READ_ONLY_STATUS = 4
const LIMIT_FEATURE = 'FEATURE_LIMIT_ALLOWED_ACTIONS'
const BY_STATUS: ActionBlock = {}

/** The longest pattern that is accepted. */
export const LONGEST_PATTERN = 100

/**
 * Whether the account refuses an action to everybody. Its list is in force only with the feature
 * `FEATURE_LIMIT_ALLOWED_ACTIONS` or while it is read-only; a read-only account without a list refuses what does more than
 * read, but for what is always allowed and the login.
 */
export function actionBlock(
  action: CatalogueAction,
  { status, features, rules }: BlockingAccount,
): ActionBlock | undefined {
  const patterns = rules?.blockedActions
  if (status === READ_ONLY_STATUS) {
    if (patterns === undefined) return doesMoreThanRead(action) ? BY_STATUS : undefined
  } else if (patterns === undefined || !features.includes(LIMIT_FEATURE)) return undefined
  return blockAmong(patterns, action)
}

/** Those of some actions that the account does not refuse to everybody. */
export function withoutBlocked(opened: ActionSet, account: BlockingAccount): ActionSet {
  if (account.status !== READ_ONLY_STATUS && account.rules?.blockedActions === undefined) return opened
  return ActionSet.of(opened.actions().filter((action) => actionBlock(action, account) === undefined))
}

/**
 * A pattern as it is kept: lower case, of letters, digits, `_`, `.` and `*`, which stands for any text. Undefined for what is
 * none, or names a service without its actions.
 */
export function parseActionPattern(text: string): string | undefined {
  const pattern = text.trim().toLowerCase()
  if (pattern.length > LONGEST_PATTERN || !/^[a-z0-9_.*]+$/.test(pattern)) return undefined
  return pattern.includes('.') || pattern.includes('*') ? pattern : undefined
}

/** An action that is checked as another one is blocked by either name. */
function namesOf(action: CatalogueAction): readonly CatalogueAction[] {
  const checkedAs = action.index < 0 ? undefined : ACTIONS[action.index]
  return checkedAs === undefined || checkedAs === action ? [action] : [action, checkedAs]
}

const isAlwaysAllowed = (() => {
  const place = SHARED_PERMISSIONS.find('ALWAYS_ALLOWED_ACTIONS')?.index ?? -1
  const opened = SHARED_PERMISSIONS.actionsOpenedBy(place)
  return ({ index }: CatalogueAction) => index >= 0 && opened.has(index)
})()

function doesMoreThanRead(action: CatalogueAction): boolean {
  if (`${action.service}.${action.action}` === 'appToken.startSession' || isAlwaysAllowed(action)) return false
  return namesOf(action).some((named) => effectOf(named) !== 'read')
}

/** What was found for a list, which stays the same object until its account changes; no more than there are actions. */
const found = new WeakMap<readonly string[], Map<CatalogueAction, ActionBlock | undefined>>()

function blockAmong(patterns: readonly string[], action: CatalogueAction): ActionBlock | undefined {
  const known = found.get(patterns) ?? new Map<CatalogueAction, ActionBlock | undefined>()
  found.set(patterns, known)
  if (known.has(action)) return known.get(action)
  const names = namesOf(action).map((named) => `${named.service}.${named.action}`)
  const pattern = patterns.find((one) => names.some((name) => matchesPattern(one, name)))
  const block = pattern === undefined ? undefined : { pattern }
  known.set(action, block)
  return block
}

/** Whether `*` can stand for something that makes the pattern the name; case does not matter. */
export function matchesPattern(pattern: string, name: string): boolean {
  const text = name.toLowerCase()
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const last = rest.pop()
  if (last === undefined) return text === first
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  // Each part where it first fits: that leaves the most for those behind it, so that nothing has to be tried twice.
  let at = first.length
  for (const part of rest) {
    const start = text.indexOf(part, at)
    at = start + part.length
    if (start < 0 || at > end) return false
  }
  return true
}
