import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from './controls.tsx'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
  readonly foot?: ComponentChildren
  readonly wide?: boolean
}

/** Modal. Escape closes it, and the focus goes back to where it came from. */
export function Dialog({ title, onClose, children, foot, wide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const from = document.activeElement
    const element = dialog.current
    if (element !== null && !element.open) {
      element.showModal()
      // Left to itself it begins at the button that closes it; what is filled in already needs no typing.
      const fields = [...element.querySelectorAll<HTMLInputElement>('input:not(:disabled), select, textarea')]
      const first = fields.find(({ tagName, value }) => tagName !== 'SELECT' && value === '') ?? fields[0]
      first?.focus()
    }
    return () => {
      element?.close()
      if (from instanceof HTMLElement && from.isConnected) from.focus()
      // What opened it went with what it did: the page begins at its title.
      else document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class="dialog"
      data-wide={wide || undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <Button kind="link" onClick={onClose} label={`Close: ${title}`}>
          Close
        </Button>
      </header>
      {children}
      {foot !== undefined && <footer>{foot}</footer>}
    </dialog>
  )
}
