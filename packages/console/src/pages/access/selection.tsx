import type { ActionEffect } from '@latchkey/core'
import { refine } from '../../app/router.ts'
import { Button, Check, Segmented } from '../../parts/controls.tsx'
import { chosenEffects } from './access-grid.tsx'
import type { Reading } from './reading.ts'
import { choose, filter, picking, settle } from './state.ts'
import { type Subject, titleOf } from './subject.ts'
import { SubjectPicker } from './subject-picker.tsx'

export interface SelectionProps {
  readonly subject: Subject | undefined
  readonly second: Subject | undefined
  readonly first: Reading | undefined
  readonly other: Reading | undefined
  readonly isOnlyDifferent: boolean
  readonly onOnlyDifferent: (on: boolean) => void
}

const EFFECTS: readonly { readonly id: ActionEffect; readonly title: string }[] = [
  { id: 'read', title: 'Read' },
  { id: 'write', title: 'Write' },
  { id: 'delete', title: 'Delete' },
]

/** Whose access, beside whose, and which part of the grid. */
export function Selection(props: SelectionProps) {
  const { subject, second, first, other, isOnlyDifferent, onOnlyDifferent } = props
  const chosen = chosenEffects()
  const toggle = (id: ActionEffect) => {
    const next = chosen.includes(id) ? chosen.filter((effect) => effect !== id) : [...chosen, id]
    refine({ effects: next.join(',') })
  }
  return (
    <div class="selection">
      <button type="button" class="pick" onClick={() => (picking.value = 'subject')}>
        {subject === undefined ? 'Choose…' : <Named subject={subject} reading={first} />}
      </button>
      <span class="pick-pair">
        <button
          type="button"
          class="pick"
          data-empty={second === undefined || undefined}
          onClick={() => (picking.value = 'with')}
        >
          {second === undefined ? (
            'Compare with…'
          ) : (
            <>
              <span class="muted">with</span> <Named subject={second} reading={other} />
            </>
          )}
        </button>
        {second !== undefined && (
          <Button
            kind="link"
            label="Compare with nothing"
            onClick={({ currentTarget }) => {
              // It goes with what it does; the one before it stays.
              currentTarget.parentElement?.querySelector('button')?.focus()
              choose('with', undefined)
            }}
          >
            ✕
          </Button>
        )}
      </span>
      <label class="pick" data-filter>
        <span class="muted">Filter</span>
        <input
          type="search"
          value={filter.value}
          placeholder="media, user.list"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            filter.value = event.currentTarget.value
            settle()
          }}
        />
      </label>
      {second !== undefined && (
        <Check checked={isOnlyDifferent} onChange={onOnlyDifferent}>
          <span class="small">Only differences</span>
        </Check>
      )}
      <div class="effects">
        <Segmented label="Only actions that" choices={EFFECTS} chosen={chosen} onChoose={toggle} />
      </div>
      {picking.value !== undefined && (
        <SubjectPicker
          title={picking.value === 'subject' ? 'Whose access?' : 'Compare with'}
          onClose={() => (picking.value = undefined)}
          onChoose={(next) => {
            const which = picking.value ?? 'subject'
            picking.value = undefined
            choose(which, next)
          }}
        />
      )}
    </div>
  )
}

function Named({ subject, reading }: { readonly subject: Subject; readonly reading: Reading | undefined }) {
  const { sort, name, id } = reading?.title ?? titleOf(subject)
  return (
    <>
      {sort} {name !== '' && <b dir="auto">{name}</b>} {id !== undefined && <span class="mono">{id}</span>}
    </>
  )
}
