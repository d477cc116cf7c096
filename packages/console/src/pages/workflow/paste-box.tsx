import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button } from '../../parts/controls.tsx'
import { isWorthReading } from './paste-anywhere.ts'
import { PasteDialog } from './paste-dialog.tsx'

/** What is to be looked at, to begin with; undefined while nobody pastes. */
const pasting = signal<string | undefined>(undefined)

/** Takes a token record, a `curl` line, a response or a `.env`: by its button, or pasted anywhere on the page. */
export function PasteBox() {
  useEffect(() => {
    const listen = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (document.querySelector('dialog[open]') !== null || !isWorthReading(text, fieldOf(event.target))) return
      event.preventDefault()
      pasting.value = text
    }
    document.addEventListener('paste', listen)
    return () => document.removeEventListener('paste', listen)
  }, [])
  return (
    <>
      <Button onClick={() => (pasting.value = '')}>Paste anything</Button>
      {pasting.value !== undefined && (
        <PasteDialog initial={pasting.value} onClose={() => (pasting.value = undefined)} />
      )}
    </>
  )
}

function fieldOf(target: EventTarget | null): 'none' | 'line' | 'text' {
  if (target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable))
    return 'text'
  return target instanceof HTMLInputElement ? 'line' : 'none'
}
