import './activity.css'
import { useEffect, useMemo } from 'preact/hooks'
import { NeedsSignIn } from '../../app/needs-sign-in.tsx'
import { route } from '../../app/router.ts'
import { formatTime, serverNow } from '../../connection/clock.ts'
import { serviceUrl } from '../../connection/connection.ts'
import { signedIn } from '../../connection/sign-in.ts'
import { Button } from '../../parts/controls.tsx'
import { Empty, PageHead } from '../../parts/layout.tsx'
import { isNothing } from './counts.ts'
import { hasFilter, SpanChoice } from './filters.tsx'
import { JournalCard } from './journal-card.tsx'
import { parseFilter } from './lines.ts'
import { activity } from './load.ts'
import { OverTime } from './over-time.tsx'
import { offsetAt, parseSpan } from './range.ts'
import { TroubleOf } from './trouble.tsx'
import { lookAgain, looks } from './visit.ts'

/** What was issued, refused and changed. */
export function ActivityPage() {
  return (
    <>
      <PageHead title="Activity">What was issued, refused, ended and changed, and why it was refused.</PageHead>
      <NeedsSignIn why="the journal is the account owner’s">
        <Shown />
      </NeedsSignIn>
    </>
  )
}

function Shown() {
  const { view: _, q: __, ...asked } = route.value.query
  const partnerId = signedIn.value?.partnerId
  const key = JSON.stringify([asked, serviceUrl.value, partnerId, looks.value])
  const shown = useMemo(() => {
    const now = serverNow.peek()
    const offset = offsetAt(now)
    return activity(parseSpan(asked, now, offset), parseFilter(asked), offset)
  }, [key])
  useEffect(() => {
    void shown.start()
    return shown.stop
  }, [shown])
  const { span } = shown
  const stopped = shown.journal.value.stopped
  const counts = shown.counts.value
  const isQuiet = counts !== undefined && isNothing(counts) && !hasFilter()
  return (
    <div class="stack">
      <div class="spread activity-span">
        <SpanChoice span={span} />
        <Button onClick={lookAgain}>Look again</Button>
      </div>
      <p class="small muted">
        {formatTime(span.from)} to {span.id === 'own' ? formatTime(span.to) : 'now'}
      </p>
      {stopped !== undefined && shown.journal.value.lines.length === 0 ? (
        <TroubleOf trouble={stopped} />
      ) : isQuiet ? (
        <Empty title="Nothing happened in this time">
          <p>
            No session was issued or refused, and nothing was changed. A longer time may show more; or make a first call
            in the workflow, and look again.
          </p>
          <a href="#/">Go to the workflow</a>
        </Empty>
      ) : (
        <>
          <OverTime activity={shown} />
          <JournalCard activity={shown} />
        </>
      )}
    </div>
  )
}
