import { effect } from '@preact/signals'
import { clockSkew } from '../connection/clock.ts'
import { changeServiceUrl, ownOrigin } from '../connection/connection.ts'
import { isObject, numberOf, textOf } from '../connection/json.ts'
import { noteSecret } from '../connection/secrets.ts'
import { signedIn, signInWithCode } from '../connection/sign-in.ts'
import { toast } from '../parts/toast.tsx'
import { keepSecretValue, keptSecretValue } from './kept.ts'
import { linkRefusal, openDialog } from './open-dialog.ts'
import { replaceRoute } from './router.ts'

const NAME = 'signed-in'

/** Brings back the session of before a reload, where that was chosen, and takes the code of a one-time link. */
export function keepSignedIn(): void {
  const kept = keptSecretValue(NAME)
  if (isObject(kept)) {
    const ks = textOf(kept.ks)
    const partnerId = numberOf(kept.partnerId)
    const expiresAt = numberOf(kept.expiresAt)
    // By the server's clock, as far as it was known: this machine's may be hours off.
    const now = Date.now() / 1_000 + (numberOf(kept.skew) ?? 0)
    if (ks !== '' && partnerId !== undefined && expiresAt !== undefined && expiresAt > now) {
      noteSecret(ks)
      signedIn.value = { ks, partnerId, expiresAt, serviceUrl: textOf(kept.serviceUrl) }
    }
  }
  effect(() => {
    const session = signedIn.value
    keepSecretValue(NAME, session === undefined ? undefined : { ...session, skew: clockSkew.value })
  })
  takeCode()
  // The link may be pasted into a tab that has the page already.
  addEventListener('hashchange', takeCode)
}

/** Signs in with the code of a one-time link, where the address holds one. */
function takeCode(): void {
  const code = /^#sign-in=([\w-]+)$/.exec(location.hash)?.[1]
  if (code === undefined) return
  // Out of the address and the history before anything else happens.
  replaceRoute({ page: '', path: [], query: {} })
  linkRefusal.value = undefined
  void signInWithCode(code).then((answer) => {
    if (answer.ok) {
      // The link is of the server of this page, whichever endpoint was chosen before.
      changeServiceUrl(ownOrigin)
      toast('Signed in by the link.')
    } else {
      linkRefusal.value = answer.why
      openDialog.value = 'sign-in'
    }
  })
}
