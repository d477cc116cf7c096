import type { ComponentChildren } from 'preact'
import { Breakable } from './breakable.tsx'
import { Button } from './controls.tsx'
import { Card, Disclosure, KeyValue, Pair } from './layout.tsx'
import { lifetimeInWords, type ToldReach, type ToldShrink } from './reach.ts'
import { ReachBar } from './reach-bar.tsx'
import { countOf } from './words.ts'

export interface ReachCardProps {
  readonly reach: ToldReach
  readonly title?: string
  readonly level?: 2 | 3
  /** Opens a look at the change that shrinks it most; without it that change is told and has no button. */
  readonly onShrink?: ((shrink: ToldShrink) => void) | undefined
  /** Quiet links in its head. */
  readonly actions?: ComponentChildren
  /** What stands between the leak and the damage just now: that the token is paused, say. */
  readonly children?: ComponentChildren
}

/** What a token can do if it leaks now, and the one change that shrinks it most. */
export function ReachCard({
  reach,
  title = 'If this token leaked now',
  level = 2,
  onShrink,
  actions,
  children,
}: ReachCardProps) {
  const { shrink, users, addresses, services, behindPlugins } = reach
  return (
    <Card title={title} level={level} actions={actions}>
      <div class="stack-tight">
        {children}
        <ReachBar read={reach.read} write={reach.write} delete={reach.delete} />
        <KeyValue>
          <Pair name="acts">
            <span dir="auto">{users.text}</span>
          </Pair>
          <Pair name="from">{addresses.text.replace(/^from /, '')}</Pair>
          <Pair name="for">{lifetimeInWords(reach.lifetime)}</Pair>
          {behindPlugins.length > 0 && (
            <Pair name="closed yet">
              {countOf(behindPlugins.length, 'action')} of plugins that the account does not have
            </Pair>
          )}
        </KeyValue>
        {shrink !== undefined && (
          <div class="fix">
            <div>
              <div dir="auto">
                <strong>Shrinks it most:</strong> <Breakable text={shrink.title} />
              </div>
              <p class="small muted">
                {shrink.to < shrink.from
                  ? `from ${countOf(shrink.from, 'action')} to ${shrink.to.toLocaleString('en')}`
                  : 'It needs all of its actions. This ends what a leak is worth.'}
              </p>
            </div>
            {onShrink !== undefined && (
              <Button onClick={() => onShrink(shrink)} label={`Review: ${shrink.title}`}>
                Review
              </Button>
            )}
          </div>
        )}
        {services.length > 0 && (
          <Disclosure summary={`The actions, in ${countOf(services.length, 'service')}`}>
            <ul class="reach-rows" tabIndex={0} aria-label="What it reaches, service by service">
              {services.map((row) => (
                <li key={row.service}>
                  <strong class="mono">{row.service}</strong> <Names kind="reads" names={row.read} />
                  <Names kind="writes" names={row.write} />
                  <Names kind="deletes" names={row.delete} />
                </li>
              ))}
            </ul>
          </Disclosure>
        )}
      </div>
    </Card>
  )
}

function Names({ kind, names }: { readonly kind: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <div>
      <span class="muted">{kind}</span> <span class="mono">{names.join(', ')}</span>
    </div>
  )
}
