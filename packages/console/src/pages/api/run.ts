import { signal } from '@preact/signals'
import { draft, secretDraft } from '../../app/kept.ts'
import { call, type Made } from '../../connection/call.ts'
import { served } from '../../connection/connection.ts'
import { isObject, type JsonObject, textOf } from '../../connection/json.ts'
import { callSignedIn, isSignedIn } from '../../connection/sign-in.ts'

/** As whom a call is made. */
export type Caller = 'none' | 'widget' | 'workflow' | 'signed-in' | 'pasted'

export const CALLERS = [
  { id: 'none', title: 'no session' },
  { id: 'widget', title: 'a new widget session' },
  { id: 'workflow', title: 'the workflow’s session' },
  { id: 'signed-in', title: 'the signed-in session' },
  { id: 'pasted', title: 'a session that I paste' },
] as const satisfies readonly { readonly id: Caller; readonly title: string }[]

const chosen = draft('api.caller')
export const workflowSession = secretDraft('workflow.session')
export const pastedSession = secretDraft('api.session')
export const partner = draft('partner', String(served?.partnerId ?? ''))

/**
 * What was chosen; else the strongest that is at hand.
 *
 * @param isOpenToAll the action needs no session
 */
export function callerNow(isOpenToAll: boolean): Caller {
  const known = CALLERS.find(({ id }) => id === chosen.value)?.id
  if (known !== undefined) return known
  if (isSignedIn.value) return 'signed-in'
  if (workflowSession.value !== '') return 'workflow'
  return isOpenToAll || partner.value.trim() === '' ? 'none' : 'widget'
}

export function chooseCaller(caller: Caller): void {
  chosen.value = caller
}

/** Why a call cannot be made as this caller; undefined where it can. */
export function whatIsMissing(caller: Caller): string | undefined {
  if (caller === 'workflow' && workflowSession.value === '') return 'The workflow has no session yet'
  if (caller === 'signed-in' && !isSignedIn.value) return 'Sign in above first'
  if (caller === 'pasted' && pastedSession.value.trim() === '') return 'Paste a session string'
  if (caller === 'widget' && !/^\d+$/.test(partner.value.trim())) return 'Fill in the partner id, a whole number'
  return undefined
}

export interface Sent {
  readonly made: Made
  readonly caller: Caller
  /** Set where the widget session could not be had, so that the call itself was not made. */
  readonly isLogin?: boolean | undefined
}

const sent = signal<ReadonlyMap<string, Sent>>(new Map())
const running = signal<ReadonlyMap<string, AbortController>>(new Map())

/** The last answer of an action, by `service.action`; it outlives going to another page. */
export function sentOf(name: string): Sent | undefined {
  return sent.value.get(name)
}

export function isRunning(name: string): boolean {
  return running.value.has(name)
}

export function stop(name: string): void {
  running.value.get(name)?.abort()
}

export function forget(name: string): void {
  sent.value = new Map([...sent.value].filter(([other]) => other !== name))
}

export async function send(service: string, action: string, params: JsonObject, caller: Caller): Promise<void> {
  const name = `${service}.${action}`
  const abort = new AbortController()
  running.value = new Map([...running.value, [name, abort]])
  const answer = await sendAs({ service, action, params, caller, signal: abort.signal })
  running.value = new Map([...running.value].filter(([other]) => other !== name))
  sent.value = new Map([...sent.value, [name, answer]])
}

async function sendAs(wish: {
  readonly service: string
  readonly action: string
  readonly params: JsonObject
  readonly caller: Caller
  readonly signal: AbortSignal
}): Promise<Sent> {
  const { caller, ...request } = { ...wish, isPersons: true }
  if (caller === 'signed-in') return { made: await callSignedIn(request), caller }
  if (caller !== 'widget') return { made: await call({ ...request, ks: sessionOf(caller) }), caller }
  const login = await call({
    service: 'session',
    action: 'startWidgetSession',
    params: { widgetId: `_${partner.value.trim()}` },
    signal: wish.signal,
  })
  const { outcome } = login
  if (outcome.kind !== 'result' || !isObject(outcome.value)) return { made: login, caller, isLogin: true }
  return { made: await call({ ...request, ks: textOf(outcome.value.ks) }), caller }
}

function sessionOf(caller: 'none' | 'workflow' | 'pasted'): string | undefined {
  if (caller === 'none') return undefined
  return caller === 'workflow' ? workflowSession.value : pastedSession.value.trim()
}
