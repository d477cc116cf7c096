import { signal, useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Dialog } from '../parts/dialog.tsx'
import { type Found, find, loadTokens } from './find.ts'

export const isFinderOpen = signal(false)

/** Finds an action, a token or a page; Enter goes there. */
export function Finder() {
  const id = useId()
  const text = useSignal('')
  const at = useSignal(0)
  const input = useRef<HTMLInputElement>(null)
  const found = find(text.value)
  const close = () => {
    isFinderOpen.value = false
  }
  const visit = (item: Found | undefined) => {
    if (item === undefined) return
    close()
    location.hash = item.href
  }
  useEffect(() => {
    input.current?.focus()
    void loadTokens()
  }, [])
  return (
    <Dialog title="Find" onClose={close}>
      <div class="stack-tight">
        <input
          ref={input}
          class="input"
          role="combobox"
          aria-label="Action, token or page"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-found`}
          aria-activedescendant={found.length > 0 ? `${id}-${at.value}` : undefined}
          placeholder="Action, token or page"
          autocomplete="off"
          spellcheck={false}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value
            at.value = 0
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              at.value = Math.max(0, Math.min(found.length - 1, at.value + (event.key === 'ArrowDown' ? 1 : -1)))
              document.getElementById(`${id}-${at.value}`)?.scrollIntoView({ block: 'nearest' })
            } else if (event.key === 'Enter') {
              event.preventDefault()
              visit(found[at.value])
            }
          }}
        />
        <ul class="options" style={{ position: 'static' }} id={`${id}-found`} role="listbox" aria-label="Found">
          {found.map((item, index) => (
            <li
              key={item.href}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at.value}
              onClick={() => visit(item)}
            >
              <span class={item.kind === 'page' ? undefined : 'mono'}>{item.title}</span>
              <span class="muted small">{item.kind}</span>
            </li>
          ))}
        </ul>
        {found.length === 0 && <p class="muted">Nothing has a name like that.</p>}
      </div>
    </Dialog>
  )
}
