import { stockRole } from '@latchkey/core'
import { type Explanation, explanationsIn } from '@latchkey/wire/answer'
import { isObject, textOf } from '../../connection/json.ts'
import type { ToldFix } from '../../connection/outcome.ts'
import { listOf } from '../../parts/words.ts'
import type { Cell } from './catalogue-grid.ts'

/** Why one cell of the grid is as it is, and what it would take. */
export interface CellReason extends Omit<Explanation, 'effect'> {
  readonly cell: Cell
}

/** Of an answer of `latchkey_access.explain`. */
export function reasonsIn(value: unknown, cell: Cell): CellReason | undefined {
  const [first] = explanationsIn(value) ?? []
  return first && { ...first, cell }
}

/** One sentence, in three parts so that the name in the middle can be set apart. */
export interface Sentence {
  readonly before: string
  readonly name?: string | undefined
  readonly after: string
}

/** @param roleNames of the account's roles, by id */
export function reasonInWords(reason: CellReason, roleNames: ReadonlyMap<number, string>): Sentence {
  if (reason.cell === 'allow' || reason.cell === 'own') return openInWords(reason, roleNames)
  if (reason.reason !== 'permission-missing') return { before: sentence(reason.text || reason.advice), after: '' }
  if (reason.verdict === 'feature' || reason.verdict === 'privilege' || reason.verdict === 'session-kind') {
    return { before: sentence(reason.advice), after: '' }
  }
  const from = sourceOf(reason)
  const name = from === undefined ? undefined : roleNameOf(from, roleNames)
  if (name !== undefined) return { before: 'The role ', name, after: ' has no permission that opens it.' }
  if (from === 'user') return { before: "The user's roles have no permission that opens it.", after: '' }
  if (reason.verdict === 'session-type') {
    return { before: 'USER sessions are not let into it, unless a role lets them.', after: '' }
  }
  return from === undefined
    ? { before: 'Nothing is held but what is open to everybody, and this is not.', after: '' }
    : { before: 'What is held by the type of the session does not open it.', after: '' }
}

function openInWords({ cell, openedBy, held }: CellReason, roleNames: ReadonlyMap<number, string>): Sentence {
  const own = cell === 'own' ? ' For entries that the session’s user owns or may edit.' : ''
  if (openedBy === 'public') return { before: 'Open to everybody, also without a session.', after: own }
  if (openedBy === 'session') return { before: 'Open to every session; no permission is needed.', after: own }
  const from = held.find(({ permission }) => permission === openedBy)?.from
  if (from === 'always') return { before: 'Open to every session.', after: own }
  const role = from === undefined ? undefined : roleNameOf(from, roleNames)
  if (role !== undefined) return { before: 'Open by ', name: openedBy, after: ` of the role ${role}.${own}` }
  if (from === 'user') return { before: 'Open by ', name: openedBy, after: ` of the user’s role.${own}` }
  return { before: 'Open by ', name: openedBy, after: `, which sessions of this type hold.${own}` }
}

/** Where the permissions come from that are not everybody's. */
export function sourceOf({ held }: Pick<CellReason, 'held'>): string | undefined {
  return held.find(({ from }) => from !== 'always')?.from
}

export function roleNameOf(from: string, roleNames: ReadonlyMap<number, string>): string | undefined {
  const id = /^role:(\d+)$/.exec(from)?.[1]
  if (id === undefined) return undefined
  return roleNames.get(Number(id)) ?? stockRole(Number(id))?.name ?? `number ${id}`
}

/** `user.list is refused`. */
export function headline({ action, cell }: Pick<CellReason, 'action' | 'cell'>): { name: string; rest: string } {
  const rest = {
    allow: ' is allowed',
    own: ' is allowed for own entries',
    deny: ' is refused',
    never: ' is never open',
  }[cell]
  return { name: action, rest }
}

/** A way to open it, in few words: what is given, and what that opens. */
export interface WayInWords {
  readonly sort: string
  readonly text: string
  /** Of actions, the wanted one among them. */
  readonly opens: number
  readonly button: string
}

export function wayInWords(fix: ToldFix, action: string): WayInWords {
  const opens = fix.opens + 1
  const place = placeOf(fix)
  const granted = /^grant-(.+)$/.exec(fix.id)?.[1]
  if (fix.id === 'grant-this-action-only') {
    return { sort: 'just this', text: 'own permission with one item', opens, button: `Add just this action ${place}` }
  }
  if (granted !== undefined) {
    return { sort: 'permission', text: granted, opens, button: `Give ${granted} ${place}` }
  }
  return { sort: 'change', text: fix.title, opens, button: action === '' ? 'Change' : `Change it, to open ${action}` }
}

/** Where what is given goes: the last call tells. */
function placeOf({ change }: ToldFix): string {
  const services = change.map(({ service, action }) => `${service}.${action}`)
  if (services.includes('userRole.update')) return 'to the role'
  if (services.includes('user.update')) return 'to the user, by a new role'
  return services.includes('appToken.update') ? 'to the token, by a new role' : 'by a new role'
}

function sentence(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`
}

/**
 * What a call changes, in a sentence: for the review before it is made.
 *
 * @param held what a role has already, so that only what is new is named
 */
export function callInWords(call: ToldFix['change'][number], held?: readonly string[]): string {
  const params = call.params
  const named = (key: string) => (isObject(params[key]) ? params[key] : {})
  switch (`${call.service}.${call.action}`) {
    case 'permission.add': {
      const { name, permissionItemsIds } = named('permission')
      const count = textOf(permissionItemsIds).split(',').filter(Boolean).length
      return `Makes the permission ${textOf(name)} of the account’s own, which opens ${count === 1 ? 'one action' : `${count} actions`}.`
    }
    case 'userRole.add':
      return `Makes the role “${textOf(named('userRole').name)}” with ${permissionsIn(named('userRole').permissionNames)}.`
    case 'userRole.update':
      return roleUpdateInWords(textOf(params.userRoleId), textOf(named('userRole').permissionNames), held)
    case 'appToken.update':
      return `Sets the privileges of token ${textOf(params.id)} to ${textOf(named('appToken').sessionPrivileges) || 'nothing'}.`
    case 'appToken.add':
      return `Makes an app token, “${textOf(named('appToken').description)}”.`
    case 'user.update':
      return `Gives the user ${textOf(params.userId)} that role beside those there are.`
    default:
      return `Calls ${call.service}.${call.action}.`
  }
}

function roleUpdateInWords(id: string, permissionNames: string, held: readonly string[] | undefined): string {
  const names = namesOf(permissionNames)
  const added = held === undefined ? [] : names.filter((name) => !held.includes(name))
  if (added.length > 0) {
    return `Adds ${listOf(added, 'and')} to role ${id}, beside what it has. Whatever uses that role gets it.`
  }
  return `Sets the permissions of role ${id} to ${permissionsIn(permissionNames)}. Whatever uses that role has these then.`
}

const SHOWN = 4

function permissionsIn(value: unknown): string {
  const names = namesOf(textOf(value))
  if (names.length === 0) return 'no permission'
  if (names.length <= SHOWN) return listOf(names, 'and')
  return `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`
}

function namesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
