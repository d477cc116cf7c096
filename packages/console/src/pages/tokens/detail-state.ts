import { type Signal, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Made } from '../../connection/call.ts'
import { serverNow } from '../../connection/clock.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { callSignedIn } from '../../connection/sign-in.ts'
import { parseReach, type ToldReach } from '../../parts/reach.ts'
import { keepToken, tokens } from './list-state.ts'
import { localVerdict } from './local-verdict.ts'
import { lintIn, type ToldLint } from './server-lint.ts'
import { parseToken, type Token, WITHOUT_VALUES } from './token.ts'
import { keepUsage, parseUsage, type Usage } from './usage.ts'

/** One of the things that are read of a token, each on its own. */
export type Part<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'trouble'; readonly made: Made }
  /** The server has no word for it. */
  | { readonly kind: 'none' }

export interface Detail {
  readonly token: Signal<Part<Token>>
  readonly usage: Signal<Part<Usage>>
  readonly reach: Signal<Part<ToldReach>>
  readonly lint: Signal<Part<ToldLint>>
  /** Reach and lint were worked out in the page, not knowing all. */
  readonly isLocal: Signal<boolean>
  /** Reads all of it anew; what is shown stays until it has come. */
  readonly read: () => Promise<void>
  /** Takes a token as a change answered it, and reads what depends on it. */
  readonly take: (token: Token) => void
}

/** Everything about one token. */
export function useDetail(id: string): Detail {
  const held = useRef<{ readonly id: string; readonly detail: Detail; readonly stop: () => void } | undefined>(
    undefined,
  )
  if (held.current?.id !== id) {
    held.current?.stop()
    held.current = { id, ...detailOf(id) }
  }
  useEffect(() => {
    void held.current?.detail.read()
    return () => held.current?.stop()
  }, [id])
  return held.current.detail
}

function detailOf(id: string) {
  const known = tokens.peek()?.find((token) => token.id === id)
  const token = signal<Part<Token>>(known === undefined ? { kind: 'loading' } : { kind: 'ready', value: known })
  const usage = signal<Part<Usage>>({ kind: 'loading' })
  const reach = signal<Part<ToldReach>>({ kind: 'loading' })
  const lint = signal<Part<ToldLint>>({ kind: 'loading' })
  const isLocal = signal(false)
  let abort = new AbortController()
  const ask = (service: string, action: string, params: { readonly [name: string]: string }) =>
    callSignedIn({ service, action, params, signal: abort.signal })
  const readToken = async () => {
    const own = abort
    const made = await callSignedIn({
      service: 'appToken',
      action: 'get',
      params: { id, responseProfile: WITHOUT_VALUES },
      signal: own.signal,
    })
    if (own.signal.aborted) return undefined
    const read = made.outcome.kind === 'result' ? parseToken(made.outcome.value) : undefined
    token.value = read === undefined ? { kind: 'trouble', made } : { kind: 'ready', value: read }
    if (read !== undefined) keepToken(read)
    return read
  }
  const readRest = async (of: Token) => {
    const own = abort
    if (isLatchkey.peek() === false) {
      usage.value = { kind: 'none' }
      isLocal.value = true
      const verdict = await localVerdict(of, serverNow.peek(), own.signal)
      if (own.signal.aborted) return
      reach.value = verdict.reach === undefined ? { kind: 'none' } : { kind: 'ready', value: verdict.reach }
      lint.value = { kind: 'ready', value: verdict.lint }
      return
    }
    isLocal.value = false
    await Promise.all([
      ask('latchkey_token', 'usage', { id }).then((made) => {
        if (!own.signal.aborted) usage.value = partOf(made, parseUsage)
        if (usage.peek().kind === 'ready') keepUsageOf(usage.peek())
      }),
      ask('latchkey_access', 'reach', { tokenId: id }).then((made) => {
        if (!own.signal.aborted) reach.value = partOf(made, parseReach)
      }),
      ask('latchkey_access', 'lint', { tokenId: id }).then((made) => {
        if (!own.signal.aborted) lint.value = partOf(made, lintIn)
      }),
    ])
  }
  const keepUsageOf = (part: Part<Usage>) => {
    if (part.kind === 'ready') keepUsage(id, part.value)
  }
  const begin = () => {
    abort.abort()
    abort = new AbortController()
  }
  const detail: Detail = {
    token,
    usage,
    reach,
    lint,
    isLocal,
    async read() {
      begin()
      const read = await readToken()
      if (read !== undefined) await readRest(read)
    },
    take(changed) {
      begin()
      token.value = { kind: 'ready', value: changed }
      keepToken(changed)
      void readRest(changed)
    },
  }
  return { detail, stop: () => abort.abort() }
}

function partOf<T>(made: Made, parse: (value: unknown) => T | undefined): Part<T> {
  const { outcome } = made
  if (outcome.kind === 'refused' && /^(SERVICE|ACTION)_DOES_NOT_EXISTS?$/.test(outcome.refusal.code)) {
    return { kind: 'none' }
  }
  const value = outcome.kind === 'result' ? parse(outcome.value) : undefined
  return value === undefined ? { kind: 'trouble', made } : { kind: 'ready', value }
}
