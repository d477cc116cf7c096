import { signal } from '@preact/signals'

export type PlaceId = 'hash' | 'token' | 'session' | 'error' | 'vectors'

/** What the page can do, in the order of its tabs. */
export const PLACES: readonly { readonly id: PlaceId; readonly title: string }[] = [
  { id: 'hash', title: 'Hash' },
  { id: 'token', title: 'Token' },
  { id: 'session', title: 'Session' },
  { id: 'error', title: 'Error' },
  { id: 'vectors', title: 'Test vectors' },
]

export const place = signal<PlaceId>('hash')

/** @param hash of an address, such as `#session`; whatever else it is leads to the first */
export function placeOf(hash: string): PlaceId {
  return PLACES.find(({ id }) => `#${id}` === hash)?.id ?? 'hash'
}

/** The address says which tab is open, and nothing else. */
export function startPlaces(): void {
  place.value = placeOf(location.hash)
  addEventListener('hashchange', () => {
    place.value = placeOf(location.hash)
  })
}

export function goTo(id: PlaceId): void {
  place.value = id
  try {
    history.replaceState(null, '', `#${id}`)
  } catch {
    // A page from a disk may not change its address in every browser.
  }
}
