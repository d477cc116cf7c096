import { TextArea, TextField } from '../../parts/controls.tsx'
import type { SettingsDraft } from './new-state.ts'
import type { TypedSettings } from './settings.ts'

export interface NoteFieldsProps {
  readonly typed: Pick<SettingsDraft, 'labels' | 'note' | 'addresses' | 'rate'>
  readonly wrong: Readonly<Partial<Record<keyof TypedSettings, string>>>
}

/** What the original has no place for: what it is for, and where and how often it may be used. */
export function NoteFields({ typed, wrong }: NoteFieldsProps) {
  return (
    <div class="fields">
      <TextField
        label="Labels"
        value={typed.labels}
        wrong={wrong.labels}
        placeholder="etl, nightly"
        hint="With commas between them."
      />
      <TextField
        label="Addresses"
        mono
        value={typed.addresses}
        wrong={wrong.addresses}
        placeholder="203.0.113.7, 10.0.0.0/8"
        hint="It may be used from these only; empty is anywhere."
      />
      <TextField
        label="Starts per minute"
        value={typed.rate}
        wrong={wrong.rate}
        inputMode="numeric"
        placeholder="no limit"
        hint="Sessions that it starts at most."
      />
      <TextArea label="Note" value={typed.note} rows={2} placeholder="Who asked for it, and whom to tell" />
    </div>
  )
}
