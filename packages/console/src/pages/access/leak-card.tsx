import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Made } from '../../connection/call.ts'
import { callSignedIn } from '../../connection/sign-in.ts'
import { Button } from '../../parts/controls.tsx'
import { Card, Skeleton } from '../../parts/layout.tsx'
import { parseReach, type ToldReach, type ToldShrink } from '../../parts/reach.ts'
import { ReachCard } from '../../parts/reach-card.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { countOf } from '../../parts/words.ts'
import { ChangeReview } from './change-review.tsx'

export interface LeakCardProps {
  readonly tokenId: string
  /** Read anew when it changes. */
  readonly version: number
  readonly isPaused: boolean
  readonly onShrunk: () => void
}

/** What whoever finds the token could do with it, and the change that takes most of that away. */
export function LeakCard({ tokenId, version, isPaused, onShrunk }: LeakCardProps) {
  const reach = useSignal<ToldReach | undefined>(undefined)
  const trouble = useSignal<Made | undefined>(undefined)
  const shrink = useSignal<ToldShrink | undefined>(undefined)
  const attempt = useSignal(0)
  useEffect(() => {
    reach.value = undefined
  }, [tokenId])
  useEffect(() => {
    const abort = new AbortController()
    trouble.value = undefined
    void callSignedIn({
      service: 'latchkey_access',
      action: 'reach',
      params: { tokenId },
      signal: abort.signal,
    }).then((made) => {
      if (abort.signal.aborted) return
      const read = made.outcome.kind === 'result' ? parseReach(made.outcome.value) : undefined
      if (read === undefined) trouble.value = made
      else reach.value = read
    })
    return () => abort.abort()
  }, [tokenId, version, attempt.value])
  if (trouble.value !== undefined) {
    return (
      <Card title="If this token leaked now">
        <div class="stack-tight">
          <Trouble service="latchkey_access" action="reach" outcome={trouble.value.outcome} />
          <Button onClick={() => (attempt.value += 1)}>Ask again</Button>
        </div>
      </Card>
    )
  }
  if (reach.value === undefined) {
    return (
      <Card title="If this token leaked now">
        <Skeleton lines={4} label="Reading what it reaches" />
      </Card>
    )
  }
  return (
    <>
      <ReachCard reach={reach.value} onShrink={(found) => (shrink.value = found)}>
        {isPaused && <p class="small">It is paused: nothing of this, until it is resumed.</p>}
      </ReachCard>
      {shrink.value !== undefined && (
        <ChangeReview
          title={shrink.value.title}
          change={shrink.value.change}
          price={
            shrink.value.to < shrink.value.from ? (
              <>
                It reaches {countOf(shrink.value.from, 'action')} now, and <b>{countOf(shrink.value.to, 'action')}</b>{' '}
                then. Whatever uses the rest stops working.
              </>
            ) : (
              'It reaches the same actions until then. After that day whatever uses it needs a later expiry, or another token.'
            )
          }
          button={
            shrink.value.to < shrink.value.from
              ? `Close ${countOf(shrink.value.from - shrink.value.to, 'action')}`
              : 'Let it expire then'
          }
          onDone={() => {
            shrink.value = undefined
            onShrunk()
          }}
          onClose={() => (shrink.value = undefined)}
        />
      )}
    </>
  )
}
