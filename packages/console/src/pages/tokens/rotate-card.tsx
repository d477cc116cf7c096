import { useSignal } from '@preact/signals'
import { isObject, textOf } from '../../connection/json.ts'
import { Button, Select } from '../../parts/controls.tsx'
import { Countdown } from '../../parts/countdown.tsx'
import { Card, Note } from '../../parts/layout.tsx'
import { Table } from '../../parts/table.tsx'
import { toast } from '../../parts/toast.tsx'
import { countOf } from '../../parts/words.ts'
import { Ask } from './ask.tsx'
import type { Detail } from './detail-state.ts'
import { fresh } from './fresh.ts'
import { parseToken, type Token } from './token.ts'
import { When } from './token-bits.tsx'
import type { Usage } from './usage.ts'
import { useAction } from './use-action.ts'

const OVERLAPS = [
  {
    id: '0',
    title: 'No overlap: the old value stops now',
    tells: 'The old value stops at once: whoever uses it cannot log in until it has the new one.',
  },
  { id: '3600', title: '1 hour', tells: 'The old value is taken for one more hour.' },
  { id: '86400', title: '1 day', tells: 'The old value is taken for one more day.' },
  { id: '604800', title: '7 days', tells: 'The old value is taken for seven more days.' },
  { id: '-1', title: 'Until I finish it', tells: 'The old value is taken until you finish the rotation here.' },
] as const

/** A new value beside the old one for a while, and who still uses the old one. */
export function RotateCard({ token, detail }: { readonly token: Token; readonly detail: Detail }) {
  const overlap = useSignal<(typeof OVERLAPS)[number]['id']>('86400')
  const asked = useSignal<'rotate' | 'finish' | undefined>(undefined)
  const { running, refused, run } = useAction()
  const usage = detail.usage.value.kind === 'ready' ? detail.usage.value.value : undefined
  const isOverlapping = usage?.isPreviousTaken ?? false
  const close = () => (asked.value = undefined)
  const rotate = async () => {
    const params = { id: token.id, overlap: Number(overlap.value) }
    const done = await run('rotate', { service: 'latchkey_token', action: 'rotate', params })
    if (done === undefined) return
    const changed = parseToken(done.value)
    const value = isObject(done.value) ? textOf(done.value.token) : ''
    close()
    if (changed === undefined) return
    if (value !== '') fresh.value = { id: token.id, value, why: 'rotated' }
    detail.take(changed)
    toast('Rotated: the token has a new value.')
    document.querySelector<HTMLElement>('#main h1')?.focus()
  }
  const finish = async () => {
    const params = { id: token.id, finish: true }
    const done = await run('finish', { service: 'latchkey_token', action: 'rotate', params })
    const changed = done && parseToken(done.value)
    if (changed === undefined) return
    close()
    detail.take(changed)
    toast('Finished: only the new value is taken now.')
  }
  const tells = OVERLAPS.find(({ id }) => id === overlap.value)?.tells ?? ''
  return (
    <Card
      title="Rotate its value"
      summary={
        isOverlapping ? (
          token.previousUntil === undefined ? (
            'old value taken until you finish'
          ) : (
            <>
              old value: <Countdown until={token.previousUntil} />
            </>
          )
        ) : token.rotatedAt === undefined ? undefined : (
          <>
            last <When at={token.rotatedAt} />
          </>
        )
      }
    >
      <div class="stack">
        {isOverlapping && usage !== undefined && <OldValue usage={usage} />}
        {isOverlapping && (
          <div class="row">
            <Button onClick={() => (asked.value = 'finish')}>Finish now</Button>
            <span class="small muted">From then on only the new value is taken.</span>
          </div>
        )}
        <div class="tok-find">
          <Select
            label="The old value stays good for"
            value={overlap.value}
            choices={OVERLAPS}
            onChange={(id) => (overlap.value = id)}
          />
          <Button onClick={() => (asked.value = 'rotate')}>Rotate…</Button>
        </div>
      </div>
      {asked.value === 'rotate' && (
        <Ask
          title="Rotate the value?"
          keep="Leave it"
          act="Make a new value"
          busy={running.value === 'rotate'}
          refused={refused.value}
          onAct={rotate}
          onClose={close}
        >
          <p>A new value is made and shown to you. {tells} Sessions that are running go on.</p>
          {isOverlapping && (
            <Note tone="warn">
              <strong>The last rotation is not over.</strong> One old value is kept: the one from before that is taken
              no more{usage !== undefined && usage.previousValue.length > 0 && ', and somebody still uses it'}.
            </Note>
          )}
        </Ask>
      )}
      {asked.value === 'finish' && (
        <Ask
          title="Stop the old value now?"
          keep="Leave it"
          act="Stop the old value"
          kind="danger"
          busy={running.value === 'finish'}
          refused={refused.value}
          onAct={finish}
          onClose={close}
        >
          <p>
            {usage === undefined || usage.previousValue.length === 0
              ? 'Nobody has used the old value since the rotation.'
              : `${countOf(usage.previousValue.length, 'client')} used the old value since the rotation, and cannot log in with it any more.`}
          </p>
        </Ask>
      )}
    </Card>
  )
}

function OldValue({ usage }: { readonly usage: Usage }) {
  if (usage.previousValue.length === 0) {
    return (
      <Note tone="good">
        <strong>Nobody uses the old value</strong> since the rotation. Whoever logs in does so with the new one.
      </Note>
    )
  }
  return (
    <div class="stack-tight">
      <p>
        <strong>{countOf(usage.previousValue.length, 'client')}</strong> still{' '}
        {usage.previousValue.length === 1 ? 'logs' : 'log'} in with the old value:
      </p>
      <Table
        label="Who still uses the old value"
        rows={usage.previousValue}
        keyOf={({ client, address }) => `${client} ${address}`}
        columns={[
          {
            id: 'client',
            title: 'Client',
            isTitle: true,
            cell: ({ client }) => <span class="mono">{client || 'unnamed'}</span>,
          },
          { id: 'address', title: 'Address', cell: ({ address }) => <span class="mono">{address || 'unknown'}</span> },
          { id: 'last', title: 'Last', cell: ({ lastAt }) => <When at={lastAt} /> },
          { id: 'count', title: 'Times', isNumber: true, cell: ({ count }) => count.toLocaleString('en') },
        ]}
      />
    </div>
  )
}
