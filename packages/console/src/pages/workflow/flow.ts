import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { draft, secretDraft } from '../../app/kept.ts'
import { type CallRequest, call, type Made } from '../../connection/call.ts'
import { serverNow } from '../../connection/clock.ts'
import { served, serviceUrl } from '../../connection/connection.ts'
import type { JsonObject } from '../../connection/json.ts'
import { isObject, textOf } from '../../connection/json.ts'
import { looksSecret } from '../../connection/secrets.ts'
import { hashTypeOf, loginHash } from '../../parts/hash.ts'
import type { StepState } from '../../parts/step-state.ts'
import { firstParams, parseActionName, parseParams } from './params-text.ts'
import { parseSessionAnswer, parseSessionInfo } from './session-info.ts'

/** What the person typed or chose. */
export const typed = {
  partner: draft('partner', String(served?.partnerId ?? '')),
  widgetId: draft('workflow.widgetId'),
  tokenId: draft('workflow.tokenId'),
  tokenValue: secretDraft('workflow.tokenValue'),
  hashType: draft('workflow.hashType', 'SHA256'),
  // A hash is as good as the token for as long as its session lives.
  received: secretDraft('workflow.received'),
  userId: draft('workflow.userId'),
  type: draft('workflow.type'),
  expiry: draft('workflow.expiry'),
  privileges: draft('workflow.privileges'),
  action: draft('workflow.action', 'media.list'),
  params: draft('workflow.params', firstParams('media.list'), looksSecret),
} as const

/** What the steps produced. */
export const widgetSession = secretDraft('workflow.widgetSession')
const widgetUntil = draft('workflow.widgetUntil')
export const session = secretDraft('workflow.session')
const sessionAnswer = secretDraft('workflow.sessionAnswer')
/** What is known of the session; other pages may have put another one into its place. */
export const sessionInfo = computed(() => {
  const info = parseSessionAnswer(sessionAnswer.value)
  return info?.ks === session.value ? info : undefined
})

/** A step as it was last run, and with what. */
export interface Run {
  readonly made: Made
  /** Whatever it depended on; other inputs make it stale. */
  readonly inputs: string
}

const running = signal<ReadonlySet<StepName>>(new Set())
export type StepName = 'widget' | 'session' | 'call'
export const runs = {
  widget: signal<Run | undefined>(undefined),
  session: signal<Run | undefined>(undefined),
  call: signal<Run | undefined>(undefined),
} as const
const aborts = new Map<StepName, AbortController>()

const WIDGET_SECONDS = 86_400

export const effectiveWidgetId = computed(() => {
  const own = typed.widgetId.value.trim()
  const partner = typed.partner.value.trim()
  return own !== '' ? own : partner === '' ? '' : `_${partner}`
})

export const hashType = computed(() => hashTypeOf(typed.hashType.value))

export const tokenHash = computed(() =>
  widgetSession.value === '' || typed.tokenValue.value === ''
    ? ''
    : loginHash(hashType.value, widgetSession.value, typed.tokenValue.value),
)

/** Epoch seconds of the server; known where this page asked for it. */
export const widgetEndsAt = computed(() => (widgetUntil.value === '' ? undefined : Number(widgetUntil.value)))

export const hasWidgetEnded = computed(() => hasEnded(widgetEndsAt.value))
export const hasSessionEnded = computed(() => hasEnded(sessionInfo.value?.expiresAt))

const inputsOf = {
  widget: computed(() => JSON.stringify([serviceUrl.value, effectiveWidgetId.value])),
  session: computed(() => JSON.stringify([serviceUrl.value, startParams.value, widgetSession.value])),
  call: computed(() =>
    JSON.stringify([serviceUrl.value, session.value, typed.action.value.trim(), typed.params.value]),
  ),
} satisfies Record<StepName, ReadonlySignal<string>>

/** What is sent to startSession; what was left empty is left out. */
export const startParams: ReadonlySignal<JsonObject> = computed(() => ({
  id: typed.tokenId.value.trim(),
  tokenHash: tokenHash.value,
  ...(typed.userId.value.trim() !== '' && { userId: typed.userId.value.trim() }),
  ...(typed.type.value !== '' && { type: Number(typed.type.value) }),
  ...(/^\d+$/.test(typed.expiry.value.trim()) && { expiry: Number(typed.expiry.value.trim()) }),
  ...(typed.privileges.value.trim() !== '' && { sessionPrivileges: typed.privileges.value.trim() }),
}))

export const states = {
  widget: computed(() => stateOf('widget', widgetSession.value !== '', hasWidgetEnded.value)),
  hash: computed((): StepState => {
    if (tokenHash.value === '') return 'waiting'
    return states.widget.value === 'stale' ? 'stale' : 'done'
  }),
  session: computed(() => stateOf('session', session.value !== '', hasSessionEnded.value)),
  // A result that a new session has made old is still worth a look, but says so.
  call: computed((): StepState => stateOf('call', false, false)),
} as const

function hasEnded(at: number | undefined): boolean {
  return at !== undefined && at <= serverNow.value
}

function stateOf(step: StepName, isKept: boolean, isOver: boolean): StepState {
  if (running.value.has(step)) return 'running'
  const run = runs[step].value
  // After a reload what was produced may still be there, but not the call that produced it.
  if (run === undefined) return isKept ? (isOver ? 'stale' : 'done') : 'waiting'
  if (run.inputs !== inputsOf[step].value || isOver) return 'stale'
  return run.made.outcome.kind === 'result' ? 'done' : 'refused'
}

async function run(step: StepName, request: CallRequest): Promise<Made> {
  aborts.get(step)?.abort()
  const abort = new AbortController()
  aborts.set(step, abort)
  const inputs = inputsOf[step].value
  const at = serviceUrl.value
  running.value = new Set([...running.value, step])
  const made = await call({ ...request, signal: abort.signal })
  if (aborts.get(step) === abort) {
    aborts.delete(step)
    running.value = new Set([...running.value].filter((other) => other !== step))
    runs[step].value = { made, inputs }
  }
  // What another server gave would be shown to the one that is connected now.
  return at === serviceUrl.value ? made : { ...made, outcome: LEFT }
}

const LEFT = { kind: 'no-answer', why: 'stopped', text: 'Another service URL was chosen meanwhile.' } as const

effect(() => {
  void serviceUrl.value
  for (const abort of aborts.values()) abort.abort()
})

export function stop(step: StepName): void {
  aborts.get(step)?.abort()
}

/** Step 1. Anybody may have such a session; it can do next to nothing. */
export async function runWidget(): Promise<boolean> {
  const made = await run('widget', {
    service: 'session',
    action: 'startWidgetSession',
    params: { widgetId: effectiveWidgetId.value, expiry: WIDGET_SECONDS },
  })
  // What was there before belongs to other inputs than the refused ones; an answer that did not come says nothing of it.
  if (made.outcome.kind === 'refused') widgetSession.value = ''
  if (made.outcome.kind !== 'result' || !isObject(made.outcome.value)) return false
  widgetSession.value = textOf(made.outcome.value.ks)
  widgetUntil.value = String(serverNow.value + WIDGET_SECONDS)
  return widgetSession.value !== ''
}

/** Step 3. The exchange. */
export async function runSession(): Promise<boolean> {
  const made = await run('session', {
    service: 'appToken',
    action: 'startSession',
    ks: widgetSession.value,
    params: startParams.value,
  })
  if (made.outcome.kind === 'refused') {
    session.value = ''
    sessionAnswer.value = ''
  }
  const info = made.outcome.kind === 'result' ? parseSessionInfo(made.outcome.value) : undefined
  if (info === undefined) return false
  batch(() => {
    session.value = info.ks
    sessionAnswer.value = made.reply?.body ?? ''
  })
  return true
}

/** Step 4. Whatever the person wants. */
export async function runCall(): Promise<boolean> {
  const name = parseActionName(typed.action.value)
  const params = parseParams(typed.params.value)
  if (name === undefined || !params.ok) return false
  const made = await run('call', { ...name, params: params.params, ks: session.value, isPersons: true })
  return made.outcome.kind === 'result'
}

/** What a step still needs before it can run; undefined where it can. */
export const missing = {
  widget: computed(() => {
    if (serviceUrl.value === '') return 'Choose a service URL above first'
    return effectiveWidgetId.value === '' ? 'Fill in the partner id' : undefined
  }),
  session: computed(() => {
    if (widgetSession.value === '') return 'Step 1 comes first: start a widget session'
    if (typed.tokenId.value.trim() === '') return 'Fill in the token id in step 2'
    return typed.tokenValue.value === '' ? 'Fill in the token value in step 2' : undefined
  }),
  call: computed(() => {
    if (session.value === '') return 'Step 3 comes first: start a session'
    if (parseActionName(typed.action.value) === undefined) return 'Pick an action, such as media.list'
    const params = parseParams(typed.params.value)
    return params.ok ? undefined : params.why
  }),
} as const

export const whatIsMissingForAll = computed(() => {
  if (missing.widget.value !== undefined) return missing.widget.value
  if (typed.tokenId.value.trim() === '') return 'Fill in the token id in step 2'
  return typed.tokenValue.value === '' ? 'Fill in the token value in step 2' : undefined
})

/** From token to data. Stops at the first step that is refused. */
export async function runAll(): Promise<boolean> {
  return (await runWidget()) && (await runSession()) && (await runCall())
}

/** After a change of the account's: a new session, and the call again. */
export async function runAgain(): Promise<boolean> {
  if (states.widget.value !== 'done' && !(await runWidget())) return false
  return (await runSession()) && (await runCall())
}
