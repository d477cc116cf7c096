import type { Signal } from '@preact/signals'
import { secretDraft } from '../../app/kept.ts'
import { Select, TextArea, TextField } from '../../parts/controls.tsx'
import { Disclosure } from '../../parts/layout.tsx'
import { countOf } from '../../parts/words.ts'
import type { FormField } from './fields.ts'

/**
 * What was typed into the field of an action. Kept as a secret is, since any of them may hold one: in memory, and over a
 * reload only where the person chose so.
 */
export function typedAt(action: string, path: string): Signal<string> {
  return secretDraft(`api.${action}.${path}`)
}

export interface FieldsProps {
  readonly action: string
  readonly fields: readonly FormField[]
  /** By path; shown once somebody has tried to send. */
  readonly problems: ReadonlyMap<string, string>
}

export function Fields({ action, fields, problems }: FieldsProps) {
  const simple = fields.filter((field) => field.fields === undefined)
  const groups = fields.filter((field) => field.fields !== undefined)
  return (
    <div class="stack">
      {simple.length > 0 && (
        <div class="fields">
          {simple.map((field) => (
            <OneField key={field.path} action={action} field={field} wrong={problems.get(field.path)} />
          ))}
        </div>
      )}
      {groups.map((field) => (
        <Group key={field.path} action={action} field={field} problems={problems} />
      ))}
    </div>
  )
}

function Group({
  action,
  field,
  problems,
}: {
  readonly action: string
  readonly field: FormField
  readonly problems: ReadonlyMap<string, string>
}) {
  const fields = field.fields ?? []
  const isWrong = [...problems.keys()].some((path) => path === field.path || path.startsWith(`${field.path}.`))
  return (
    <fieldset class="api-group">
      <legend class="unseen">{field.name}</legend>
      <Disclosure
        open={field.isRequired || isWrong || (fields.length <= 4 && field.path === field.name)}
        summary={
          <>
            <span class="mono">{field.name}</span>{' '}
            <span class="muted">
              {field.isRequired && 'required · '}
              {field.typeText} · {countOf(fields.length, 'field')}
            </span>
          </>
        }
      >
        <div class="stack-tight">
          {field.about !== '' && <p class="small muted">{field.about}</p>}
          {problems.has(field.path) && <p class="api-wrong small">{problems.get(field.path)}</p>}
          <Fields action={action} fields={fields} problems={problems} />
        </div>
      </Disclosure>
    </fieldset>
  )
}

function OneField({
  action,
  field,
  wrong,
}: {
  readonly action: string
  readonly field: FormField
  readonly wrong: string | undefined
}) {
  const { name, type, path, isRequired } = field
  const value = typedAt(action, path)
  const label = isRequired ? `${name} (required)` : name
  const hint = hintOf(field)
  if (field.choices !== undefined || type === 'bool') {
    const choices = field.choices ?? [
      { value: 'true', title: 'yes' },
      { value: 'false', title: 'no' },
    ]
    const left = field.fallback === undefined ? 'left out' : `left out: ${titleIn(choices, field.fallback)}`
    return (
      <Select
        label={label}
        value={value.value}
        hint={hint}
        wrong={wrong}
        choices={[{ id: '', title: left }, ...choices.map((choice) => ({ id: choice.value, title: choice.title }))]}
        onChange={(id) => (value.value = id)}
      />
    )
  }
  if (typeof type !== 'string') {
    return (
      <TextArea
        label={label}
        value={value}
        hint={hint}
        wrong={wrong}
        mono
        rows={2}
        placeholder={'array' in type ? '[ ]' : '{ }'}
      />
    )
  }
  const isNumber = type === 'int' || type === 'bigint' || type === 'time' || type === 'float'
  return (
    <TextField
      label={label}
      value={value}
      hint={hint}
      wrong={wrong}
      mono
      type={/^(secret|password|adminSecret)$/i.test(name) ? 'password' : 'text'}
      {...(isNumber && { inputMode: 'numeric' })}
      {...(field.fallback !== undefined && { placeholder: field.fallback })}
    />
  )
}

function titleIn(choices: readonly { readonly value: string; readonly title: string }[], value: string): string {
  return choices.find((choice) => choice.value === value)?.title ?? value
}

function hintOf({ typeText, about, fallback, choices, type }: FormField): string {
  const left =
    fallback === undefined || choices !== undefined || type === 'bool' ? '' : ` Left out it is ${fallback || 'empty'}.`
  return `${typeText}${about === '' ? '' : ` · ${about}`}${left}`
}
