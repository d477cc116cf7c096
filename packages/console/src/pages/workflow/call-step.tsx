import { linkTo } from '../../app/router.ts'
import { ActionPicker } from '../../parts/action-picker.tsx'
import { TextArea } from '../../parts/controls.tsx'
import { Note, Step } from '../../parts/layout.tsx'
import { LocalExplanation } from '../../parts/local-explanation.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { FixList } from './fix-list.tsx'
import { missing, runAgain, runCall, runs, states, typed } from './flow.ts'
import { firstParams, parseActionName, parseParams } from './params-text.ts'
import { ResultView } from './result-view.tsx'
import { SnippetFoot } from './snippet-foot.tsx'
import { keepFocusIn, RunRow, StepActions, StepExchange, useExchangeShown } from './step-parts.tsx'

/** Whatever the session is for. */
export function CallStep() {
  const isExchangeShown = useExchangeShown()
  const state = states.call.value
  const run = runs.call.value
  const outcome = run?.made.outcome
  const called = parseActionName(run === undefined ? '' : nameIn(run.made.request.url)) ?? { service: '', action: '' }
  const params = parseParams(typed.params.value)
  const isStale = state === 'stale'
  const fixes = outcome?.kind === 'refused' ? (outcome.refusal.told?.fixes ?? []) : []
  return (
    <Step
      number={4}
      id={ID}
      title="Call"
      state={state}
      summary={run === undefined ? undefined : <code>{`${called.service}.${called.action}`}</code>}
      actions={
        <StepActions
          step="call"
          isRunning={state === 'running'}
          blocked={missing.call.value}
          onRun={runCall}
          isExchangeShown={isExchangeShown}
        />
      }
      foot={<SnippetFoot step="call" />}
    >
      <div class="stack-tight">
        <ActionPicker
          label="Action"
          value={typed.action}
          onChoose={(name) => (typed.params.value = firstParams(name))}
          hint="Of the catalogue, or any other: service.action"
        />
        <TextArea
          label="Parameters, as JSON"
          value={typed.params}
          mono
          rows={2}
          placeholder='{ "entryId": "0_abc" }'
          wrong={params.ok ? undefined : params.why}
        />
        <RunRow
          isPrimary={state === 'stale' || fixes.length === 0}
          isRunning={state === 'running'}
          blocked={missing.call.value}
          onRun={runCall}
        >
          {run === undefined ? 'Make the call' : 'Make the call again'}
        </RunRow>
        {isStale && (
          <Note tone="warn">
            <strong>Out of date.</strong> What is below was made with another session, action or parameters.
          </Note>
        )}
        {outcome?.kind === 'result' && <ResultView value={outcome.value} />}
        {outcome !== undefined && outcome.kind !== 'result' && (
          <Trouble service={called.service} action={called.action} outcome={outcome}>
            {outcome.kind === 'refused' && outcome.refusal.told === undefined && (
              <LocalExplanation
                service={called.service}
                action={called.action}
                refusal={outcome.refusal}
                ruledOut={KNOWN_BETTER}
              />
            )}
            <FixList fixes={fixes} isCurrent={!isStale} onApplied={tryAgain} />
            {outcome.kind === 'refused' && outcome.refusal.told?.stage === 'permission' && (
              <p class="small">
                <a href={linkTo('access', [], { subject: 'session', cell: `${called.service}.${called.action}` })}>
                  See it among all that this session can and cannot call
                </a>
              </p>
            )}
          </Trouble>
        )}
        <StepExchange step="call" isShown={isExchangeShown.value} />
      </div>
    </Step>
  )
}

const ID = 'step-call'
/** This page sends the session of step 3 with the call, and no other. */
const KNOWN_BETTER = ['session-not-sent', 'widget-session-still-used']

async function tryAgain(): Promise<void> {
  await runAgain()
  keepFocusIn(document.getElementById(ID))
}

function nameIn(url: string): string {
  const [, service = '', action = ''] = /\/service\/([^/]+)\/action\/([^/?]+)/.exec(url) ?? []
  return `${decodeURIComponent(service)}.${decodeURIComponent(action)}`
}
