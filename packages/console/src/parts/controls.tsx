import type { Signal } from '@preact/signals'
import type { ComponentChildren, TargetedKeyboardEvent, TargetedMouseEvent } from 'preact'
import { useId } from 'preact/hooks'

export interface ButtonProps {
  readonly kind?: 'primary' | 'plain' | 'danger' | 'link'
  /** Shows that it has begun, and takes no second press meanwhile. */
  readonly busy?: boolean
  /** Why it cannot be pressed; it can where this is left out. */
  readonly blocked?: string | undefined
  readonly onClick: (event: TargetedMouseEvent<HTMLButtonElement>) => unknown
  readonly children: ComponentChildren
  readonly label?: string | undefined
  readonly expanded?: boolean | undefined
  readonly pressed?: boolean | undefined
  readonly submit?: boolean
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', busy = false, blocked, onClick, children, label, expanded, pressed, submit = false } = props
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class="button"
      data-kind={kind}
      disabled={blocked !== undefined}
      title={blocked}
      aria-label={label}
      aria-busy={busy}
      aria-expanded={expanded}
      aria-pressed={pressed}
      onClick={(event) => {
        if (submit) return
        event.stopPropagation()
        if (!busy) onClick(event)
      }}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
    </button>
  )
}

export interface FieldProps {
  readonly label: string
  readonly hint?: ComponentChildren
  /** What is wrong with the value: what came, and what is accepted. */
  readonly wrong?: string | undefined
}

interface FieldParts extends FieldProps {
  readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ComponentChildren
}

/** A label, a control, and what is to be said about it. */
export function Field({ label, hint, wrong, children }: FieldParts) {
  const id = useId()
  const describedBy = wrong ? `${id}-wrong` : hint ? `${id}-hint` : undefined
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, describedBy })}
      {wrong ? (
        <p class="wrong" role="alert" id={`${id}-wrong`}>
          {wrong}
        </p>
      ) : (
        hint && (
          <p class="hint" id={`${id}-hint`}>
            {hint}
          </p>
        )
      )}
    </div>
  )
}

export interface TextFieldProps extends FieldProps {
  readonly value: Signal<string>
  readonly placeholder?: string
  readonly type?: 'text' | 'password' | 'number' | 'url' | 'search' | 'datetime-local'
  readonly mono?: boolean
  readonly autocomplete?: string
  readonly onEnter?: (() => void) | undefined
  readonly onInput?: ((value: string) => void) | undefined
  readonly onFocus?: (() => void) | undefined
  readonly onBlur?: (() => void) | undefined
  readonly list?: readonly string[]
  readonly inputMode?: 'numeric' | 'text' | 'url'
  readonly disabled?: boolean
}

export function TextField(props: TextFieldProps) {
  const { value, placeholder, type = 'text', mono = false, autocomplete = 'off', onEnter, onInput, list } = props
  return (
    <Field {...props}>
      {({ id, describedBy }) => (
        <>
          <input
            id={id}
            class={mono ? 'input mono' : 'input'}
            // One union of Preact's a type; what is said here holds for all of them.
            type={type as 'text'}
            value={value.value}
            placeholder={placeholder}
            autocomplete={autocomplete}
            spellcheck={false}
            disabled={props.disabled}
            inputMode={props.inputMode}
            list={list === undefined ? undefined : `${id}-list`}
            aria-invalid={props.wrong ? true : undefined}
            aria-describedby={describedBy}
            onFocus={props.onFocus}
            onBlur={props.onBlur}
            onInput={(event) => {
              value.value = event.currentTarget.value
              onInput?.(event.currentTarget.value)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && onEnter !== undefined && !event.isComposing) {
                event.preventDefault()
                onEnter()
              }
            }}
          />
          {list !== undefined && (
            <datalist id={`${id}-list`}>
              {list.map((item) => (
                <option key={item} value={item} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  )
}

export interface TextAreaProps extends FieldProps {
  readonly value: Signal<string>
  readonly placeholder?: string
  readonly mono?: boolean
  readonly rows?: number
  readonly onInput?: ((value: string) => void) | undefined
}

export function TextArea({ value, placeholder, mono = false, rows = 3, onInput, ...field }: TextAreaProps) {
  return (
    <Field {...field}>
      {({ id, describedBy }) => (
        <textarea
          id={id}
          class={mono ? 'input mono' : 'input'}
          rows={rows}
          // A field that grows with its content takes no notice of `rows`.
          style={{ minHeight: `max(34px, calc(${rows} * 1.45em + 14px))` }}
          value={value.value}
          placeholder={placeholder}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={field.wrong ? true : undefined}
          aria-describedby={describedBy}
          onInput={(event) => {
            value.value = event.currentTarget.value
            onInput?.(event.currentTarget.value)
          }}
        />
      )}
    </Field>
  )
}

export interface Choice<Id extends string = string> {
  readonly id: Id
  readonly title: string
}

export interface SelectProps<Id extends string> extends FieldProps {
  readonly value: Id
  readonly choices: readonly Choice<Id>[]
  readonly onChange: (id: Id) => void
}

export function Select<Id extends string>({ value, choices, onChange, ...field }: SelectProps<Id>) {
  return (
    <Field {...field}>
      {({ id, describedBy }) => (
        <select
          id={id}
          class="input"
          value={value}
          aria-describedby={describedBy}
          onChange={(event) => {
            const chosen = choices.find((choice) => choice.id === event.currentTarget.value)
            if (chosen !== undefined) onChange(chosen.id)
          }}
        >
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.title}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export interface CheckProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ComponentChildren
  readonly disabled?: boolean
}

export function Check({ checked, onChange, children, disabled }: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  )
}

export interface SegmentedProps<Id extends string> {
  readonly label: string
  readonly choices: readonly Choice<Id>[]
  /** The chosen ones: one, or several where it is a set of switches. */
  readonly chosen: readonly Id[]
  readonly onChoose: (id: Id) => void
}

export function Segmented<Id extends string>({ label, choices, chosen, onChoose }: SegmentedProps<Id>) {
  return (
    <div class="segmented" role="group" aria-label={label}>
      {choices.map(({ id, title }) => (
        <button key={id} type="button" aria-pressed={chosen.includes(id)} onClick={() => onChoose(id)}>
          {title}
        </button>
      ))}
    </div>
  )
}

export interface TabsProps<Id extends string> {
  readonly label: string
  readonly choices: readonly Choice<Id>[]
  readonly chosen: Id | undefined
  readonly onChoose: (id: Id) => void
  /** Of the element that holds what the chosen tab shows. */
  readonly panelId: string
}

/** Arrow keys move among them, as in any list of tabs. */
export function Tabs<Id extends string>({ label, choices, chosen, onChoose, panelId }: TabsProps<Id>) {
  const move = (event: TargetedKeyboardEvent<HTMLButtonElement>, at: number) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (at + step + choices.length) % choices.length
    const choice = choices[next]
    if (choice !== undefined) onChoose(choice.id)
    const tab = event.currentTarget.parentElement?.children[next]
    if (tab instanceof HTMLElement) tab.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label={label}>
      {choices.map(({ id, title }, at) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === chosen}
          aria-controls={id === chosen ? panelId : undefined}
          tabIndex={id === chosen || (chosen === undefined && at === 0) ? 0 : -1}
          onClick={(event) => {
            onChoose(id)
            // On a narrow screen it may be half out of sight.
            event.currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })
          }}
          onKeyDown={(event) => move(event, at)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
