import { effect } from '@preact/signals'
import { isObject, numberOf, textOf } from '../connection/json.ts'
import { noteSecret } from '../connection/secrets.ts'
import { signedIn, signInWithCode } from '../connection/sign-in.ts'
import { toast } from '../parts/toast.tsx'
import { keepSecretValue, keptSecretValue } from './kept.ts'

const NAME = 'signed-in'

/** Brings back the session of before a reload, where that was chosen, and takes the code of a one-time link. */
export function keepSignedIn(): void {
  const kept = keptSecretValue(NAME)
  if (isObject(kept)) {
    const ks = textOf(kept.ks)
    const partnerId = numberOf(kept.partnerId)
    const expiresAt = numberOf(kept.expiresAt)
    if (ks !== '' && partnerId !== undefined && expiresAt !== undefined && expiresAt * 1_000 > Date.now()) {
      noteSecret(ks)
      signedIn.value = { ks, partnerId, expiresAt, serviceUrl: textOf(kept.serviceUrl) }
    }
  }
  effect(() => {
    const session = signedIn.value
    keepSecretValue(NAME, session === undefined ? undefined : { ...session })
  })
  const code = /^#sign-in=([\w-]+)$/.exec(location.hash)?.[1]
  if (code === undefined) return
  // Out of the address and the history before anything else happens.
  history.replaceState(null, '', `${location.pathname}#/`)
  void signInWithCode(code).then((answer) => {
    toast(answer.ok ? 'Signed in by the link.' : `The link did not sign you in: ${answer.why}`)
  })
}
