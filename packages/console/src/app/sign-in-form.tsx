import { useSignal } from '@preact/signals'
import type { Made } from '../connection/call.ts'
import { served } from '../connection/connection.ts'
import { signInWithSecret } from '../connection/sign-in.ts'
import { Button, TextField } from '../parts/controls.tsx'
import { Note } from '../parts/layout.tsx'
import { Trouble } from '../parts/refusal.tsx'
import { toast } from '../parts/toast.tsx'
import { draft } from './kept.ts'
import { linkRefusal } from './open-dialog.ts'

export interface SignInFormProps {
  readonly partnerId?: number | undefined
  readonly onDone: () => void
}

/** Partner id and admin secret. The secret stays in this form, and goes with it. */
export function SignInForm({ partnerId, onDone }: SignInFormProps) {
  const typed = draft('partner', String(served?.partnerId ?? ''))
  // A session is renewed for the account that it was of, whatever stands in the workflow's field.
  const own = useSignal(String(partnerId ?? ''))
  const partner = partnerId === undefined ? typed : own
  const secret = useSignal('')
  const wrong = useSignal<{ readonly partner?: string; readonly secret?: string }>({})
  const isRunning = useSignal(false)
  const refused = useSignal<Made | undefined>(undefined)
  const submit = async () => {
    if (!/^\d+$/.test(partner.value.trim())) {
      wrong.value = { partner: 'A partner id is a whole number, such as 4242' }
      return
    }
    if (secret.value.trim() === '') {
      wrong.value = { secret: 'Paste the admin secret: the server showed it at its first start' }
      return
    }
    wrong.value = {}
    isRunning.value = true
    const made = await signInWithSecret(Number(partner.value.trim()), secret.value.trim())
    isRunning.value = false
    if (made.outcome.kind === 'result') {
      linkRefusal.value = undefined
      toast('Signed in.')
      onDone()
    } else {
      refused.value = made
    }
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {linkRefusal.value !== undefined && (
        <Note tone="bad" alert>
          <strong>The link did not sign you in.</strong> {linkRefusal.value}
        </Note>
      )}
      <TextField label="Partner id" value={partner} inputMode="numeric" wrong={wrong.value.partner} onEnter={submit} />
      <TextField
        label="Admin secret"
        value={secret}
        type="password"
        mono
        autocomplete="off"
        wrong={wrong.value.secret}
        onEnter={submit}
        hint="It is exchanged for a session of 8 hours and then forgotten."
      />
      {refused.value !== undefined && <Trouble service="session" action="start" outcome={refused.value.outcome} />}
      <Button kind="primary" busy={isRunning.value} onClick={submit}>
        Sign in
      </Button>
      {linkRefusal.value === undefined && (
        <Note>
          Or open the link that the server printed when it started: it signs in once, within ten minutes, without the
          secret.
        </Note>
      )}
    </form>
  )
}
