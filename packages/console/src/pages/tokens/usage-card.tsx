import type { ComponentChildren } from 'preact'
import { linkTo } from '../../app/router.ts'
import { Button } from '../../parts/controls.tsx'
import { Card, KeyValue, Pair, Skeleton } from '../../parts/layout.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { countOf } from '../../parts/words.ts'
import type { Detail, Part } from './detail-state.ts'
import { When } from './token-bits.tsx'

/** How often it was used and refused, and when last. */
export function UsageCard({ detail }: { readonly detail: Detail }) {
  return (
    <Card title="Use so far">
      <PartView part={detail.usage.value} service="latchkey_token" action="usage" onRetry={detail.read} none={NO_USAGE}>
        {(usage) =>
          usage.issued === 0 && usage.refusedByCause.length === 0 ? (
            <p class="small muted">Nobody has used it yet.</p>
          ) : (
            <KeyValue>
              <Pair name="sessions">
                {usage.issued.toLocaleString('en')} started
                {usage.lastIssuedAt !== undefined && (
                  <>
                    , the last <When at={usage.lastIssuedAt} />
                  </>
                )}
              </Pair>
              <Pair name="calls">
                {usage.calls.toLocaleString('en')} allowed
                {usage.lastCallAt !== undefined && (
                  <>
                    , the last <When at={usage.lastCallAt} />
                  </>
                )}
              </Pair>
              <Pair name="refused">
                {usage.refusedByCause.length === 0 ? (
                  'never'
                ) : (
                  <ul>
                    {usage.refusedByCause.map(({ cause, count }) => (
                      <li key={cause}>
                        {countOf(count, 'time')}: <a href={linkTo('help', ['causes', cause])}>{cause}</a>
                      </li>
                    ))}
                  </ul>
                )}
              </Pair>
            </KeyValue>
          )
        }
      </PartView>
    </Card>
  )
}

const NO_USAGE = 'This server does not tell how its tokens are used.'

interface PartViewProps<T> {
  readonly part: Part<T>
  readonly service: string
  readonly action: string
  readonly onRetry: () => unknown
  /** What it means where the server has no word for it. */
  readonly none: string
  readonly children: (value: T) => ComponentChildren
}

/** One thing that was read, in whichever state it is. */
export function PartView<T>({ part, service, action, onRetry, none, children }: PartViewProps<T>) {
  if (part.kind === 'loading') return <Skeleton lines={3} />
  if (part.kind === 'none') return <p class="small muted">{none}</p>
  if (part.kind === 'ready') return <>{children(part.value)}</>
  return (
    <div class="stack-tight">
      <Trouble service={service} action={action} outcome={part.made.outcome} />
      <div>
        <Button onClick={onRetry}>Try again</Button>
      </div>
    </div>
  )
}
