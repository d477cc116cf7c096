import { STOCK_ROLES } from '@latchkey/core'
import type { Account } from './account.ts'
import { parseSubject, SESSION_TYPES, type Subject, TYPE_WORDS } from './subject.ts'

export interface Choice {
  readonly key: string
  readonly name: string
  readonly detail: string
  readonly subject: Subject
}

export interface ChoiceGroup {
  readonly id: string
  readonly name: string
  readonly choices: readonly Choice[]
  /** How many were left out. */
  readonly more: number
}

export interface AtHand {
  readonly account: Account | undefined
  readonly isSignedIn: boolean
  readonly hasWorkflow: boolean
  readonly hasPasted: boolean
}

const MOST_SHOWN = 40

/** Everything that could be looked at and whose name or id holds what was typed; groups without any are left out. */
export function choicesFor(typed: string, at: AtHand): readonly ChoiceGroup[] {
  const text = typed.trim().toLowerCase()
  const groups: readonly [string, string, readonly Choice[]][] = [
    ['named', 'By its id', namedChoices(typed.trim(), at)],
    ['tokens', 'App tokens', tokenChoices(at.account)],
    ['sessions', 'Sessions', sessionChoices(at)],
    ['roles', 'Roles of the account', roleChoices(at.account)],
    ['types', 'What every session of a kind may', typeChoices()],
    ['stock', 'Roles that all accounts share', stockChoices()],
  ]
  return groups.flatMap(([id, name, all]) => {
    const found =
      id === 'named' ? all : all.filter((choice) => `${choice.name} ${choice.detail}`.toLowerCase().includes(text))
    if (found.length === 0) return []
    // The list of tokens was cut already where there are many.
    const unlisted = id === 'tokens' ? Math.max(0, (at.account?.tokenCount ?? 0) - all.length) : 0
    const more = Math.max(0, found.length - MOST_SHOWN) + unlisted
    return [{ id, name, choices: found.slice(0, MOST_SHOWN), more }]
  })
}

/** An id that is typed in full need not be in the list, which may have been cut. */
function namedChoices(typed: string, { account, isSignedIn }: AtHand): readonly Choice[] {
  const subject = parseSubject(`token:${typed}`)
  if (!isSignedIn || subject?.kind !== 'token' || account?.tokens.some(({ id }) => id === subject.id)) return []
  return [{ key: `token:${subject.id}`, name: 'App token', detail: subject.id, subject }]
}

function tokenChoices(account: Account | undefined): readonly Choice[] {
  return (account?.tokens ?? []).map(({ id, description, isPaused }) => ({
    key: `token:${id}`,
    name: `${description === '' ? 'Without a description' : description}${isPaused ? ' · paused' : ''}`,
    detail: id,
    subject: { kind: 'token', id },
  }))
}

function sessionChoices({ isSignedIn, hasWorkflow, hasPasted }: AtHand): readonly Choice[] {
  const choices: Choice[] = []
  const offer = (of: 'workflow' | 'pasted' | 'signed-in', name: string) =>
    choices.push({ key: `session:${of}`, name, detail: '', subject: { kind: 'session', of } })
  if (hasWorkflow) offer('workflow', 'The session of the workflow')
  if (hasPasted) offer('pasted', 'The session that was pasted')
  if (isSignedIn) offer('signed-in', 'The session signed in here')
  return choices
}

function roleChoices(account: Account | undefined): readonly Choice[] {
  return (account?.roles ?? [])
    .filter(({ isShared }) => !isShared)
    .map(({ id, name }) => ({ key: `role:${id}`, name, detail: String(id), subject: { kind: 'role', id } }))
}

function typeChoices(): readonly Choice[] {
  return SESSION_TYPES.map((type) => ({
    key: `type:${type}`,
    name: TYPE_WORDS[type],
    detail: type === 'none' ? 'calls that anybody can make' : '',
    subject: { kind: 'type', type },
  }))
}

function stockChoices(): readonly Choice[] {
  return STOCK_ROLES.map(({ systemName }) => ({
    key: `stock:${systemName}`,
    name: systemName,
    detail: '',
    subject: { kind: 'stock', name: systemName },
  }))
}
