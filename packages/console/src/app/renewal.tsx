import { renewal } from '../connection/sign-in.ts'
import { Dialog } from '../parts/dialog.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Where the signed-in session has ended in the middle of something: sign in again, and the call goes on. */
export function Renewal() {
  const wanted = renewal.value
  if (wanted === undefined) return null
  return (
    <Dialog title="Your session has ended" onClose={() => wanted.done(false)}>
      <div class="stack">
        <p>Sign in again and what you started goes on. Nothing that you typed is lost.</p>
        <SignInForm partnerId={wanted.partnerId} onDone={() => wanted.done(true)} />
      </div>
    </Dialog>
  )
}
