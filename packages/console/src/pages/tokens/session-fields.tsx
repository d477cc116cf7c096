import { useId } from 'preact/hooks'
import { Select, TextField } from '../../parts/controls.tsx'
import { HASH_CHOICES, hashTypeOf } from '../../parts/hash.ts'
import { Disclosure } from '../../parts/layout.tsx'
import type { SettingsDraft } from './new-state.ts'
import { seesAll, type TypedSettings } from './settings.ts'

export interface SessionFieldsProps {
  readonly typed: SettingsDraft
  readonly wrong: Readonly<Partial<Record<keyof TypedSettings, string>>>
  /** A role limits what it may call. */
  readonly hasRole: boolean
  /** The privileges are all that it has, its role among them, rather than what comes on top of that. */
  readonly isWhole?: boolean
  /** What an empty user stands for. */
  readonly noUser?: string
}

const EXPIRY = [
  { id: 'never', title: 'Never' },
  { id: '30', title: 'In 30 days' },
  { id: '90', title: 'In 90 days' },
  { id: '365', title: 'In a year' },
  { id: 'date', title: 'On a date…' },
] as const

const DURATION = [
  { id: '3600', title: '1 hour' },
  { id: '86400', title: '1 day' },
  { id: '604800', title: '7 days' },
  { id: 'other', title: 'Other…' },
] as const

/** What sessions of a token are: type, user, how long. */
export function SessionFields({ typed, wrong, hasRole, isWhole = !hasRole, noUser = 'nobody' }: SessionFieldsProps) {
  return (
    <div class="stack">
      <TypeChoice typed={typed} hasRole={hasRole} />
      <div class="fields">
        <TextField
          label="User"
          value={typed.userId}
          wrong={wrong.userId}
          placeholder={noUser}
          hint="Whose sessions it starts. A user who is not there yet is made."
        />
        <Select
          label="Expires"
          value={EXPIRY.find(({ id }) => id === typed.expiry.value)?.id ?? 'never'}
          choices={EXPIRY}
          onChange={(id) => (typed.expiry.value = id)}
        />
        {typed.expiry.value === 'date' && (
          <TextField label="On" type="datetime-local" value={typed.expiryDate} wrong={wrong.expiryDate} />
        )}
        <Select
          label="A session lives up to"
          value={DURATION.find(({ id }) => id === typed.duration.value)?.id ?? '86400'}
          choices={DURATION}
          onChange={(id) => (typed.duration.value = id)}
        />
        {typed.duration.value === 'other' && (
          <TextField
            label="Seconds"
            value={typed.durationOther}
            wrong={wrong.durationOther}
            inputMode="numeric"
            placeholder="3600"
          />
        )}
      </div>
      <Disclosure summary="Advanced" open={typed.privileges.value !== '' || typed.hashType.value !== 'SHA256'}>
        <div class="fields">
          <Select
            label="Hash type"
            value={hashTypeOf(typed.hashType.value)}
            choices={HASH_CHOICES}
            hint={
              hashTypeOf(typed.hashType.value) === 'SHA256' || hashTypeOf(typed.hashType.value) === 'SHA512'
                ? 'How the tool hashes session and value at login.'
                : 'Weak, and only for tools that know nothing better.'
            }
            onChange={(id) => (typed.hashType.value = id)}
          />
          <TextField
            label={isWhole ? 'Privileges' : 'More privileges'}
            mono
            value={typed.privileges}
            wrong={wrong.privileges}
            placeholder="sview:*,actionslimit:100"
            hint={isWhole ? 'Such as setrole, iprestrict or actionslimit.' : 'Added behind the role that it gets.'}
          />
        </div>
      </Disclosure>
    </div>
  )
}

function TypeChoice({ typed, hasRole }: Pick<SessionFieldsProps, 'typed' | 'hasRole'>) {
  const prefix = useId()
  const choices = [
    {
      id: '2',
      title: 'ADMIN',
      about: hasRole
        ? 'Sees the entries of everybody. What it may call is limited by its role.'
        : 'Sees the entries of everybody and may call everything: there is no role.',
    },
    {
      id: '0',
      title: 'USER',
      about: seesAll(0, typed.privileges.value)
        ? 'Sees the entries of everybody, by the privilege list:*; changes only those of its user.'
        : typed.userId.value.trim() === ''
          ? 'Sees only entries of its user, and no user is named: it will find nothing.'
          : 'Sees and changes only the entries of its user.',
    },
  ]
  return (
    <fieldset class="stack-tight">
      <legend class="legend">Session type</legend>
      <div class="tok-options" data-columns="2">
        {choices.map(({ id, title, about }) => (
          <label key={id} class="tok-option" data-chosen={id === typed.type.value || undefined}>
            <input
              type="radio"
              name="session-type"
              aria-label={title}
              aria-describedby={`${prefix}-${id}`}
              checked={id === typed.type.value}
              onChange={() => (typed.type.value = id)}
            />
            <span>
              <strong>{title}</strong>
              <span class="small muted" id={`${prefix}-${id}`}>
                {about}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
