import { accessOfKind, type LocalAccess, type SubjectRole, stockRole, stockRoleByName } from '@latchkey/core'
import { secretDraft } from '../../app/kept.ts'
import { call, type Made } from '../../connection/call.ts'
import { serverNow } from '../../connection/clock.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, type JsonObject, numberOf, objectsOf, textOf } from '../../connection/json.ts'
import { callSignedIn, isSignedIn, signedIn } from '../../connection/sign-in.ts'
import type { Account } from './account.ts'
import type { Cell, Cells } from './catalogue-grid.ts'
import { type CellReason, reasonsIn } from './cell-reason.ts'
import { cellsOf, localReason } from './local-access.ts'
import { type Subject, type SubjectTitle, titleOf } from './subject.ts'
import { groundOf, localSession, localToken, roleOf, unknownIn, WITHOUT_EXTRAS } from './without-extras.ts'

/** All that the page knows of one whose access it shows. */
export interface Reading {
  readonly title: SubjectTitle
  readonly cells: Cells
  /** What is assumed, or not known; what is wrong with the subject as a whole. */
  readonly notes: readonly ReadingNote[]
  /** Why one cell is so. */
  readonly why: (name: string, signal?: AbortSignal) => Promise<CellReason | Made>
  /** Whether a fix can be applied to it: what is shared by all accounts cannot be changed. */
  readonly isChangeable: boolean
  /** Of an app token that a Latchkey knows. */
  readonly tokenId?: string | undefined
}

export interface ReadingNote {
  readonly tone: 'warn' | 'plain'
  readonly strong: string
  readonly text: string
}

/** Asked for only where it is needed: it takes several calls. */
export type AccountOf = () => Promise<Account | undefined>

export type ReadingState =
  | { readonly kind: 'loading' }
  /** Signing in would show it. */
  | { readonly kind: 'needs-sign-in' }
  /** There is no session string at that place. */
  | { readonly kind: 'needs-session' }
  /** A part of the page that it takes did not come. */
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'trouble'; readonly made: Made }
  | { readonly kind: 'ready'; readonly reading: Reading }

export const workflowSession = secretDraft('workflow.session')
export const pastedSession = secretDraft('access.session')

/** The session string of a place; undefined where there is none. */
export function sessionText(of: 'workflow' | 'signed-in' | 'pasted'): string | undefined {
  const text =
    of === 'workflow'
      ? workflowSession.value
      : of === 'pasted'
        ? pastedSession.value
        : isSignedIn.value
          ? (signedIn.value?.ks ?? '')
          : ''
  return text.trim() === '' ? undefined : text.trim()
}

/** What needs no server: stock roles, and what each type of session holds by default. */
export function localReading(subject: Subject): Reading | undefined {
  if (subject.kind === 'type') {
    return fromLocal(titleOf(subject), accessOfKind(subject.type), [EVERY_PLUGIN])
  }
  if (subject.kind !== 'stock') return undefined
  const stock = stockRoleByName(subject.name)
  if (stock === undefined) return undefined
  const role: SubjectRole = { id: stock.id, name: stock.name, permissionNames: stock.permissionNames, isShared: true }
  return fromLocal(titleOf(subject), accessOfKind('user', role), [EVERY_PLUGIN])
}

const EVERY_PLUGIN: ReadingNote = {
  tone: 'plain',
  strong: 'Worked out here,',
  text: 'by permissions alone, as if every plugin and feature were switched on for the account.',
}

function fromLocal(
  title: SubjectTitle,
  access: LocalAccess,
  notes: readonly ReadingNote[],
  isChangeable = false,
): Reading {
  return {
    title,
    cells: cellsOf(access),
    notes,
    isChangeable,
    why: async (name) => localReason(name, access) ?? noSuchAction(name),
  }
}

function noSuchAction(name: string): CellReason {
  const text = 'the catalogue of this page does not have it'
  return { action: name, cell: 'never', text, needed: [], held: [], verdict: 'not-permission', advice: text, fixes: [] }
}

/** Reads it from the server, and computes what the server does not tell. Never rejects. */
export async function readSubject(subject: Subject, account: AccountOf, signal: AbortSignal): Promise<ReadingState> {
  const local = localReading(subject)
  if (local !== undefined) return { kind: 'ready', reading: local }
  switch (subject.kind) {
    case 'session': {
      const ks = sessionText(subject.of)
      if (ks === undefined) return { kind: subject.of === 'signed-in' ? 'needs-sign-in' : 'needs-session' }
      return readSession(titleOf(subject), ks, account, signal)
    }
    case 'token':
      return isSignedIn.value ? readToken(subject.id, account, signal) : { kind: 'needs-sign-in' }
    case 'role':
      return isSignedIn.value ? readRole(subject.id, account, signal) : { kind: 'needs-sign-in' }
    default:
      return { kind: 'needs-session' }
  }
}

interface Asked {
  readonly title: SubjectTitle
  readonly params: JsonObject
  /** Absent: with the signed-in session. */
  readonly ks?: string | undefined
  readonly notes: readonly ReadingNote[]
  readonly isChangeable: boolean
  readonly tokenId?: string | undefined
}

/** By a server that has our extras; undefined where it turns out that it has none. */
async function readByServer(asked: Asked, signal: AbortSignal): Promise<ReadingState | undefined> {
  if (isLatchkey.value === false) return undefined
  const ask = (action: string, params: JsonObject, askSignal: AbortSignal | undefined) => {
    const request = { service: 'latchkey_access', action, params, signal: askSignal }
    return asked.ks === undefined ? callSignedIn(request) : call({ ...request, ks: asked.ks })
  }
  const made = await ask('matrix', asked.params, signal)
  // Each answer tells whether it is one of ours; one that is not does not know the question.
  if (isLatchkey.peek() !== true && made.outcome.kind !== 'no-answer') return undefined
  const cells = made.outcome.kind === 'result' ? cellsIn(made.outcome.value) : undefined
  if (cells === undefined) return { kind: 'trouble', made }
  const { title, notes, isChangeable, tokenId } = asked
  const why: Reading['why'] = async (name, whySignal) => {
    const answer = await ask('explain', { ...asked.params, actions: name }, whySignal)
    const reason =
      answer.outcome.kind === 'result' ? reasonsIn(answer.outcome.value, cells.get(name) ?? 'never') : undefined
    return reason ?? answer
  }
  return { kind: 'ready', reading: { title, cells, notes, why, isChangeable, tokenId } }
}

const CELLS: readonly Cell[] = ['allow', 'own', 'deny', 'never']

/** Of an answer of `latchkey_access.matrix`. */
export function cellsIn(value: unknown): Cells | undefined {
  if (!isObject(value) || !Array.isArray(value.rows)) return undefined
  const cells = new Map<string, Cell>()
  for (const { service, cells: row } of objectsOf(value.rows)) {
    if (!isObject(row)) continue
    for (const [action, word] of Object.entries(row)) {
      const cell = CELLS.find((known) => known === word)
      if (cell !== undefined) cells.set(`${textOf(service)}.${action}`, cell)
    }
  }
  return cells
}

async function readToken(id: string, account: AccountOf, signal: AbortSignal): Promise<ReadingState> {
  const got = callSignedIn({ service: 'appToken', action: 'get', params: { id }, signal })
  const asked = { params: { tokenId: id }, isChangeable: true, tokenId: id } as const
  // At the same time: the name is not worth a wait of its own.
  const [made, byServer] = await Promise.all([
    got,
    readByServer({ ...asked, title: titleOf({ kind: 'token', id }), notes: [] }, signal),
  ])
  if (made.outcome.kind !== 'result' || !isObject(made.outcome.value)) {
    return byServer?.kind === 'ready' ? byServer : { kind: 'trouble', made }
  }
  const token = made.outcome.value
  const title: SubjectTitle = { sort: 'Token', name: textOf(token.description), id }
  const notes = notesOfToken(token)
  if (byServer !== undefined) {
    return byServer.kind === 'ready'
      ? { kind: 'ready', reading: { ...byServer.reading, title, notes: [...byServer.reading.notes, ...notes] } }
      : byServer
  }
  const known = await account()
  const local = await localToken(token, known, signal)
  return {
    kind: 'ready',
    reading: fromLocal(title, local, [...notes, WITHOUT_EXTRAS, ...unknownIn(known)], true),
  }
}

function notesOfToken(token: Readonly<Record<string, unknown>>): readonly ReadingNote[] {
  const expiry = numberOf(token.expiry)
  if (numberOf(token.status) === 1) {
    return [{ tone: 'warn', strong: 'This token is paused.', text: 'Until it is resumed, every call is refused.' }]
  }
  if (expiry !== undefined && expiry > 0 && expiry <= serverNow.peek()) {
    return [{ tone: 'warn', strong: 'This token has expired.', text: 'It starts no session any more.' }]
  }
  return []
}

async function readRole(id: number, account: AccountOf, signal: AbortSignal): Promise<ReadingState> {
  const known = await account()
  const found = await roleOf(id, known, signal)
  if (!('permissionNames' in found)) return { kind: 'trouble', made: found }
  const title: SubjectTitle = { sort: 'Role', name: found.name, id: String(id) }
  const isChangeable = !found.isShared && stockRole(id) === undefined
  const params = { roleId: id }
  const byServer = await readByServer({ title, params, notes: unknownIn(known), isChangeable }, signal)
  if (byServer !== undefined) return byServer
  const local = accessOfKind('user', found, groundOf(known))
  return { kind: 'ready', reading: fromLocal(title, local, [WITHOUT_EXTRAS, ...unknownIn(known)], isChangeable) }
}

/** About itself any session may ask; only what its account made for itself takes signing in. */
async function readSession(
  title: SubjectTitle,
  ks: string,
  account: AccountOf,
  signal: AbortSignal,
): Promise<ReadingState> {
  const byServer = await readByServer({ title, params: {}, ks, notes: [], isChangeable: true }, signal)
  if (byServer !== undefined) return byServer
  const known = isSignedIn.value ? await account() : undefined
  const local = await localSession(ks, known, signal)
  if (local === 'not-loaded') return { kind: 'not-loaded' }
  if (!('access' in local)) return { kind: 'trouble', made: local }
  return { kind: 'ready', reading: fromLocal(title, local.access, [local.note, ...unknownIn(known)]) }
}
