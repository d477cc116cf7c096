import { useEffect, useRef } from 'preact/hooks'

/**
 * Moves the focus once what was asked for is drawn. A control that goes with what it did takes the focus along, and whoever goes by
 * keys or by ear would begin anew at the top of the page.
 */
export function focusSoon(find: () => HTMLElement | null | undefined): void {
  requestAnimationFrame(() => find()?.focus())
}

/** Where the focus is nowhere, because what had it is gone: to the title of the page. */
export function focusTitleIfLost(): void {
  if (document.activeElement === null || document.activeElement === document.body) {
    document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
  }
}

/** On another place of the same page whoever goes by keys or by ear begins at its title, and sees it from its beginning. */
export function useTitleOfPlace(place: string): void {
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
  }, [place])
}
