import { signal } from '@preact/signals'
import { go, linkTo, route } from '../../app/router.ts'

/** Grows with each wish to see what there is by now. */
export const looks = signal(0)

export function lookAgain(): void {
  looks.value += 1
}

/** Goes to this page with another time or filter; where that is what is shown already, reads it anew. */
export function show(change: Readonly<Record<string, string>>): void {
  const query = { ...route.value.query, ...change }
  if (linkTo('activity', [], query) === linkTo('activity', [], route.value.query)) lookAgain()
  else go('activity', [], query)
}
