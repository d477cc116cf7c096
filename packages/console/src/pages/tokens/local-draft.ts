import { signal } from '@preact/signals'
import type { SettingsDraft } from './new-state.ts'
import type { TypedSettings } from './settings.ts'

/** Fields of a form that is open on a token; gone when it is closed. */
export function localDraft(from: TypedSettings): SettingsDraft {
  return {
    description: signal(from.description),
    type: signal(from.type),
    userId: signal(from.userId),
    hashType: signal(from.hashType),
    expiry: signal(from.expiry),
    expiryDate: signal(from.expiryDate),
    duration: signal(from.duration),
    durationOther: signal(from.durationOther),
    privileges: signal(from.privileges),
    labels: signal(from.labels),
    note: signal(from.note),
    addresses: signal(from.addresses),
    rate: signal(from.rate),
  }
}
