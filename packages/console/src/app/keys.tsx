import { signal } from '@preact/signals'
import { Dialog } from '../parts/dialog.tsx'
import { KeyValue, Pair } from '../parts/layout.tsx'
import { isFinderOpen } from './finder.tsx'

export const isKeysOpen = signal(false)

/** `/` and `?` work wherever nobody is typing. */
export function startKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (document.querySelector('dialog[open]') !== null) return
    if (event.key === '/') {
      event.preventDefault()
      isFinderOpen.value = true
    } else if (event.key === '?') {
      event.preventDefault()
      isKeysOpen.value = true
    }
  })
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

export function Keys() {
  return (
    <Dialog title="Keys" onClose={() => (isKeysOpen.value = false)}>
      <KeyValue>
        <Pair name="/">find an action, a token or a page</Pair>
        <Pair name="?">this list</Pair>
        <Pair name="Escape">close what opened last</Pair>
        <Pair name="Enter">in a field: run its step</Pair>
        <Pair name="Ctrl V">outside a field of the workflow: read whatever was copied</Pair>
        <Pair name="← → ↑ ↓">move in tabs, lists, plots and the access grid</Pair>
      </KeyValue>
    </Dialog>
  )
}
