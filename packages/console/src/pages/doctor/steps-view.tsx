import { useSignal } from '@preact/signals'
import { Button } from '../../parts/controls.tsx'
import { Exchange } from '../../parts/exchange.tsx'
import { Ladder } from '../../parts/ladder.tsx'
import type { SeenStep } from './run.ts'
import { outcomeInWords, purposeOf } from './verdict.ts'

export interface StepsProps {
  readonly steps: readonly SeenStep[]
  /** The action that is being waited for. */
  readonly calling?: string | undefined
}

/** The calls in their order, each with what it was to find out and what came; a login with its rungs. */
export function Steps({ steps, calling }: StepsProps) {
  const last = lastLogin(steps)
  return (
    <ol class="probes" aria-label="Calls">
      {steps.map((seen, at) => (
        <li key={at}>
          <StepView {...seen} hasLadder={at === last} />
        </li>
      ))}
      {calling !== undefined && (
        <li>
          <div class="probe">
            <span class="probe-sign" data-state="running">
              <span class="spinner" aria-hidden="true" />
            </span>
            <div>
              <span class="muted">{calling === '' ? 'Next call…' : 'Calling '}</span>
              <span class="mono">{calling}</span>
            </div>
          </div>
        </li>
      )}
    </ol>
  )
}

interface StepViewProps extends SeenStep {
  readonly hasLadder: boolean
}

function StepView({ step, made, hasLadder }: StepViewProps) {
  const isOpen = useSignal(false)
  const { exchange, proven, stoppedAt } = step
  const { service, action, answer, tookMs } = exchange
  const isGood = stoppedAt === undefined
  return (
    <div class="probe">
      <span class="probe-sign" data-state={isGood ? 'done' : 'refused'}>
        <span aria-hidden="true">{isGood ? '✓' : '✗'}</span>
        <span class="unseen">{isGood ? 'worked' : 'did not work'}</span>
      </span>
      <div class="stack-tight">
        <div class="spread">
          <div>
            <div>{purposeOf(exchange)}</div>
            <div class="small muted">
              <span class="mono">{service === '' ? 'a call that is not known' : `${service}.${action}`}</span> ·{' '}
              <span class="outcome" data-state={isGood ? 'done' : 'refused'}>
                {outcomeInWords(answer)}
              </span>
              {made !== undefined && ` · ${tookMs} ms`}
            </div>
          </div>
          {made !== undefined && (
            <Button
              kind="link"
              expanded={isOpen.value}
              label={`Request & response of ${service}.${action}`}
              onClick={() => (isOpen.value = !isOpen.value)}
            >
              Request &amp; response
            </Button>
          )}
        </div>
        {hasLadder && <Ladder service={service} action={action} passed={proven} failed={stoppedAt} />}
        {made !== undefined && isOpen.value && <Exchange made={made} />}
      </div>
    </div>
  )
}

/** The last one: of logins that fail alike one ladder tells all. */
function lastLogin(steps: readonly SeenStep[]): number {
  return steps.findLastIndex(
    ({ step: { exchange } }) => `${exchange.service}.${exchange.action}`.toLowerCase() === 'apptoken.startsession',
  )
}
