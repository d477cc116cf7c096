import { openDialog } from '../../app/open-dialog.ts'
import { serviceUrl } from '../../connection/connection.ts'
import { isSignedIn, signedIn } from '../../connection/sign-in.ts'
import { Button, TextField } from '../../parts/controls.tsx'
import { Countdown } from '../../parts/countdown.tsx'
import { Disclosure, KeyValue, Pair, Step } from '../../parts/layout.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { Secret } from '../../parts/secret.tsx'
import {
  effectiveWidgetId,
  hasWidgetEnded,
  missing,
  runs,
  runWidget,
  states,
  typed,
  widgetEndsAt,
  widgetSession,
} from './flow.ts'
import { SnippetFoot } from './snippet-foot.tsx'
import { RunRow, StepActions, StepExchange, useExchangeShown } from './step-parts.tsx'

/** A session that anybody may have, to be hashed with the token's value. */
export function WidgetStep() {
  const isExchangeShown = useExchangeShown()
  const state = states.widget.value
  const run = runs.widget.value
  const isKept = widgetSession.value !== ''
  const { outcome } = run?.made ?? {}
  if (typed.partner.value === '' && isSignedIn.value) typed.partner.value = String(signedIn.value?.partnerId ?? '')
  return (
    <Step
      number={1}
      title="Widget session"
      state={state}
      summary={summary(state, isKept)}
      actions={
        <StepActions
          step="widget"
          isRunning={state === 'running'}
          blocked={missing.widget.value}
          onRun={runWidget}
          isExchangeShown={isExchangeShown}
        />
      }
      foot={<SnippetFoot step="widget" />}
    >
      <div class="stack-tight">
        {isKept && (
          <KeyValue>
            <Pair name="widgetId">
              <span class="mono">{effectiveWidgetId.value}</span>
            </Pair>
            <Pair name="ks">
              <Secret text={widgetSession.value} name="widget session" tone="session" />
            </Pair>
          </KeyValue>
        )}
        {outcome !== undefined && outcome.kind !== 'result' && (
          <Trouble service="session" action="startWidgetSession" outcome={outcome} />
        )}
        {isKept ? (
          <Disclosure summary="Another partner or widget">
            <Inputs />
          </Disclosure>
        ) : (
          <>
            <p class="muted">Anybody may have this session. It can do next to nothing, but the hash is made with it.</p>
            <Inputs />
          </>
        )}
        {serviceUrl.value === '' && (
          <div class="row">
            <Button kind="primary" onClick={() => (openDialog.value = 'service')}>
              Choose the service URL
            </Button>
            <span class="small muted">This copy of the page knows no server yet.</span>
          </div>
        )}
        {serviceUrl.value !== '' &&
          (!isKept || state === 'stale' || (outcome !== undefined && outcome.kind !== 'result')) && (
            <RunRow isRunning={state === 'running'} blocked={missing.widget.value} onRun={runWidget}>
              Start a widget session
            </RunRow>
          )}
        <StepExchange step="widget" isShown={isExchangeShown.value} />
      </div>
    </Step>
  )
}

function summary(state: string, isKept: boolean) {
  if (!isKept) return undefined
  if (state === 'stale') return hasWidgetEnded.value ? 'has ended: start a new one' : 'out of date: run it again'
  return widgetEndsAt.value === undefined ? 'kept from before' : <Countdown until={widgetEndsAt.value} />
}

function Inputs() {
  return (
    <div class="fields">
      <TextField
        label="Partner id"
        value={typed.partner}
        inputMode="numeric"
        placeholder="4242"
        onEnter={runWidget}
        wrong={/^\d*$/.test(typed.partner.value.trim()) ? undefined : 'A partner id is a whole number, such as 4242'}
      />
      <TextField
        label="Widget id (as a rule empty)"
        value={typed.widgetId}
        mono
        placeholder={effectiveWidgetId.value || '_4242'}
        onEnter={runWidget}
      />
    </div>
  )
}
