import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { NeedsSignIn } from '../../app/needs-sign-in.tsx'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import type { ToldCall } from '../../connection/outcome.ts'
import { runChange } from '../../connection/run-change.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { Button } from '../../parts/controls.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Disclosure, Note } from '../../parts/layout.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { countOf } from '../../parts/words.ts'
import { readItems, withItemIds } from './account.ts'
import { callInWords } from './cell-reason.ts'

export interface ChangeReviewProps {
  readonly title: string
  readonly change: readonly ToldCall[]
  /** How many actions it opens, in words; before anything is done. */
  readonly price: ComponentChildren
  readonly button: string
  /** Permissions that are there already, so that only what is new is told. */
  readonly held?: readonly string[] | undefined
  readonly onDone: (made: readonly Made[]) => void
  readonly onClose: () => void
}

/** What will be changed, call by call, before it is; then it is done, and what is refused is shown here. */
export function ChangeReview(props: ChangeReviewProps) {
  const { title, change, price, button, held, onDone, onClose } = props
  const isRunning = useSignal(false)
  const failed = useSignal<{ readonly made: readonly Made[]; readonly call: ToldCall } | undefined>(undefined)
  const missing = useSignal<readonly string[]>([])
  const apply = async () => {
    isRunning.value = true
    failed.value = undefined
    const calls = await asTheServerNumbersThem(change)
    if (!calls.ok) {
      missing.value = calls.missing
      isRunning.value = false
      return
    }
    const made = await runChange(calls.change)
    isRunning.value = false
    const last = made.at(-1)
    const call = calls.change[made.length - 1]
    if (last === undefined || call === undefined || last.outcome.kind === 'result') onDone(made)
    else failed.value = { made, call }
  }
  const done = (failed.value?.made.length ?? 1) - 1
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        isSignedIn.value && (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button kind="primary" busy={isRunning.value} onClick={apply}>
              {button}
            </Button>
          </>
        )
      }
    >
      <div class="stack">
        <p>{price}</p>
        <ol class="steps">
          {change.map((call, at) => (
            <li key={at} dir="auto">
              {callInWords(call, held)}
            </li>
          ))}
        </ol>
        <Disclosure summary={change.length === 1 ? 'The call' : `The ${change.length} calls`}>
          <pre class="well" tabIndex={0} aria-label="Calls" dir="auto">
            {change
              .map(({ service, action, params }) => `${service}.${action}\n${JSON.stringify(params, undefined, 2)}`)
              .join('\n\n')}
          </pre>
        </Disclosure>
        {!isSignedIn.value && <NeedsSignIn why="Changes are the account owner’s.">{null}</NeedsSignIn>}
        {missing.value.length > 0 && (
          <Note tone="bad" alert>
            <strong>Not done.</strong> This server lists no permission item for {missing.value.join(', ')}, so that no
            permission of one’s own can hold it there.
          </Note>
        )}
        {failed.value !== undefined && (
          <div class="stack-tight" role="alert">
            <p>
              <strong>
                {done === 0
                  ? 'Nothing was changed.'
                  : `${countOf(done, 'step was', 'steps were')} made, then it stopped.`}
              </strong>{' '}
              {done > 0 && 'What is there now gives nothing by itself.'}
            </p>
            <Trouble
              service={failed.value.call.service}
              action={failed.value.call.action}
              outcome={failed.value.made.at(-1)?.outcome ?? { kind: 'unreadable', why: '' }}
            />
          </div>
        )}
      </div>
    </Dialog>
  )
}

/** Another installation of the original numbers its permission items in its own way. */
async function asTheServerNumbersThem(change: readonly ToldCall[]) {
  const hasItems = change.some(({ service }) => service === 'permission')
  if (!hasItems || isLatchkey.value === true) return { ok: true, change } as const
  return withItemIds(change, await readItems())
}
