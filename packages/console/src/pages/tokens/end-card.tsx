import { useSignal } from '@preact/signals'
import { go } from '../../app/router.ts'
import { formatDuration, serverNow } from '../../connection/clock.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { Button } from '../../parts/controls.tsx'
import { Card, Note } from '../../parts/layout.tsx'
import { toast } from '../../parts/toast.tsx'
import { countOf } from '../../parts/words.ts'
import { Ask, Refused } from './ask.tsx'
import type { Detail } from './detail-state.ts'
import { dropToken } from './list-state.ts'
import { parseToken, type Token, titleOf } from './token.ts'
import { When } from './token-bits.tsx'
import { lastUsedAt, type Usage } from './usage.ts'
import { useAction } from './use-action.ts'

const RECENT = 7 * 86_400

/** Stop it for a while, or for good. */
export function EndCard({ token, detail }: { readonly token: Token; readonly detail: Detail }) {
  const asked = useSignal<'pause' | 'delete' | undefined>(undefined)
  const { running, refused, run } = useAction()
  const usage = detail.usage.value.kind === 'ready' ? detail.usage.value.value : undefined
  const isPaused = token.status === 'paused'
  const close = () => {
    asked.value = undefined
    refused.value = undefined
  }
  const setPaused = async (action: 'pause' | 'resume') => {
    const done = await run(action, { service: 'latchkey_token', action, params: { id: token.id } })
    const changed = done && parseToken(done.value)
    if (changed === undefined) return
    close()
    detail.take(changed)
    toast(action === 'pause' ? 'Paused. Nothing gets in with it.' : 'Resumed. It and its sessions go on.')
  }
  const remove = async () => {
    const done = await run('delete', { service: 'appToken', action: 'delete', params: { id: token.id } })
    if (done === undefined) return
    dropToken(token.id)
    toast(`Deleted ${titleOf(token)} and ended its sessions.`)
    go('tokens')
  }
  return (
    <Card title="Pause or delete">
      <div class="stack-tight">
        {isLatchkey.value !== false && (
          <div class="fix">
            <div>
              <div>{isPaused ? 'It is paused' : 'Pause it'}</div>
              <p class="small muted">
                {isPaused
                  ? 'It starts no session, and those that it started are refused. Resumed, they go on.'
                  : 'It starts no session, and those that it started are refused until it is resumed.'}
              </p>
            </div>
            {isPaused ? (
              <Button kind="primary" busy={running.value === 'resume'} onClick={() => setPaused('resume')}>
                Resume
              </Button>
            ) : (
              <Button onClick={() => (asked.value = 'pause')}>Pause…</Button>
            )}
          </div>
        )}
        <div class="fix">
          <div>
            <div>Delete it</div>
            <p class="small muted">For good: all its sessions end, and the id never works again.</p>
          </div>
          <Button kind="danger" onClick={() => (asked.value = 'delete')}>
            Delete…
          </Button>
        </div>
        {asked.value === undefined && <Refused refused={refused.value} />}
      </div>
      {asked.value === 'pause' && (
        <Ask
          title={`Pause ${titleOf(token)}?`}
          keep="Leave it on"
          act="Pause it"
          busy={running.value === 'pause'}
          refused={refused.value}
          onAct={() => setPaused('pause')}
          onClose={close}
        >
          <p>Whoever uses it is refused at once, with running sessions too. You can resume it at any time.</p>
          <InUse usage={usage} />
        </Ask>
      )}
      {asked.value === 'delete' && (
        <Ask
          title={`Delete ${titleOf(token)}?`}
          keep="Keep it"
          act="Delete it for good"
          kind="danger"
          busy={running.value === 'delete'}
          refused={refused.value}
          onAct={remove}
          onClose={close}
        >
          <p>{whatEnds(token, usage)}</p>
          <InUse usage={usage} />
          {isLatchkey.value !== false && token.status === 'active' && (
            <p class="small muted">Not sure? Pause it first: that can be taken back.</p>
          )}
        </Ask>
      )}
    </Card>
  )
}

function whatEnds({ sessionSeconds }: Token, usage: Usage | undefined): string {
  const life = sessionSeconds === undefined ? '' : `, each good for up to ${formatDuration(sessionSeconds)}`
  if (usage === undefined) return `It starts no session any more, and every session that it started${life}, ends.`
  if (usage.issued === 0) return 'It never started a session: nothing ends but the token itself.'
  return `It has started ${countOf(usage.issued, 'session')}${life}. Those that are still running end at once, and no new one starts.`
}

/** A warning where somebody would notice. */
function InUse({ usage }: { readonly usage: Usage | undefined }) {
  if (usage === undefined) return null
  const last = lastUsedAt(usage)
  if (last === undefined) return <p class="small muted">It was never used.</p>
  const isRecent = serverNow.value - last < RECENT
  return (
    <Note tone={isRecent ? 'warn' : 'plain'}>
      <strong>{isRecent ? 'It is in use:' : 'Last used'}</strong> {isRecent && 'last '}
      <When at={last} />, {countOf(usage.calls, 'call')} so far.
    </Note>
  )
}
