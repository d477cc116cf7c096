import {
  type CatalogueAction,
  type CauseId,
  type EpochSeconds,
  type Finding,
  finding,
  type Primitives,
  type Severity,
} from '@latchkey/core'
import { textAt } from './read/fields.ts'
import { isMasked, isVariable } from './read/masked.ts'
import type { Recognised, SeenRequest, SeenResponse, SeenToken } from './seen.ts'
import { lookAtSession, type SessionLook } from './session-text.ts'

/** All that a check of a paste may look at. */
export interface PasteFacts extends Recognised {
  readonly primitives: Primitives
  /** Told by whoever asks: it goes before what the paste says of itself. */
  readonly now?: EpochSeconds | undefined
  /** Of this machine, where it is known. */
  readonly clock?: EpochSeconds | undefined
  readonly wanted: readonly CatalogueAction[]
}

/** A pure function of what was pasted. */
export type PasteCheck = (facts: PasteFacts) => readonly Finding[]

/** A finding that says where, if there is more than one place to look at. */
export function found(facts: PasteFacts, where: string, cause: CauseId, severity: Severity, saw: string): Finding {
  return finding(cause, severity, isOneThing(facts) ? saw : `${where}: ${saw}`)
}

function isOneThing({ tokens, requests, responses, sessions, hashes, settings }: Recognised): boolean {
  return [tokens, requests, responses, sessions, hashes, settings].reduce((sum, list) => sum + list.length, 0) === 1
}

export function nameOfCall({ service, action }: SeenRequest): string {
  return `${service ?? ''}.${action ?? ''}`.toLowerCase()
}

export function isLogin(request: SeenRequest): boolean {
  return nameOfCall(request) === 'apptoken.startsession'
}

/** The session string of a call, where one was sent and not taken out. */
export function sessionOf({ params }: SeenRequest): string | undefined {
  const ks = textAt(params, 'ks')
  return ks === undefined || ks === '' || isMasked(ks) || isVariable(ks) ? undefined : ks
}

export function lookAtSessionOf(facts: PasteFacts, request: SeenRequest): SessionLook | undefined {
  const text = sessionOf(request)
  return text === undefined ? undefined : lookAtSession(facts.primitives, text)
}

/** All answers, whether a call goes with them or not. */
export function answersOf({ requests, responses }: Recognised): readonly SeenResponse[] {
  return [...requests.flatMap(({ response }) => response ?? []), ...responses]
}

/** A session that came back, and from which call. */
export interface AnsweredSession {
  readonly text: string
  readonly from: 'widget' | 'login' | 'secret' | 'unknown'
  readonly host?: string | undefined
  readonly response: SeenResponse
  readonly request?: SeenRequest | undefined
}

export function answeredSessions({ requests, responses }: Recognised): readonly AnsweredSession[] {
  const of = (response: SeenResponse, request: SeenRequest | undefined): readonly AnsweredSession[] => {
    const text = response.fields === undefined ? secretLogin(response, request) : textAt(response.fields, 'ks')
    if (text === undefined || isMasked(text)) return []
    return [{ text, from: originOf(response, request), host: request?.host, response, request }]
  }
  return [
    ...requests.flatMap((request) => (request.response === undefined ? [] : of(request.response, request))),
    ...responses.flatMap((response) => of(response, undefined)),
  ]
}

/** session.start answers with the string alone. */
function secretLogin({ text }: SeenResponse, request: SeenRequest | undefined): string | undefined {
  return request !== undefined && nameOfCall(request) === 'session.start' ? text : undefined
}

function originOf({ fields }: SeenResponse, request: SeenRequest | undefined): AnsweredSession['from'] {
  const name = request === undefined ? '' : nameOfCall(request)
  if (name === 'session.start' || name === 'session.impersonate') return 'secret'
  const type = fields === undefined ? undefined : textAt(fields, 'objectType')
  if (name === 'session.startwidgetsession' || type === 'KalturaStartWidgetSessionResponse') return 'widget'
  if (name === 'apptoken.startsession' || type === 'KalturaSessionInfo' || fields?.has('sessionType')) return 'login'
  return 'unknown'
}

/** The token that a login is about, where it was pasted too: by its id, or the only one there is. */
export function tokenOf({ tokens }: Recognised, request: SeenRequest): SeenToken | undefined {
  const stored = tokens.filter(({ isStored }) => isStored)
  const id = textAt(request.params, 'id')
  const byId = stored.find((token) => token.id !== undefined && token.id === id)
  if (byId !== undefined) return byId
  const [only] = stored
  return stored.length === 1 && (only?.id === undefined || id === undefined || isMasked(id)) ? only : undefined
}
