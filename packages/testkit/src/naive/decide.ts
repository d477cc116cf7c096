import type { NaiveHeld } from './held.ts'
import { grants, type NaiveAccount, type NaiveSession, naiveKind } from './session.ts'
import type { TableRow, Tables } from './tables.ts'

/** What the tables say of one action. */
export interface NaiveAction {
  readonly name: string
  /** Of the action itself, or of the one that it is checked as; absent where there is none. */
  readonly row?: TableRow | undefined
  /** Asked of the action that is called, not of the one that it is checked as. */
  readonly gate?: TableRow['gate']
  /** What it is checked as, where that is another action. */
  readonly checkedAs?: string | undefined
}

/** @param name `service.action` as the tables spell it */
export function naiveAction({ rows, closed }: Tables, name: string): NaiveAction {
  const row = rows.find((other) => other.name === name)
  if (row !== undefined) return { name, row, gate: row.gate }
  const alias = closed.find((other) => other.name === name)
  if (alias === undefined) throw new RangeError(`the tables do not have ${name}`)
  return { name, row: rows.find((other) => other.name === alias.checkedAs), checkedAs: alias.checkedAs }
}

/** How an action is called, in plain values. */
export interface NaiveCall {
  readonly account: NaiveAccount
  readonly session?: NaiveSession | undefined
  /** Id of the account that the call names beside its session. */
  readonly requestedAccount?: number | undefined
  readonly isHttps: boolean
  /** From one of the addresses that are called internal. */
  readonly fromInside: boolean
  /** What the call is about, where that is known. */
  readonly object?: NaiveObject | undefined
}

export interface NaiveObject {
  readonly id: string
  readonly owner: string
  readonly coEditors: readonly string[]
  readonly isHidden: boolean
}

export type NaiveDecision =
  /** All that are held and open it; `public` where none does and none is asked for. */
  | { readonly effect: 'allow'; readonly openers: readonly string[] }
  | {
      readonly effect: 'deny'
      readonly code: string
      /** For what a permission would open. */
      readonly needed: readonly string[]
    }

/** Services that ask whether their plugin is on, by what their names start with (6.5, check 17). */
const ASKING_PLUGINS = [
  'captionSearch',
  'contentDistribution',
  'cuePoint',
  'dropFolder',
  'eventNotification',
  'metadata',
  'reach',
]

/**
 * Sections 6.1, 6.5 and 6.6 over the tables of 6.8, check after check. Slow, and meant to be read.
 *
 * @param reads names of actions that change nothing, of which the tables say nothing
 */
export function naiveDecide(
  asked: NaiveAction,
  call: NaiveCall,
  held: NaiveHeld,
  reads: ReadonlySet<string>,
): NaiveDecision {
  const { row, gate } = asked
  const { account, session, requestedAccount, object } = call
  const kind = naiveKind(session)

  // Checks 11 and 12: the session's user is not blocked, and its roles are there.
  const user = session && account.users.find(({ id }) => id === session.userId)
  if (user?.status === 'blocked') return deny('user-blocked')
  if (held.kind === 'role-unknown') return deny('role-unknown')

  const needed = neededFor(row, account)

  // Check 13: whose is it?
  if (gate !== undefined && kind !== 'admin') {
    // Without a session nobody passes. That it is told as the missing session is a choice of this project.
    if (session === undefined) return deny(needed.length === 0 ? 'never-open' : 'no-session', needed)
    if (object !== undefined && !object.isHidden && !passesGate(gate, object, session)) return deny('entry-not-owned')
  }

  // Check 15: another account's business, then what the account blocks, then a permission, then what is public.
  if (session !== undefined && requestedAccount !== undefined && requestedAccount !== account.id) {
    return deny('wrong-partner')
  }
  if (isBlocked(asked, account, reads)) return deny('partner-blocked')
  const openers = needed.filter((name) => held.names.includes(name))
  const isLetThrough = session === undefined && row?.defaults.none === 'net'
  if (openers.length === 0 && !isLetThrough) {
    if (needed.length === 0) return deny('never-open')
    return deny(session === undefined ? 'no-session' : 'permission-missing', needed)
  }

  // Checks 16 to 18.
  if (account.httpsOnly && !call.isHttps) return deny('transport-refused')
  const plugin = ASKING_PLUGINS.find((name) => row?.name.startsWith(`${name}_`))
  if (plugin !== undefined && !account.features.includes(`${plugin.toUpperCase()}_PLUGIN_PERMISSION`)) {
    return deny('feature-off')
  }
  if (object?.isHidden === true) return deny('entry-not-visible')
  return { effect: 'allow', openers: openers.length === 0 ? ['public'] : openers }
}

/** Section 6.1, step 2. That a read-only account without a list lets nobody change anything is a choice of this project. */
function isBlocked({ name, row, checkedAs }: NaiveAction, account: NaiveAccount, reads: ReadonlySet<string>): boolean {
  const names = checkedAs === undefined ? [name] : [name, checkedAs]
  if (account.isReadOnly && account.blocked === undefined) {
    if (name === 'appToken.startSession' || row?.permissions.includes('ALWAYS_ALLOWED_ACTIONS') === true) return false
    return names.some((called) => !reads.has(called))
  }
  if (!account.isReadOnly && !account.features.includes('FEATURE_LIMIT_ALLOWED_ACTIONS')) return false
  return (account.blocked ?? []).some((pattern) => {
    // Dots are meant as dots; all patterns here are ours, so that none can hang.
    const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i')
    return names.some((called) => expression.test(called))
  })
}

/** The names in the action's row, and those of the account's own that hold the action. */
function neededFor(row: TableRow | undefined, account: NaiveAccount): readonly string[] {
  // Ours: what belongs to internal accounts is to be had by nothing.
  if (row === undefined || row.permissions.length === 0) return []
  const own = account.ownPermissions.filter(({ actions }) =>
    actions.some((action) => action.toLowerCase() === row.name.toLowerCase()),
  )
  return [...row.permissions, ...own.map(({ name }) => name)]
}

function passesGate(gate: NonNullable<TableRow['gate']>, object: NaiveObject, session: NaiveSession): boolean {
  if (session.userId !== '' && object.owner === session.userId) return true
  if (session.userId !== '' && object.coEditors.includes(session.userId) && !gate.ownerOnly) return true
  return grants(session, gate.privilege, object.id)
}

function deny(code: string, needed: readonly string[] = []): NaiveDecision {
  return { effect: 'deny', code, needed }
}
