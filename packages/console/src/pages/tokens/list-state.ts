import { signal } from '@preact/signals'
import type { Made } from '../../connection/call.ts'
import { serviceUrl } from '../../connection/connection.ts'
import { callSignedIn, signedIn } from '../../connection/sign-in.ts'
import { parseTokenList, type Token, WITHOUT_VALUES } from './token.ts'

const PAGE_SIZE = 500
/** A server that says there is more and sends nothing new would be asked for ever. */
const MOST_PAGES = 400

/** All that have come so far, the newest first; undefined before the first page. */
export const tokens = signal<readonly Token[] | undefined>(undefined)
/** Set while pages come in; `of` is what the server says there is. */
export const progress = signal<{ readonly done: number; readonly of: number } | undefined>(undefined)
export const listTrouble = signal<Made | undefined>(undefined)

let abort: AbortController | undefined
let owner = ''

/**
 * Reads the account's tokens in pages; what has come is there at once. What was read before stays until it is read anew, and
 * goes when it did not come again.
 */
export async function loadTokens(): Promise<void> {
  stopLoading()
  const own = new AbortController()
  abort = own
  const of = `${serviceUrl.peek()} ${signedIn.peek()?.partnerId ?? ''}`
  if (of !== owner) tokens.value = undefined
  owner = of
  const before = tokens.peek() ?? []
  const come = new Map<string, Token>()
  listTrouble.value = undefined
  progress.value = { done: 0, of: before.length }
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const made = await callSignedIn({
      service: 'appToken',
      action: 'list',
      params: {
        filter: { objectType: 'KalturaAppTokenFilter', orderBy: '-createdAt' },
        pager: { objectType: 'KalturaFilterPager', pageSize: PAGE_SIZE, pageIndex: page },
        responseProfile: WITHOUT_VALUES,
      },
      signal: own.signal,
    })
    if (own.signal.aborted) return
    const read = made.outcome.kind === 'result' ? parseTokenList(made.outcome.value) : undefined
    if (read === undefined) {
      listTrouble.value = made
      break
    }
    const known = come.size
    // Something made meanwhile moves the rest on by one: what comes twice counts once.
    for (const token of read.tokens) come.set(token.id, token)
    const isLast = come.size >= read.total || come.size === known
    tokens.value = isLast ? [...come.values()] : merged(come, before)
    progress.value = { done: come.size, of: read.total }
    if (isLast) break
  }
  if (abort === own) {
    abort = undefined
    progress.value = undefined
  }
}

/** When the page is left: nobody waits for the rest. */
export function stopLoading(): void {
  abort?.abort()
  abort = undefined
  progress.value = undefined
}

function merged(come: ReadonlyMap<string, Token>, before: readonly Token[]): readonly Token[] {
  return before.length === 0 ? [...come.values()] : [...come.values(), ...before.filter(({ id }) => !come.has(id))]
}

/** After a change: as the API answered it. A new one comes first. */
export function keepToken(token: Token): void {
  const list = tokens.peek()
  if (list === undefined) return
  tokens.value = list.some(({ id }) => id === token.id)
    ? list.map((other) => (other.id === token.id ? token : other))
    : [token, ...list]
}

export function dropToken(id: string): void {
  tokens.value = tokens.peek()?.filter((token) => token.id !== id)
}
