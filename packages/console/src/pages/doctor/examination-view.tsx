import { FindingList } from '../../parts/finding-list.tsx'
import { Note } from '../../parts/layout.tsx'
import type { Examination } from './run.ts'
import { Steps } from './steps-view.tsx'
import { verdictOf } from './verdict.ts'

export interface ExaminationProps {
  readonly examination: Examination
  /** Of one that was made elsewhere the calls say where they come from. */
  readonly isReplay?: boolean
}

/** Findings first, since they are the answer; then the calls that they are known from. */
export function ExaminationView({ examination, isReplay = false }: ExaminationProps) {
  const { steps, findings, facts } = examination
  const { tone, title } = verdictOf(steps)
  const ping = steps.find(({ step }) => step.exchange.probe === 'ping')
  const hasNoAnswer = ping?.step.exchange.answer.kind === 'none'
  return (
    <div class="stack">
      <div class="stack-tight">
        <p class="lead" data-tone={tone}>
          <strong>{title}.</strong>{' '}
          {findings.length > 0 &&
            (tone === 'bad'
              ? 'The first finding is the cause; mend it and run the probes again, since it often explains the others.'
              : 'There is something to know all the same.')}
        </p>
        {hasNoAnswer && !isReplay && (
          <Note>
            A browser does not say why no answer came. An endpoint that allows no calls from other pages looks the same:
            then <code>latchkey doctor --service-url {facts.told.serviceUrl}</code> does this job from a terminal.
          </Note>
        )}
        <FindingList findings={findings} none="Each call did what it should." />
      </div>
      <div class="stack-tight">
        <h3>{isReplay ? 'The calls in the report' : 'The calls it made'}</h3>
        <Steps steps={steps} />
      </div>
    </div>
  )
}
