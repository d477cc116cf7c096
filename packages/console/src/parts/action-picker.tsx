import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { actionMatches } from './action-search.ts'

export interface ActionPickerProps {
  readonly label: string
  /** `service.action`, also one that is not in the catalogue. */
  readonly value: Signal<string>
  readonly onChoose?: ((name: string) => void) | undefined
  readonly hint?: string
}

/** Picks an action of the catalogue by typing parts of its name, or takes one that is not in it. A combobox, as ARIA has it. */
export function ActionPicker({ label, value, onChoose, hint }: ActionPickerProps) {
  const id = useId()
  const isOpen = useSignal(false)
  const at = useSignal(0)
  const input = useRef<HTMLInputElement>(null)
  const matches = isOpen.value ? actionMatches(value.value) : []
  const list = useRef<HTMLUListElement>(null)
  const hasMatches = matches.length > 0
  useEffect(() => {
    // At the end of the window it would open where nobody sees it.
    if (hasMatches) list.current?.scrollIntoView({ block: 'nearest' })
  }, [hasMatches])
  const choose = (name: string) => {
    value.value = name
    isOpen.value = false
    onChoose?.(name)
    input.current?.focus()
  }
  return (
    <div class="field picker">
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        class="input mono"
        role="combobox"
        aria-expanded={matches.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={matches.length > 0 ? `${id}-${at.value}` : undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        autocomplete="off"
        spellcheck={false}
        value={value.value}
        placeholder="media.list"
        onInput={(event) => {
          value.value = event.currentTarget.value
          at.value = 0
          isOpen.value = true
        }}
        onClick={() => (isOpen.value = true)}
        onBlur={() => (isOpen.value = false)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            if (!isOpen.value) isOpen.value = true
            else at.value = Math.max(0, Math.min(matches.length - 1, at.value + (event.key === 'ArrowDown' ? 1 : -1)))
            document.getElementById(`${id}-${at.value}`)?.scrollIntoView({ block: 'nearest' })
          } else if (event.key === 'Enter') {
            event.preventDefault()
            choose(matches[at.value]?.name ?? value.value.trim())
          } else if (event.key === 'Escape' && isOpen.value) {
            event.preventDefault()
            event.stopPropagation()
            isOpen.value = false
          }
        }}
      />
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <ul ref={list} class="options" id={`${id}-list`} role="listbox" aria-label={label} hidden={matches.length === 0}>
        {matches.map(({ name, effect }, index) => (
          <li
            key={name}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at.value}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(name)}
          >
            <span class="mono">{name}</span>
            <span class="muted small">{effect}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
