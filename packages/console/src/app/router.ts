import { computed, signal } from '@preact/signals'
import { mayBeWrittenDown } from '../connection/secrets.ts'

/** Where the person is: page, what of it, and how it is filtered. It stands in the fragment, and never holds a secret. */
export interface Route {
  /** Empty for the start page. */
  readonly page: string
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

/** `#/tokens/0_abc?state=active` */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#\/?/, '')
  const at = text.indexOf('?')
  const [page = '', ...path] = (at < 0 ? text : text.slice(0, at))
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  const query: Record<string, string> = {}
  if (at >= 0) for (const [name, value] of new URLSearchParams(text.slice(at + 1))) query[name] = value
  return { page, path, query }
}

export function formatRoute({ page, path, query }: Route): string {
  const parts = [page, ...path].filter((part) => part !== '').map(encodeURIComponent)
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return `#/${parts.join('/')}${search === '' ? '' : `?${search}`}`
}

/** The same as it stands in the address: without what may be a secret, such as a session string that was pasted into a search. */
export function formatAddress({ page, path, query }: Route): string {
  const safe = Object.entries(query).filter(([, value]) => mayBeWrittenDown(value))
  return formatRoute({ page, path, query: Object.fromEntries(safe) })
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const hash = signal(typeof location === 'undefined' ? '' : location.hash)
export const route = computed(() => parseRoute(hash.value))

export function startRouting(): void {
  addEventListener('hashchange', () => {
    clearTimeout(rewriting)
    hash.value = location.hash
  })
}

/** The address of a place, for a link. */
export function linkTo(
  page: string,
  path: readonly string[] = [],
  query: Readonly<Record<string, string>> = {},
): string {
  return formatRoute({ page, path, query })
}

/** Goes there; back comes back. */
export function go(page: string, path: readonly string[] = [], query: Readonly<Record<string, string>> = {}): void {
  location.hash = formatAddress({ page, path, query })
}

/** Changes the filter of this page without a new entry in the history: for what changes while typing. */
export function refine(query: Readonly<Record<string, string>>): void {
  replaceRoute({ ...route.value, query: { ...route.value.query, ...query } })
}

/** Goes there in place of where the person is: back does not come back here. */
export function replaceRoute(to: Route): void {
  // What the page goes by is the whole of it, what the browser remembers is not.
  hash.value = formatRoute(to)
  writeAddress(formatAddress(to))
}

const PATIENCE_MS = 1_000
let rewriting: ReturnType<typeof setTimeout> | undefined

function writeAddress(address: string): void {
  clearTimeout(rewriting)
  try {
    // With the path, so that a page with a base of its own stays where it is.
    history.replaceState(null, '', `${location.pathname}${location.search}${address}`)
  } catch {
    // Some browsers refuse a page that changes its address at each key of a fast typist.
    rewriting = setTimeout(() => writeAddress(address), PATIENCE_MS)
  }
}
