import { effect, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { go, refine, route } from '../../app/router.ts'
import type { Made } from '../../connection/call.ts'
import { serviceUrl } from '../../connection/connection.ts'
import { isSignedIn, signedIn } from '../../connection/sign-in.ts'
import { type Account, readAccount } from './account.ts'
import type { CellReason } from './cell-reason.ts'
import { pastedSession, type Reading, type ReadingState, readSubject, workflowSession } from './reading.ts'
import { formatSubject, type Subject } from './subject.ts'

/** What could be read of the account, for whoever is signed in; undefined until it has come. */
export const account = signal<Account | undefined>(undefined)

let loading: { readonly of: string; readonly promise: Promise<Account | undefined> } | undefined

/** Once for each sign-in and endpoint, or anew after a change. */
export function loadAccount(isAnew = false): Promise<Account | undefined> {
  if (!isSignedIn.peek()) {
    account.value = undefined
    loading = undefined
    return Promise.resolve(undefined)
  }
  const of = `${serviceUrl.peek()} ${signedIn.peek()?.partnerId ?? ''}`
  if (loading?.of === of && !isAnew) return loading.promise
  const promise = readAccount().then((read) => {
    if (loading?.promise === promise) {
      account.value = read
      // What did not come is asked for again by whoever needs it next; what was refused stays so.
      if (read.troubles.some(({ outcome }) => outcome.kind === 'no-answer')) loading = undefined
    }
    return read
  })
  loading = { of, promise }
  return promise
}

/** Grows after each change, so that what is shown is read anew. */
export const changes = signal(0)

const readings = new WeakMap<Reading, Map<string, CellReason>>()

/** Why a cell is so; asked once for each reading. */
export async function reasonFor(reading: Reading, name: string, abort: AbortSignal): Promise<CellReason | Made> {
  const known = readings.get(reading) ?? new Map<string, CellReason>()
  readings.set(reading, known)
  const kept = known.get(name)
  if (kept !== undefined) return kept
  const reason = await reading.why(name, abort)
  if (!('outcome' in reason)) known.set(name, reason)
  return reason
}

/** A subject as it was read; what was read before stays while it is read anew. */
export function useReading(subject: Subject | undefined): ReadingState | undefined {
  const state = useRef(signal<ReadingState | undefined>(undefined)).current
  const shown = useRef('')
  const key = subject === undefined ? '' : formatSubject(subject)
  const secret =
    subject?.kind !== 'session'
      ? ''
      : subject.of === 'pasted'
        ? pastedSession.value
        : subject.of === 'workflow'
          ? workflowSession.value
          : ''
  const of = `${key} ${serviceUrl.value} ${signedIn.value?.ks ?? ''} ${secret}`
  useEffect(() => {
    if (subject === undefined) {
      state.value = undefined
      return
    }
    if (shown.current !== of) state.value = { kind: 'loading' }
    shown.current = of
    const abort = new AbortController()
    void readSubject(subject, loadAccount, abort.signal).then((read) => {
      if (!abort.signal.aborted) state.value = read
    })
    return () => abort.abort()
  }, [of, changes.value])
  return state.value
}

/** What the person is typing into the filter, and which cell they look at: in the address a moment later, not at each key. */
export const filter = signal(route.peek().query.filter ?? '')
export const cell = signal(route.peek().query.cell ?? '')

const SETTLE_MS = 300
let timer: ReturnType<typeof setTimeout> | undefined
/** What this page itself put into the address last. */
let written = ''

function isHere(): boolean {
  return route.peek().page === 'access'
}

/** Browsers refuse a page that changes its address too often. */
export function settle(): void {
  clearTimeout(timer)
  timer = setTimeout(() => {
    written = `${filter.peek()}\n${cell.peek()}`
    if (isHere()) refine({ filter: filter.peek(), cell: cell.peek() })
  }, SETTLE_MS)
}

/** Follows the address: back, forward and links change it from outside. Until the page is left. */
export function followAddress(): () => void {
  return effect(() => {
    const { page, query } = route.value
    const now = `${query.filter ?? ''}\n${query.cell ?? ''}`
    // What was typed meanwhile is newer than what its own timer has just written.
    if (page !== 'access' || now === written) return
    written = now
    filter.value = query.filter ?? ''
    cell.value = query.cell ?? ''
  })
}

/** Which of the two is being chosen. */
export const picking = signal<'subject' | 'with' | undefined>(undefined)

/** Another one to look at; back comes back. */
export function choose(which: 'subject' | 'with', subject: Subject | undefined): void {
  const { query } = route.peek()
  go('access', [], {
    ...query,
    filter: filter.peek(),
    cell: cell.peek(),
    [which]: subject === undefined ? '' : formatSubject(subject),
  })
}
