import type { Signal } from '@preact/signals'
import { Button, TextArea, TextField } from './controls.tsx'
import { HashWork } from './hash-work.tsx'
import './hash-question.css'

export interface HashQuestionProps {
  readonly session: Signal<string>
  readonly value: Signal<string>
  readonly tokenId: Signal<string>
  readonly hashType: Signal<string>
  /** What a tool made. */
  readonly received: Signal<string>
  readonly isValueShown: Signal<boolean>
  readonly hasHelp?: boolean
}

/** The two inputs of a hash, as they are pasted: with every blank and line end, since those are what goes wrong. */
export function HashQuestion({
  session,
  value,
  tokenId,
  hashType,
  received,
  isValueShown,
  hasHelp,
}: HashQuestionProps) {
  return (
    <div class="stack-tight">
      <TextArea
        label="Session string"
        value={session}
        mono
        rows={3}
        placeholder="djJ8…"
        hint="The ks that session.startWidgetSession answered, whole, with its = at the end."
      />
      <div class="fields">
        <div class="stack-tight" data-concealed={!isValueShown.value}>
          <TextArea
            label="Token value"
            value={value}
            mono
            rows={1}
            hint={
              <Button
                kind="link"
                pressed={isValueShown.value}
                label={`${isValueShown.value ? 'Hide' : 'Show'} the token value`}
                onClick={() => (isValueShown.value = !isValueShown.value)}
              >
                {isValueShown.value ? 'Hide' : 'Show'}
              </Button>
            }
          />
        </div>
        <TextField
          label="Token id, if you have it"
          value={tokenId}
          mono
          placeholder="0_k3v9x2mq"
          hint="Only to notice where it was hashed in place of the value."
        />
      </div>
      <HashWork
        session={session}
        value={value}
        hashType={hashType}
        tokenId={tokenId.value.trim() === '' ? undefined : tokenId.value.trim()}
        received={received}
        isValueShown={isValueShown.value}
        hasHelp={hasHelp ?? true}
      />
    </div>
  )
}
