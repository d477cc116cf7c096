import { type CatalogueAction, effectOf } from '@latchkey/core'
import { findActionSpec } from '@latchkey/wire'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { linkTo } from '../../app/router.ts'
import { serviceUrl } from '../../connection/connection.ts'
import { Button, Select, TextArea, TextField } from '../../parts/controls.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Exchange } from '../../parts/exchange.tsx'
import { Card, Disclosure, Note } from '../../parts/layout.tsx'
import { LocalExplanation } from '../../parts/local-explanation.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { ResultView } from '../workflow/result-view.tsx'
import { Fields, typedAt } from './field-view.tsx'
import { fieldsOf } from './fields.ts'
import { previewText } from './preview.ts'
import {
  CALLERS,
  type Caller,
  callerNow,
  chooseCaller,
  isRunning,
  partner,
  pastedSession,
  type Sent,
  send,
  sentOf,
  stop,
  whatIsMissing,
} from './run.ts'
import { whoMayCall } from './standing.ts'
import { buildParams } from './values.ts'

/** Logging in changes nothing of the account's. */
const LOGIN = new Set(['session.startwidgetsession', 'session.start', 'apptoken.startsession'])
const NO_PROBLEMS: ReadonlyMap<string, string> = new Map()

/** The parameters of an action as a form, which makes the call. */
export function TryForm({ action }: { readonly action: CatalogueAction }) {
  const name = `${action.service}.${action.action}`
  const spec = findActionSpec(action.service, action.action)
  const fields = useMemo(() => (spec === undefined ? [] : fieldsOf(spec)), [spec])
  const raw = typedAt(name, 'raw')
  const isChecked = useSignal(false)
  const isAsking = useSignal(false)
  const caller = callerNow(whoMayCall(action).kinds[0]?.standing === 'open')
  const missing = serviceUrl.value === '' ? 'Choose a service URL above first' : whatIsMissing(caller)
  const built = buildParams(fields, (path) => typedAt(name, path).value, raw.value)
  const problems = isChecked.value ? built.problems : NO_PROBLEMS
  const effect = effectOf(action)
  const hasEffect = effect !== 'read' && !LOGIN.has(name.toLowerCase())
  const running = isRunning(name)
  const sent = sentOf(name)
  // What still runs is of no use to who has left.
  useEffect(() => () => stop(name), [name])
  const makeCall = () => {
    isAsking.value = false
    void send(action.service, action.action, built.params, caller)
  }
  const ask = () => {
    isChecked.value = true
    if (built.problems.size > 0) {
      queueMicrotask(() => document.querySelector<HTMLElement>('.api [aria-invalid="true"]')?.focus())
      return
    }
    if (hasEffect) isAsking.value = true
    else makeCall()
  }
  return (
    <>
      <Card title="Try it" summary={spec === undefined ? 'its parameters are not described here' : undefined}>
        <div class="stack">
          <CallerChoice caller={caller} />
          {fields.length > 0 && <Fields action={name} fields={fields} problems={problems} />}
          {spec !== undefined && fields.length === 0 && <p class="muted">It takes no parameters.</p>}
          {spec === undefined ? (
            <RawParams value={raw} wrong={problems.get('raw')} rows={5} />
          ) : (
            <Disclosure summary="More parameters, as JSON" open={raw.value !== ''}>
              <RawParams value={raw} wrong={problems.get('raw')} rows={3} />
            </Disclosure>
          )}
          <div class="row">
            <Button kind={effect === 'delete' ? 'danger' : 'primary'} busy={running} blocked={missing} onClick={ask}>
              {hasEffect ? `Call ${name}…` : `Call ${name}`}
            </Button>
            {running && (
              <Button kind="link" onClick={() => stop(name)}>
                Stop
              </Button>
            )}
            {missing !== undefined && <Missing caller={caller} text={missing} />}
            {problems.size > 0 && (
              <span class="api-wrong small" role="alert">
                Not sent: {[...problems.values()][0]}.
              </span>
            )}
          </div>
          <Disclosure summary="The request as it will be sent">
            <Preview
              text={previewText({
                serviceUrl: serviceUrl.value,
                service: action.service,
                action: action.action,
                params: built.params,
                caller,
              })}
            />
          </Disclosure>
        </div>
      </Card>
      {sent !== undefined && <Answer action={action} sent={sent} />}
      {isAsking.value && (
        <Dialog
          title={effect === 'delete' ? 'This deletes' : 'This changes something'}
          onClose={() => (isAsking.value = false)}
          foot={
            <>
              <Button onClick={() => (isAsking.value = false)}>Cancel</Button>
              <Button kind={effect === 'delete' ? 'danger' : 'primary'} onClick={makeCall}>
                Call {name}
              </Button>
            </>
          }
        >
          <div class="stack-tight">
            <p>
              <span class="mono">{name}</span> will be called {titleOf(caller)} at{' '}
              <span class="mono">{serviceUrl.value}</span>.{' '}
              {effect === 'delete' ? 'What it deletes does not come back.' : 'Nothing here takes it back.'}
            </p>
            <Preview
              text={previewText({
                serviceUrl: serviceUrl.value,
                service: action.service,
                action: action.action,
                params: built.params,
                caller,
              })}
            />
          </div>
        </Dialog>
      )}
    </>
  )
}

function Preview({ text }: { readonly text: string }) {
  return (
    <div class="stack-tight">
      <pre class="well" tabIndex={0} aria-label="Request as it will be sent">
        {text}
      </pre>
      <div class="row">
        <Copy text={text} what="the request, secrets masked" />
      </div>
    </div>
  )
}

function RawParams(props: {
  readonly value: ReturnType<typeof typedAt>
  readonly wrong: string | undefined
  readonly rows: number
}) {
  return (
    <TextArea
      label="Parameters, as JSON"
      mono
      placeholder='{ "entryId": "0_abc" }'
      hint="What stands here goes before the fields."
      {...props}
    />
  )
}

function CallerChoice({ caller }: { readonly caller: Caller }) {
  return (
    <div class="fields">
      <Select label="Call it with" value={caller} choices={CALLERS} onChange={chooseCaller} />
      {caller === 'widget' && <TextField label="Partner id" value={partner} inputMode="numeric" />}
      {caller === 'pasted' && (
        <TextField label="Session string" value={pastedSession} type="password" mono placeholder="djJ8…" />
      )}
    </div>
  )
}

function titleOf(caller: Caller): string {
  if (caller === 'none') return 'without a session'
  return caller === 'pasted' ? 'with the pasted session' : `with ${CALLERS.find(({ id }) => id === caller)?.title}`
}

function Missing({ caller, text }: { readonly caller: Caller; readonly text: string }) {
  return (
    <span class="small muted">
      {text}
      {caller === 'workflow' ? (
        <>
          : <a href={linkTo('')}>get one there</a>.
        </>
      ) : (
        '.'
      )}
    </span>
  )
}

function Answer({ action, sent }: { readonly action: CatalogueAction; readonly sent: Sent }) {
  const { made, caller, isLogin } = sent
  const { outcome } = made
  const [service, name] = isLogin === true ? ['session', 'startWidgetSession'] : [action.service, action.action]
  const subject = SUBJECTS[caller]
  const state = outcome.kind === 'result' ? 'done' : outcome.kind === 'refused' ? 'refused' : undefined
  return (
    <Card title="Answer" state={state} summary={`${titleOf(caller)} · ${made.tookMs} ms`}>
      <div class="stack-tight" aria-live="polite">
        {isLogin === true && (
          <Note tone="warn">
            <strong>Not called.</strong> The widget session for it could not be had:
          </Note>
        )}
        {outcome.kind === 'result' && <ResultView value={outcome.value} />}
        {outcome.kind !== 'result' && (
          <Trouble service={service} action={name} outcome={outcome}>
            {outcome.kind === 'refused' && outcome.refusal.told === undefined && (
              <LocalExplanation service={service} action={name} refusal={outcome.refusal} />
            )}
            {outcome.kind === 'refused' && isLogin !== true && subject !== undefined && (
              <p class="small">
                <a href={linkTo('access', [], { subject, cell: `${service}.${name}` })}>
                  What it would take, and all else that this caller can and cannot call
                </a>
              </p>
            )}
          </Trouble>
        )}
        <Disclosure summary="Request & response">
          <Exchange made={made} />
        </Disclosure>
      </div>
    </Card>
  )
}

/** As the page of access names them; a pasted session stays here. */
const SUBJECTS: Readonly<Record<Caller, string | undefined>> = {
  none: 'type:none',
  widget: 'type:widget',
  workflow: 'session',
  'signed-in': 'session:signed-in',
  pasted: undefined,
}
