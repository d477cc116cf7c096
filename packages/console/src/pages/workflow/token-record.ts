import { signal } from '@preact/signals'
import { serverNow } from '../../connection/clock.ts'
import { isObject, numberOf, textOf } from '../../connection/json.ts'
import { callSignedIn, isSignedIn } from '../../connection/sign-in.ts'
import { HASH_CHOICES } from '../../parts/hash.ts'
import { typed } from './flow.ts'

/** What the account says about the token in step 2; known only to who is signed in. */
export interface TokenRecord {
  readonly id: string
  readonly hashType: string
  readonly isUsable: boolean
  /** In words, where it is not usable. */
  readonly state: string
}

export const tokenRecord = signal<TokenRecord | undefined>(undefined)

/** Looked up while somebody was at the field of the value: filled in under their hands it would stand there twice. */
let heldBack: { readonly id: string; readonly value: string } | undefined
let isAtValue = false

/** The field of the value has the focus: nothing is put into it but by whoever is there. */
export function arriveAtValue(): void {
  isAtValue = true
}

/** Somebody typed or pasted; what they emptied again stays empty. */
export function typeValue(): void {
  heldBack = undefined
}

/** The field of the value was left; untouched and empty, it gets what was looked up in the meantime. */
export function leaveValue(): void {
  isAtValue = false
  if (heldBack?.id === typed.tokenId.value.trim() && typed.tokenValue.value === '') {
    typed.tokenValue.value = heldBack.value
  }
  heldBack = undefined
}

/** Reads the token of an id, where that can be done, and fills what is known of it. */
export async function lookUpToken(id: string): Promise<void> {
  if (tokenRecord.value?.id !== id) tokenRecord.value = undefined
  if (!isSignedIn.value || !/^\d+_\w{6,}$/.test(id) || tokenRecord.value !== undefined) return
  const { outcome } = await callSignedIn({ service: 'appToken', action: 'get', params: { id } })
  if (outcome.kind !== 'result' || typed.tokenId.value.trim() !== id) return
  takeToken(outcome.value)
}

/** Fills step 2 with a token as the API gives it; a value that is there already stays. */
export function takeToken(token: unknown, isChosen = false): void {
  if (!isObject(token)) return
  const id = textOf(token.id)
  const hashType = textOf(token.hashType)
  const value = textOf(token.token)
  const expiry = numberOf(token.expiry) ?? 0
  const isExpired = expiry > 0 && expiry <= serverNow.value
  const isActive = numberOf(token.status) === 2
  typed.tokenId.value = id
  if (value !== '' && (isChosen || typed.tokenValue.value === '')) {
    if (isAtValue && !isChosen) heldBack = { id, value }
    else typed.tokenValue.value = value
  }
  if (HASH_CHOICES.some((choice) => choice.id === hashType)) typed.hashType.value = hashType
  tokenRecord.value = {
    id,
    hashType,
    isUsable: isActive && !isExpired,
    state: isExpired ? 'expired' : isActive ? 'active' : 'paused or disabled',
  }
}
