import { useId } from 'preact/hooks'

export interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  readonly onInput: (text: string) => void
}

/** A search whose words stand in the address, and so are no signal. */
export function SearchField({ label, value, placeholder, onInput }: SearchFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="search"
        value={value}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  )
}
