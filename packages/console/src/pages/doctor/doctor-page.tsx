import { Card, Note, PageHead } from '../../parts/layout.tsx'
import { countOf } from '../../parts/words.ts'
import { ExaminationView } from './examination-view.tsx'
import { PasteCard } from './paste-card.tsx'
import { ProbeForm } from './probe-form.tsx'
import { ReportCard } from './report-card.tsx'
import { type Run, run } from './run.ts'
import { Steps } from './steps-view.tsx'
import { verdictOf } from './verdict.ts'
import './doctor.css'

export function DoctorPage() {
  const { value } = run
  return (
    <>
      <PageHead title="Doctor">
        Something does not work? Paste what there is, or let the doctor make the login itself and see where it stops.
      </PageHead>
      <span class="unseen" role="status">
        {statusOf(value)}
      </span>
      <div class="stack">
        <PasteCard />
        <Card
          title="Run the probes"
          summary="the login, step by step, at any v3 endpoint"
          state={value.state === 'running' ? 'running' : undefined}
        >
          <ProbeForm />
        </Card>
        {value.state !== 'idle' && <RunCard current={value} />}
        {value.state === 'done' && <ReportCard facts={value.examination.facts} />}
        <p class="small muted">
          If nothing may leave this machine: <a href="./offline.html">the offline page</a> does what needs no server, is
          one file, and can be sent by mail.
        </p>
      </div>
    </>
  )
}

function RunCard({ current }: { readonly current: Exclude<Run, { readonly state: 'idle' }> }) {
  if (current.state === 'done') {
    const { examination } = current
    const { tone } = verdictOf(examination.steps)
    return (
      <Card
        title="What the doctor saw"
        summary={`${countOf(examination.steps.length, 'call')}, ${countOf(examination.findings.length, 'finding')}`}
        state={tone === 'bad' ? 'refused' : 'done'}
      >
        <ExaminationView examination={examination} />
      </Card>
    )
  }
  const isRunning = current.state === 'running'
  return (
    <Card
      title={isRunning ? 'Looking' : 'Stopped'}
      summary={`${countOf(current.steps.length, 'call')} so far`}
      state={isRunning ? 'running' : 'stale'}
    >
      <div class="stack">
        {!isRunning && (
          <Note>
            <strong>You stopped it.</strong> Findings come of a whole run only; what was seen until then is below.
          </Note>
        )}
        <Steps steps={current.steps} calling={current.state === 'running' ? current.calling : undefined} />
      </div>
    </Card>
  )
}

/** For ears: the cards are too long to be read out as they change. */
function statusOf(current: Run): string {
  switch (current.state) {
    case 'idle':
      return ''
    case 'running':
      return `Calling ${current.calling}`
    case 'stopped':
      return 'Stopped'
    case 'done': {
      const { steps, findings } = current.examination
      return `${verdictOf(steps).title}: ${countOf(findings.length, 'finding')}`
    }
  }
}
