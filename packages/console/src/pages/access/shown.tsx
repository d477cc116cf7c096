import { NeedsSignIn } from '../../app/needs-sign-in.tsx'
import { linkTo } from '../../app/router.ts'
import { Button } from '../../parts/controls.tsx'
import { Card, Empty, Skeleton } from '../../parts/layout.tsx'
import { NotLoaded } from '../../parts/not-loaded.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import type { ReadingState } from './reading.ts'
import { changes, choose, picking } from './state.ts'
import type { Subject } from './subject.ts'

/** In the grid's place for as long as there is nothing to show in it. */
export function Shown({
  state,
  subject,
  which,
}: {
  readonly state: ReadingState
  readonly subject: Subject
  readonly which: 'subject' | 'with'
}) {
  switch (state.kind) {
    case 'ready':
      return null
    case 'loading':
      return <GridSkeleton />
    case 'needs-sign-in':
      return (
        <div class="stack">
          <NeedsSignIn
            why={subject.kind === 'token' ? 'Your tokens are yours to look at.' : 'Roles are the account’s.'}
          >
            <GridSkeleton />
          </NeedsSignIn>
          <p class="small">
            Without signing in:{' '}
            <Button kind="link" onClick={() => choose(which, { kind: 'type', type: 'user' })}>
              what every USER session may
            </Button>
            , or{' '}
            <Button kind="link" onClick={() => (picking.value = which)}>
              a session that you paste
            </Button>
            .
          </p>
        </div>
      )
    case 'needs-session':
      return (
        <Empty title="There is no session here now">
          <p>Sessions stay in the memory of this page only. Run the workflow to get one, or paste one.</p>
          <div class="row">
            <Button kind="primary" onClick={() => (picking.value = which)}>
              Paste a session
            </Button>
            <a class="button" href={linkTo('')}>
              Go to the workflow
            </a>
            <Button onClick={() => choose(which, which === 'with' ? undefined : { kind: 'type', type: 'user' })}>
              {which === 'with' ? 'Compare with nothing' : 'Look at USER sessions instead'}
            </Button>
          </div>
        </Empty>
      )
    case 'not-loaded':
      return <NotLoaded what="What reads a session" />
    case 'trouble':
      return (
        <Card title={`${which === 'with' ? 'The other' : 'This'} could not be read`} state="refused">
          <div class="stack">
            <Trouble service="latchkey_access" action="matrix" outcome={state.made.outcome} />
            <div class="row">
              <Button kind="primary" onClick={() => (changes.value += 1)}>
                Try again
              </Button>
            </div>
          </div>
        </Card>
      )
  }
}

function GridSkeleton() {
  return (
    <div class="matrix">
      <div style={{ padding: '16px' }}>
        <Skeleton lines={12} label="Reading what it may call" />
      </div>
    </div>
  )
}
