import { computed, signal } from '@preact/signals'
import { type CallRequest, call, type Made } from './call.ts'
import { learnClock, serverNow } from './clock.ts'
import { ownOrigin, serviceUrl } from './connection.ts'
import { isObject, numberOf, textOf } from './json.ts'
import { noteSecret } from './secrets.ts'

/** The account owner's session. In memory, and in sessionStorage where the person chose so (`app/kept.ts`). */
export interface SignedIn {
  readonly partnerId: number
  readonly ks: string
  /** Epoch seconds of the server. */
  readonly expiresAt: number
  readonly serviceUrl: string
}

export const signedIn = signal<SignedIn | undefined>(undefined)
/** Signed in, at the endpoint that is connected now. */
export const isSignedIn = computed(() => signedIn.value !== undefined && signedIn.value.serviceUrl === serviceUrl.value)

/** Set while a call waits for the person to sign in again; what they had typed stays where it is. */
export const renewal = signal<{ readonly partnerId: number; readonly done: (isRenewed: boolean) => void } | undefined>(
  undefined,
)

/** Past its time, or found out to be worth nothing. */
export const hasSignInEnded = computed(() => signedIn.value !== undefined && signedIn.value.expiresAt <= serverNow.value)

const SESSION_SECONDS = 8 * 3_600

/** Starts an ADMIN session with the account's secret. The secret is not kept. */
export async function signInWithSecret(partnerId: number, secret: string): Promise<Made> {
  noteSecret(secret)
  // The session is of this endpoint, whichever is connected when the answer comes.
  const at = serviceUrl.peek()
  const made = await call({
    service: 'session',
    action: 'start',
    params: { secret, partnerId, type: 2, userId: '', expiry: SESSION_SECONDS },
    serviceUrl: at,
  })
  if (made.outcome.kind === 'result') {
    const ks = textOf(made.outcome.value)
    noteSecret(ks)
    if (ks !== '') remember({ partnerId, ks, expiresAt: serverNow.peek() + SESSION_SECONDS, serviceUrl: at })
  }
  return made
}

export type LinkAnswer = { readonly ok: true } | { readonly ok: false; readonly why: string }

/** Takes the code of the one-time link that the server printed. */
export async function signInWithCode(code: string): Promise<LinkAnswer> {
  const sentAt = Date.now()
  try {
    const response = await fetch(`${ownOrigin}/console/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      credentials: 'omit',
      cache: 'no-store',
    })
    if (ownOrigin === serviceUrl.peek()) learnClock(response.headers.get('date'), sentAt, Date.now())
    const value: unknown = await response.json()
    if (!isObject(value)) return { ok: false, why: 'The server did not answer as expected.' }
    const ks = textOf(value.ks)
    const partnerId = numberOf(value.partnerId)
    if (!response.ok || ks === '' || partnerId === undefined) {
      return { ok: false, why: sentence(textOf(value.error)) || `The server answered ${response.status}.` }
    }
    noteSecret(ks)
    remember({
      partnerId,
      ks,
      expiresAt: numberOf(value.expiresAt) ?? serverNow.peek() + SESSION_SECONDS,
      serviceUrl: ownOrigin,
    })
    return { ok: true }
  } catch {
    return { ok: false, why: 'The server did not answer.' }
  }
}

/** The server's errors begin in lower case and have no full stop, as errors of programs do. */
function sentence(text: string): string {
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function remember(session: SignedIn): void {
  signedIn.value = session
}

/** Ends the session at the server too, as far as it can be reached. */
export async function signOut(): Promise<void> {
  const session = signedIn.value
  signedIn.value = undefined
  if (session !== undefined) {
    await call({ service: 'session', action: 'end', ks: session.ks, serviceUrl: session.serviceUrl })
  }
}

/**
 * A call with the signed-in session, at the endpoint that the session is of; at any other it goes without. Where that session
 * has ended, the person is asked for the secret again, in place, and the call is made once more; what they typed stays.
 */
export async function callSignedIn(request: Omit<CallRequest, 'ks'>): Promise<Made> {
  const at = request.serviceUrl ?? serviceUrl.peek()
  const make = () => call({ ...request, serviceUrl: at, ks: sessionAt(at)?.ks })
  const made = await make()
  const session = sessionAt(at)
  // What was asked about another session was not asked with this one.
  const isAboutAnother = request.params?.ks !== undefined
  if (session === undefined || isAboutAnother || !hasEnded(made) || request.signal?.aborted === true) return made
  // So that the page says so also where nobody renews it.
  signedIn.value = { ...session, expiresAt: Math.min(session.expiresAt, serverNow.peek()) }
  return (await renewed(session.partnerId)) ? make() : made
}

/** No server is ever shown the session of another. */
function sessionAt(url: string): SignedIn | undefined {
  const session = signedIn.peek()
  return session?.serviceUrl === url ? session : undefined
}

/** Ended, or one that the server does not know any more, such as after its account got a new secret. */
function hasEnded({ outcome }: Made): boolean {
  return (
    outcome.kind === 'refused' && outcome.refusal.code === 'INVALID_KS' && !/EXCEEDED_/.test(outcome.refusal.message)
  )
}

let waiting: Promise<boolean> | undefined

/** Many calls may find out at the same time; the person is asked once. */
function renewed(partnerId: number): Promise<boolean> {
  waiting ??= new Promise<boolean>((resolve) => {
    renewal.value = {
      partnerId,
      done(isRenewed) {
        renewal.value = undefined
        waiting = undefined
        resolve(isRenewed)
      },
    }
  })
  return waiting
}
