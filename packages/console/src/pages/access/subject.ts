import { type SessionKind, stockRoleByName } from '@latchkey/core'

/** Whose access is looked at. A session string is never part of it: it is looked up where it is kept. */
export type Subject =
  | { readonly kind: 'token'; readonly id: string }
  | { readonly kind: 'session'; readonly of: SessionPlace }
  | { readonly kind: 'role'; readonly id: number }
  | { readonly kind: 'stock'; readonly name: string }
  | { readonly kind: 'type'; readonly type: SessionKind }

/** Where a session string is to be found: the workflow's, the signed-in one, or one that was pasted here. */
export type SessionPlace = 'workflow' | 'signed-in' | 'pasted'

export const SESSION_PLACES: readonly SessionPlace[] = ['workflow', 'signed-in', 'pasted']
export const SESSION_TYPES: readonly SessionKind[] = ['none', 'widget', 'user', 'admin']

/** `token:0_abcd1234`, `session`, `session:pasted`, `role:12`, `stock:REPORT_VIEWER_ROLE`, `type:user`; undefined for anything else. */
export function parseSubject(text: string): Subject | undefined {
  const at = text.indexOf(':')
  const head = at < 0 ? text : text.slice(0, at)
  const rest = at < 0 ? '' : text.slice(at + 1).trim()
  switch (head) {
    case 'token':
      return /^\d{1,10}_[0-9a-z]{1,20}$/i.test(rest) ? { kind: 'token', id: rest } : undefined
    case 'session': {
      const place = rest === '' ? 'workflow' : SESSION_PLACES.find((known) => known === rest)
      return place === undefined ? undefined : { kind: 'session', of: place }
    }
    case 'role':
      return /^\d{1,15}$/.test(rest) ? { kind: 'role', id: Number(rest) } : undefined
    case 'stock':
      return stockRoleByName(rest) === undefined ? undefined : { kind: 'stock', name: rest }
    case 'type': {
      const type = SESSION_TYPES.find((known) => known === rest)
      return type === undefined ? undefined : { kind: 'type', type }
    }
    default:
      return undefined
  }
}

export function formatSubject(subject: Subject): string {
  switch (subject.kind) {
    case 'token':
      return `token:${subject.id}`
    case 'session':
      return subject.of === 'workflow' ? 'session' : `session:${subject.of}`
    case 'role':
      return `role:${subject.id}`
    case 'stock':
      return `stock:${subject.name}`
    case 'type':
      return `type:${subject.type}`
  }
}

/** What a person calls it: the sort of thing, a name, and an id where there is one. */
export interface SubjectTitle {
  readonly sort: string
  readonly name: string
  readonly id?: string | undefined
}

const PLACES: Readonly<Record<SessionPlace, string>> = {
  workflow: 'of the workflow',
  'signed-in': 'signed in here',
  pasted: 'pasted here',
}

export const TYPE_WORDS: Readonly<Record<SessionKind, string>> = {
  none: 'No session',
  widget: 'Widget session',
  user: 'USER session',
  admin: 'ADMIN session',
}

/** As far as it can be told without asking; what was read tells more. */
export function titleOf(subject: Subject): SubjectTitle {
  switch (subject.kind) {
    case 'token':
      return { sort: 'Token', name: '', id: subject.id }
    case 'session':
      return { sort: 'Session', name: PLACES[subject.of] }
    case 'role':
      return { sort: 'Role', name: '', id: String(subject.id) }
    case 'stock':
      return { sort: 'Stock role', name: subject.name }
    case 'type':
      return { sort: 'Any', name: TYPE_WORDS[subject.type] }
  }
}
