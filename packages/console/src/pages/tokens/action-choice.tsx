import type { ActionEffect } from '@latchkey/core'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Button, Segmented, TextArea, TextField } from '../../parts/controls.tsx'
import { Chip, Disclosure, Note } from '../../parts/layout.tsx'
import { NotLoaded } from '../../parts/not-loaded.tsx'
import { toast } from '../../parts/toast.tsx'
import { countOf } from '../../parts/words.ts'
import { type PastedActions, readAnything } from '../access/pasted-actions.ts'
import { SENSITIVITY_WORDS, searchTree, type TreeAction, type TreeService, withNames } from './action-tree.ts'
import { DropChoice } from './drop-choice.tsx'
import { actionsNamed, countsInWords, countsOf } from './presets.ts'

export interface ActionChoiceProps {
  /** `service.action` */
  readonly chosen: readonly string[]
  readonly onChange: (names: readonly string[]) => void
}

const EFFECTS = [
  { id: 'all', title: 'All' },
  { id: 'read', title: 'Reads' },
  { id: 'write', title: 'Writes' },
  { id: 'delete', title: 'Deletes' },
] as const

/** So many actions that were found stand open; more would be a long way to scroll. */
const MOST_OPEN = 60

/** One action after the other, by service, with a search; or a list that was pasted. */
export function ActionChoice({ chosen, onChange }: ActionChoiceProps) {
  const typed = useSignal('')
  const effect = useSignal<ActionEffect | 'all'>('all')
  const set = useMemo(() => new Set(chosen), [chosen])
  const shown = useMemo(
    () => searchTree(typed.value, effect.value === 'all' ? undefined : effect.value),
    [typed.value, effect.value],
  )
  const isSearch = typed.value.trim() !== ''
  const names = shown.flatMap(({ actions }) => actions.map(({ name }) => name))
  return (
    <div class="stack-tight">
      <div class="spread" role="status">
        <p>
          {chosen.length === 0 ? (
            'Nothing chosen yet.'
          ) : (
            <>
              <strong>{countOf(chosen.length, 'action')} chosen:</strong>{' '}
              {countsInWords(countsOf(actionsNamed(chosen)))}
            </>
          )}
        </p>
        {chosen.length > 0 && <DropChoice title="Choose none" onDrop={() => onChange([])} />}
      </div>
      <Sensitive chosen={chosen} />
      <div class="tok-find">
        <TextField label="Find actions" type="search" value={typed} placeholder="media list" />
        <Segmented
          label="Which actions"
          choices={EFFECTS}
          chosen={[effect.value]}
          onChoose={(id) => (effect.value = id)}
        />
      </div>
      {isSearch && names.length > 0 && (
        <div class="spread">
          <p class="small muted">{countOf(names.length, 'action')} found</p>
          <Button kind="link" onClick={() => onChange(withNames(chosen, names, !names.every((name) => set.has(name))))}>
            {names.every((name) => set.has(name)) ? 'Take these away' : 'Choose all of these'}
          </Button>
        </div>
      )}
      <div class="tok-tree" tabIndex={0} role="group" aria-label="Actions by service">
        {shown.length === 0 && <p class="muted">No action has a name like that.</p>}
        {shown.map((service) => (
          <ServiceRows
            key={service.service}
            service={service}
            chosen={set}
            isOpen={isSearch && names.length <= MOST_OPEN}
            onToggle={(toggled, isIn) => onChange(withNames(chosen, toggled, isIn))}
          />
        ))}
      </div>
      <Paste onTake={(pasted) => onChange(withNames(chosen, pasted, true))} />
    </div>
  )
}

interface ServiceRowsProps {
  readonly service: TreeService
  readonly chosen: ReadonlySet<string>
  readonly isOpen: boolean
  readonly onToggle: (names: readonly string[], isIn: boolean) => void
}

function ServiceRows({ service: { service, actions }, chosen, isOpen, onToggle }: ServiceRowsProps) {
  const opened = useSignal<boolean | undefined>(undefined)
  const isShown = opened.value ?? isOpen
  const count = actions.filter(({ name }) => chosen.has(name)).length
  const isAll = count === actions.length
  return (
    <div class="tok-branch">
      <div class="tok-branch-head">
        <input
          type="checkbox"
          aria-label={`All ${actions.length} of ${service}`}
          checked={isAll}
          ref={(element) => {
            // Only a script can set it.
            if (element !== null) element.indeterminate = count > 0 && !isAll
          }}
          onChange={() =>
            onToggle(
              actions.map(({ name }) => name),
              !isAll,
            )
          }
        />
        <button type="button" aria-expanded={isShown} onClick={() => (opened.value = !isShown)}>
          <span class="small muted" aria-hidden="true">
            {isShown ? '▾' : '▸'}
          </span>
          <span class="mono">{service}</span>{' '}
          <span class="small muted">
            {count === 0 ? countOf(actions.length, 'action') : `${count} of ${countOf(actions.length, 'action')}`}
          </span>
        </button>
      </div>
      {isShown && (
        <ul class="tok-leaves">
          {actions.map((action) => (
            <Leaf key={action.name} action={action} isIn={chosen.has(action.name)} onToggle={onToggle} />
          ))}
        </ul>
      )}
    </div>
  )
}

interface LeafProps {
  readonly action: TreeAction
  readonly isIn: boolean
  readonly onToggle: ServiceRowsProps['onToggle']
}

function Leaf({ action: { name, action, effect, sensitivity }, isIn, onToggle }: LeafProps) {
  return (
    <li>
      <label class="check">
        <input
          type="checkbox"
          checked={isIn}
          onChange={(event) => onToggle([name], event.currentTarget.checked)}
          aria-label={`${name}, ${effect}${sensitivity === undefined ? '' : `, ${SENSITIVITY_WORDS[sensitivity]}`}`}
        />
        <span>
          <span class="mono">{action}</span>{' '}
          {effect !== 'read' && <Chip tone={effect === 'delete' ? 'bad' : 'warn'}>{effect}</Chip>}{' '}
          {sensitivity !== undefined && <Chip tone="bad">{SENSITIVITY_WORDS[sensitivity]}</Chip>}
        </span>
      </label>
    </li>
  )
}

/** Chosen actions that are as good as more than they say. */
function Sensitive({ chosen }: { readonly chosen: readonly string[] }) {
  const found = searchTree('').flatMap(({ actions }) =>
    actions.filter(({ name, sensitivity }) => sensitivity !== undefined && chosen.includes(name)),
  )
  if (found.length === 0) return null
  return (
    <Note tone="warn">
      <strong>Think twice:</strong>{' '}
      {found
        .slice(0, 6)
        .map(({ name, sensitivity }) => `${name} ${sensitivity === undefined ? '' : SENSITIVITY_WORDS[sensitivity]}`)
        .join(', ')}
      {found.length > 6 && ` and ${found.length - 6} more`}. Whoever holds the token may get at more than these actions.
    </Note>
  )
}

function Paste({ onTake }: { readonly onTake: (names: readonly string[]) => void }) {
  const text = useSignal('')
  const seen = useSignal<PastedActions | undefined>(undefined)
  const isReaderMissing = useSignal(false)
  const read = (value: string) =>
    readAnything(value).then(
      (found) => {
        if (text.peek() === value) seen.value = found
      },
      () => {
        isReaderMissing.value = true
      },
    )
  const found = text.value.trim() === '' ? undefined : seen.value
  return (
    <Disclosure summary="Paste a list">
      <div class="stack-tight">
        <TextArea
          label="Names of actions, curl lines or a browser’s archive of calls"
          mono
          value={text}
          placeholder="media.list, media.get"
          onInput={(value) => void read(value)}
        />
        {isReaderMissing.value && <NotLoaded what="What reads it" />}
        {found !== undefined && found.unknown.length > 0 && (
          <p class="small">
            Not in the catalogue, left out: <span class="mono">{found.unknown.join(', ')}</span>
          </p>
        )}
        {found !== undefined && found.actions.length === 0 && found.unknown.length === 0 && (
          <p class="small muted">There is no name of an action in it.</p>
        )}
        {found !== undefined && found.actions.length > 0 && (
          <div class="row">
            <Button
              onClick={() => {
                onTake(found.actions)
                toast(`Chose ${countOf(found.actions.length, 'action')} of the list.`)
                text.value = ''
                seen.value = undefined
              }}
            >
              {`Choose ${countOf(found.actions.length, 'action')}`}
            </Button>
          </div>
        )}
      </div>
    </Disclosure>
  )
}
