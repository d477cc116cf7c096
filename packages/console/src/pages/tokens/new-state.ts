import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { draft } from '../../app/kept.ts'
import type { Made } from '../../connection/call.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { loadAccount } from '../access/state.ts'
import { type Plan, planFor } from './plan.ts'
import type { KindChoice } from './presets.ts'
import { FIRST_SETTINGS, listIn, type TypedSettings } from './settings.ts'

export type SettingsDraft = Readonly<Record<keyof TypedSettings, Signal<string>>>

const field = (name: keyof TypedSettings) => draft(`tokens.new.${name}`, FIRST_SETTINGS[name])

/** What was typed into the form of a new token; it outlives leaving the page. */
export const newSettings: SettingsDraft = {
  description: field('description'),
  type: field('type'),
  userId: field('userId'),
  hashType: field('hashType'),
  expiry: field('expiry'),
  expiryDate: field('expiryDate'),
  duration: field('duration'),
  durationOther: field('durationOther'),
  privileges: field('privileges'),
  labels: field('labels'),
  note: field('note'),
  addresses: field('addresses'),
  rate: field('rate'),
}

/** Lists with commas. */
export const newServices = draft('tokens.new.services')
export const newActions = draft('tokens.new.actions')

/** After the token was made: the next one begins anew. */
export function forgetDraft(): void {
  fillSettings(newSettings, FIRST_SETTINGS)
  newServices.value = ''
  newActions.value = ''
}

export function typedIn(settings: SettingsDraft): TypedSettings {
  return {
    description: settings.description.value,
    type: settings.type.value,
    userId: settings.userId.value,
    hashType: settings.hashType.value,
    expiry: settings.expiry.value,
    expiryDate: settings.expiryDate.value,
    duration: settings.duration.value,
    durationOther: settings.durationOther.value,
    privileges: settings.privileges.value,
    labels: settings.labels.value,
    note: settings.note.value,
    addresses: settings.addresses.value,
    rate: settings.rate.value,
  }
}

export function fillSettings(settings: SettingsDraft, from: TypedSettings): void {
  settings.description.value = from.description
  settings.type.value = from.type
  settings.userId.value = from.userId
  settings.hashType.value = from.hashType
  settings.expiry.value = from.expiry
  settings.expiryDate.value = from.expiryDate
  settings.duration.value = from.duration
  settings.durationOther.value = from.durationOther
  settings.privileges.value = from.privileges
  settings.labels.value = from.labels
  settings.note.value = from.note
  settings.addresses.value = from.addresses
  settings.rate.value = from.rate
}

export function chosenNames(list: ReadonlySignal<string>): readonly string[] {
  return listIn(list.value)
}

/** A plan and the choice that it is for; `isOld` while the one for another choice is awaited. */
export type PlanState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'trouble'; readonly made: Made }
  | { readonly kind: 'ready'; readonly plan: Plan; readonly isOld: boolean }

const SETTLE_MS = 250
const state = signal<PlanState>({ kind: 'none' })
/** Grows when the same is to be asked again. */
const attempts = signal(0)

/** What the choice comes to, asked a moment after it was last changed. `undefined`: there is nothing to ask about yet. */
export function usePlan(choice: KindChoice | undefined): PlanState {
  const of = choice === undefined ? '' : JSON.stringify([choice, isLatchkey.value, isSignedIn.value])
  useEffect(() => {
    if (choice === undefined) {
      state.value = { kind: 'none' }
      return
    }
    const before = state.peek()
    state.value = before.kind === 'ready' ? { ...before, isOld: true } : { kind: 'loading' }
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      const planned = await planFor(choice, loadAccount, abort.signal)
      if (abort.signal.aborted) return
      state.value =
        'outcome' in planned ? { kind: 'trouble', made: planned } : { kind: 'ready', plan: planned, isOld: false }
    }, SETTLE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [of, attempts.value])
  return state.value
}

export function planAgain(): void {
  state.value = { kind: 'loading' }
  attempts.value += 1
}
