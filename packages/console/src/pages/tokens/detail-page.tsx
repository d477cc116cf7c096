import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { linkTo } from '../../app/router.ts'
import { serverNow } from '../../connection/clock.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { Button } from '../../parts/controls.tsx'
import { FindingList } from '../../parts/finding-list.tsx'
import { focusTitleIfLost } from '../../parts/focus.ts'
import { Card, Note, PageHead, Skeleton } from '../../parts/layout.tsx'
import type { ToldShrink } from '../../parts/reach.ts'
import { ReachCard } from '../../parts/reach-card.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { Summary } from '../../parts/summary.tsx'
import { toast } from '../../parts/toast.tsx'
import { ChangeReview } from '../access/change-review.tsx'
import { type Detail, useDetail } from './detail-state.ts'
import { EndCard } from './end-card.tsx'
import { fresh } from './fresh.ts'
import { RotateCard } from './rotate-card.tsx'
import { NotesCard, SettingsCard } from './settings-card.tsx'
import { stateOf, type Token, titleOf } from './token.ts'
import { Labels, StateChip } from './token-bits.tsx'
import { PartView, UsageCard } from './usage-card.tsx'
import { ValueCard } from './value-card.tsx'

/** One token: what it is, what it can do if it leaks, how it is used, and all that can be done to it. */
export function DetailPage({ id }: { readonly id: string }) {
  const detail = useDetail(id)
  useEffect(
    () => () => {
      // The value was in full view; from now on it is like any other.
      if (fresh.peek()?.id === id) fresh.value = undefined
    },
    [id],
  )
  const part = detail.token.value
  return (
    <div class="stack">
      <nav aria-label="Back">
        <a class="small" href={linkTo('tokens')}>
          ← All tokens
        </a>
      </nav>
      {part.kind === 'ready' && <Loaded token={part.value} detail={detail} />}
      {part.kind === 'loading' && (
        <>
          <PageHead title="App token" />
          <Skeleton lines={8} label="Loading the token" />
        </>
      )}
      {part.kind === 'trouble' && <NotThere id={id} detail={detail} />}
    </div>
  )
}

function NotThere({ id, detail }: { readonly id: string; readonly detail: Detail }) {
  const part = detail.token.value
  const outcome = part.kind === 'trouble' ? part.made.outcome : undefined
  const isGone = outcome?.kind === 'refused' && outcome.refusal.code === 'APP_TOKEN_ID_NOT_FOUND'
  return (
    <>
      <PageHead title={isGone ? 'There is no such token' : 'App token'}>
        {isGone ? 'It was deleted, or it is another account’s.' : id}
      </PageHead>
      {outcome !== undefined && <Trouble service="appToken" action="get" outcome={outcome} />}
      <div class="row">
        <Button onClick={detail.read}>Try again</Button>
        <a href={linkTo('tokens')}>To all tokens</a>
      </div>
    </>
  )
}

function Loaded({ token, detail }: { readonly token: Token; readonly detail: Detail }) {
  // The title that stood here while it was read is gone, and may have had the focus.
  useEffect(focusTitleIfLost, [])
  return (
    <>
      <header class="stack-tight tok-text">
        <h1 tabIndex={-1} dir="auto">
          {titleOf(token)}
        </h1>
        <div class="row">
          <StateChip token={token} />
          <span class="mono muted">{token.id}</span>
          <Labels labels={token.labels} />
        </div>
      </header>
      <div class="tok-detail">
        <div>
          <ValueCard token={token} />
        </div>
        <div class="tok-beside stack">
          <Reach token={token} detail={detail} />
          <Findings detail={detail} />
        </div>
        <div class="stack">
          <SettingsCard token={token} detail={detail} />
          <UsageCard detail={detail} />
          {isLatchkey.value !== false && <RotateCard token={token} detail={detail} />}
          <NotesCard token={token} detail={detail} />
          <EndCard token={token} detail={detail} />
        </div>
      </div>
    </>
  )
}

function Reach({ token, detail }: { readonly token: Token; readonly detail: Detail }) {
  const shrink = useSignal<ToldShrink | undefined>(undefined)
  const part = detail.reach.value
  const state = stateOf(token, serverNow.value)
  if (part.kind !== 'ready') {
    return (
      <Card title="If this token leaked now">
        <PartView
          part={part}
          service="latchkey_access"
          action="reach"
          onRetry={detail.read}
          none="Its role could not be read, so that nothing can be told of what it reaches."
        >
          {() => null}
        </PartView>
      </Card>
    )
  }
  return (
    <>
      <ReachCard
        reach={part.value}
        onShrink={(wanted) => (shrink.value = wanted)}
        actions={
          <a class="small" href={linkTo('access', [], { subject: `token:${token.id}` })}>
            Access grid
          </a>
        }
      >
        {state !== 'active' && (
          <Note tone="good">
            <strong>Nothing, while it is {state}.</strong>{' '}
            {state === 'expired' ? 'If its expiry were moved, this:' : 'Resumed, this:'}
          </Note>
        )}
        {detail.isLocal.value && (
          <p class="small muted">
            Worked out in this page. Roles of its user and rules of the account are not known here.
          </p>
        )}
      </ReachCard>
      {shrink.value !== undefined && (
        <ChangeReview
          title={shrink.value.title}
          change={shrink.value.change}
          price={
            shrink.value.to < shrink.value.from ? (
              <>
                Afterwards it reaches <strong>{shrink.value.to.toLocaleString('en')} actions</strong> in place of{' '}
                {shrink.value.from.toLocaleString('en')}. Sessions that are running keep the privileges that they have.
              </>
            ) : (
              'It reaches the same actions until then. After that day whatever uses it needs a later expiry, or another token.'
            )
          }
          button={
            shrink.value.to < shrink.value.from
              ? `Shrink it to ${shrink.value.to.toLocaleString('en')} actions`
              : 'Let it expire then'
          }
          onClose={() => (shrink.value = undefined)}
          onDone={() => {
            shrink.value = undefined
            toast('Shrunk. What it reaches is read again.')
            void detail.read()
          }}
        />
      )}
    </>
  )
}

function Findings({ detail }: { readonly detail: Detail }) {
  return (
    <Card title="What to know about it">
      <PartView
        part={detail.lint.value}
        service="latchkey_access"
        action="lint"
        onRetry={detail.read}
        none="This server has no word for it."
      >
        {(lint) => (
          <div class="stack-tight">
            <Summary told={lint} />
            <FindingList findings={lint.findings} none="No setting of it is known to hurt." />
          </div>
        )}
      </PartView>
    </Card>
  )
}
