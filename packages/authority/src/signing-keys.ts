import { createSigningKey, type Primitives, type SigningKey } from '@latchkey/core'
import type { Partner } from './ports.ts'

/** Kept as long as the store gives the same partner again, so a changed secret counts at once. */
const keysOf = new WeakMap<Partner, readonly SigningKey[]>()

/** The partner's admin secrets made ready, the one that signs first. */
export function signingKeys(primitives: Primitives, partner: Partner): readonly [SigningKey, ...SigningKey[]] {
  const kept = keysOf.get(partner)
  if (kept !== undefined && isFilled(kept)) return kept
  const made: readonly [SigningKey, ...SigningKey[]] = [
    createSigningKey(primitives, partner.adminSecret),
    ...partner.additionalAdminSecrets.map((secret) => createSigningKey(primitives, secret)),
  ]
  keysOf.set(partner, made)
  return made
}

function isFilled(keys: readonly SigningKey[]): keys is readonly [SigningKey, ...SigningKey[]] {
  return keys.length > 0
}
