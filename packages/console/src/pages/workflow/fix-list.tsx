import { useSignal } from '@preact/signals'
import { SignInForm } from '../../app/sign-in-form.tsx'
import { calledIn, type Made } from '../../connection/call.ts'
import type { ToldFix } from '../../connection/outcome.ts'
import { runChange } from '../../connection/run-change.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { Button } from '../../parts/controls.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Fix } from '../../parts/fix.tsx'
import { Note } from '../../parts/layout.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { toast } from '../../parts/toast.tsx'
import { countOf } from '../../parts/words.ts'

export interface FixListProps {
  readonly fixes: readonly ToldFix[]
  /** Whether they are of the last call; otherwise none of them is the thing to do. */
  readonly isCurrent: boolean
  /** After one was applied: the calls to make again. */
  readonly onApplied: () => Promise<unknown>
}

/** What would let the call through, the smallest change first, each behind a look at what it does. */
export function FixList({ fixes, isCurrent, onApplied }: FixListProps) {
  const chosen = useSignal<ToldFix | undefined>(undefined)
  return (
    <>
      {fixes.map((fix, at) => (
        <Fix key={fix.id} title={fix.title} opens={fix.opens} detail={countOf(fix.change.length, 'change')}>
          <Button
            kind={at === 0 && isCurrent ? 'primary' : 'plain'}
            label={`Review: ${fix.title}`}
            onClick={() => (chosen.value = fix)}
          >
            Review
          </Button>
        </Fix>
      ))}
      {chosen.value !== undefined && (
        <FixDialog fix={chosen.value} onClose={() => (chosen.value = undefined)} onApplied={onApplied} />
      )}
    </>
  )
}

interface FixDialogProps extends Pick<FixListProps, 'onApplied'> {
  readonly fix: ToldFix
  readonly onClose: () => void
}

function FixDialog({ fix, onClose, onApplied }: FixDialogProps) {
  const isRunning = useSignal(false)
  const done = useSignal<readonly Made[]>([])
  const refused = done.value.find(({ outcome }) => outcome.kind !== 'result')
  const apply = async () => {
    isRunning.value = true
    const made = await runChange(fix.change)
    isRunning.value = false
    done.value = made
    if (made.every(({ outcome }) => outcome.kind === 'result')) {
      toast(`Done: ${fix.title}. A new session is tried with it.`)
      onClose()
      await onApplied()
    }
  }
  return (
    <Dialog
      title={fix.title}
      onClose={onClose}
      wide
      foot={
        isSignedIn.value && (
          <>
            <Button onClick={onClose}>Leave it</Button>
            <Button kind="primary" busy={isRunning.value} onClick={apply}>
              {`Apply: open ${countOf(fix.opens + 1, 'action')}`}
            </Button>
          </>
        )
      }
    >
      <div class="stack">
        <p>
          {fix.opens === 0
            ? 'It opens this action and no other.'
            : `It opens this action and ${countOf(fix.opens, 'other action')}.`}{' '}
          These calls are made, in this order, with the session of the account’s owner:
        </p>
        <ol class="stack-tight">
          {fix.change.map((call, at) => (
            <li key={`${at}`}>
              <h3 class="mono">{`${call.service}.${call.action}`}</h3>
              <pre class="well" tabIndex={0} aria-label={`Parameters of ${call.service}.${call.action}`}>
                {JSON.stringify(call.params, undefined, 2)}
              </pre>
            </li>
          ))}
        </ol>
        {refused !== undefined && (
          <>
            <Note tone="bad" alert>
              <strong>Not all of it was done.</strong> {countOf(done.value.length - 1, 'call')} of {fix.change.length}{' '}
              went through before this one.
            </Note>
            <Trouble {...calledIn(refused)} outcome={refused.outcome} />
          </>
        )}
        {!isSignedIn.value && (
          <>
            <Note>
              <strong>This takes the account’s owner.</strong> Sign in, or send these calls to whoever can.
            </Note>
            <SignInForm onDone={() => undefined} />
          </>
        )}
      </div>
    </Dialog>
  )
}
