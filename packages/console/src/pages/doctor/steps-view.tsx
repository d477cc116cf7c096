import { Exchange } from '../../parts/exchange.tsx'
import { Ladder } from '../../parts/ladder.tsx'
import { Disclosure } from '../../parts/layout.tsx'
import type { SeenStep } from './run.ts'
import { outcomeInWords, purposeOf } from './verdict.ts'

export interface StepsProps {
  readonly steps: readonly SeenStep[]
  /** The action that is being waited for. */
  readonly calling?: string | undefined
}

/** The calls in their order, each with what it was to find out and what came; a login with its rungs. */
export function Steps({ steps, calling }: StepsProps) {
  return (
    <ol class="probes" aria-label="Calls">
      {steps.map((seen, at) => (
        <li key={at}>
          <StepView {...seen} />
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

function StepView({ step, made }: SeenStep) {
  const { exchange, proven, stoppedAt } = step
  const { probe, service, action, answer, tookMs } = exchange
  const isGood = stoppedAt === undefined
  const isLogin = `${service}.${action}`.toLowerCase() === 'apptoken.startsession'
  return (
    <div class="probe">
      <span class="probe-sign" data-state={isGood ? 'done' : 'refused'}>
        <span aria-hidden="true">{isGood ? '✓' : '✗'}</span>
        <span class="unseen">{isGood ? 'worked' : 'did not work'}</span>
      </span>
      <div class="stack-tight">
        <div class="spread">
          <div>
            <div>{purposeOf(probe)}</div>
            <div class="small muted">
              <span class="mono">{service === '' ? 'a call that is not known' : `${service}.${action}`}</span> ·{' '}
              <span class="outcome" data-state={isGood ? 'done' : 'refused'}>
                {outcomeInWords(answer)}
              </span>
              {made !== undefined && ` · ${tookMs} ms`}
            </div>
          </div>
        </div>
        {isLogin && <Ladder service={service} action={action} passed={proven} failed={stoppedAt} />}
        {made !== undefined && (
          <Disclosure
            summary={
              <span>
                Request &amp; response
                <span class="unseen">
                  {' '}
                  of {service}.{action}
                </span>
              </span>
            }
          >
            <Exchange made={made} />
          </Disclosure>
        )}
      </div>
    </div>
  )
}
