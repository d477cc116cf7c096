import { useSignal } from '@preact/signals'
import { clockSkew, formatDuration } from '../connection/clock.ts'
import { changeServiceUrl, isLatchkey, served, serviceHost, serviceUrl } from '../connection/connection.ts'
import { hasSignInEnded, isSignedIn, signedIn, signOut } from '../connection/sign-in.ts'
import { Button, Check, TextField } from '../parts/controls.tsx'
import { Countdown } from '../parts/countdown.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { KeyValue, Note, Pair } from '../parts/layout.tsx'
import { toast } from '../parts/toast.tsx'
import { keepsSecrets } from './kept.ts'
import { linkRefusal, openDialog } from './open-dialog.ts'
import { SignInForm } from './sign-in-form.tsx'

/** What the page talks to, and as whom. */
export function TopBar() {
  const open = openDialog
  const skew = clockSkew.value
  return (
    <div class="top">
      <button type="button" class="pill" onClick={() => (open.value = 'service')}>
        Service <b>{serviceHost.value || 'none chosen'}</b>
      </button>
      {isSignedIn.value && signedIn.value !== undefined && (
        <span class="pill">
          Partner <b>{signedIn.value.partnerId}</b>
        </span>
      )}
      {skew !== undefined && (
        <span class="pill" data-tone={Math.abs(skew) > 30 ? 'warn' : undefined}>
          Server clock <b>{skewInWords(skew)}</b>
        </span>
      )}
      {isSignedIn.value ? (
        <button
          type="button"
          class="pill"
          data-tone={hasSignInEnded.value ? 'warn' : 'good'}
          onClick={() => (open.value = 'sign-in')}
        >
          {hasSignInEnded.value ? 'session ended · sign in again' : 'signed in · admin'}
        </button>
      ) : (
        <button type="button" class="pill" onClick={() => (open.value = 'sign-in')}>
          Sign in
        </button>
      )}
      {isLatchkey.value === false && <span class="pill">without Latchkey’s extras</span>}
      {open.value === 'service' && <ServiceDialog onClose={() => (open.value = undefined)} />}
      {open.value === 'sign-in' && <AccountDialog onClose={closeAccount} />}
    </div>
  )
}

function closeAccount(): void {
  openDialog.value = undefined
  linkRefusal.value = undefined
}

function skewInWords(skew: number): string {
  const size = Math.abs(skew)
  if (size < 1) return 'in step'
  return `${skew > 0 ? '+' : '−'}${size < 120 ? `${size.toFixed(0)} s` : formatDuration(size)}`
}

function ServiceDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useSignal(serviceUrl.value)
  const wrong = useSignal<string | undefined>(undefined)
  const change = () => {
    const parsed = changeServiceUrl(text.value)
    if (!parsed.ok) {
      wrong.value = parsed.why
      return
    }
    toast(`Calls go to ${parsed.url} now.`)
    onClose()
  }
  return (
    <Dialog
      title="Service URL"
      onClose={onClose}
      foot={
        <Button kind="primary" onClick={change}>
          Use this endpoint
        </Button>
      }
    >
      <TextField
        label="Any v3 endpoint that allows calls from other pages"
        value={text}
        mono
        type="url"
        placeholder="https://www.kaltura.com"
        wrong={wrong.value}
        onEnter={change}
        onInput={() => (wrong.value = undefined)}
        hint={
          served === undefined
            ? 'Sessions started at one server are not taken to another.'
            : 'The server of this page is the default. Sessions started at one server are not taken to another.'
        }
      />
    </Dialog>
  )
}

function AccountDialog({ onClose }: { readonly onClose: () => void }) {
  const session = signedIn.value
  if (!isSignedIn.value || session === undefined) {
    return (
      <Dialog title="Sign in" onClose={onClose}>
        <SignInForm onDone={onClose} />
      </Dialog>
    )
  }
  if (hasSignInEnded.value) {
    return (
      <Dialog title="Your session has ended" onClose={onClose}>
        <SignInForm partnerId={session.partnerId} onDone={onClose} />
      </Dialog>
    )
  }
  return (
    <Dialog
      title="Signed in"
      onClose={onClose}
      foot={
        <Button
          onClick={() => {
            void signOut()
            toast('Signed out; the session has been ended.')
            onClose()
          }}
        >
          Sign out
        </Button>
      }
    >
      <div class="stack-tight">
        {linkRefusal.value !== undefined && (
          <Note tone="warn" alert>
            <strong>You were signed in already.</strong> The link itself did nothing. {linkRefusal.value}
          </Note>
        )}
        <KeyValue>
          <Pair name="partner">{session.partnerId}</Pair>
          <Pair name="session">
            ADMIN · <Countdown until={session.expiresAt} />
          </Pair>
        </KeyValue>
        <Check checked={keepsSecrets.value} onChange={(on) => (keepsSecrets.value = on)}>
          Keep it over a reload of this tab
        </Check>
        <Note>
          Otherwise the session is in the memory of this page only. There is no cookie, and it is never in an address.
        </Note>
      </div>
    </Dialog>
  )
}
