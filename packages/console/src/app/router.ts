import { computed, signal } from '@preact/signals'

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
  location.hash = linkTo(page, path, query)
}

/** Changes the filter of this page without a new entry in the history: for what changes while typing. */
export function refine(query: Readonly<Record<string, string>>): void {
  replaceRoute({ ...route.value, query: { ...route.value.query, ...query } })
}

/** Goes there in place of where the person is: back does not come back here. */
export function replaceRoute(to: Route): void {
  const next = formatRoute(to)
  // With the path, so that a page with a base of its own stays where it is.
  history.replaceState(null, '', `${location.pathname}${location.search}${next}`)
  hash.value = next
}
