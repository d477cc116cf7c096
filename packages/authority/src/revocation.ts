import type { AppToken, EpochSeconds, Primitives } from '@latchkey/core'
import { groupKey } from '@latchkey/core'
import type { Deps } from './deps.ts'
import { fidelityOf } from './fidelity.ts'
import type { Revocation } from './ports.ts'

/**
 * Ends every session that an app token gave or will give. It has no end of its own: a session's life is fixed when it is
 * issued, and a later change of the token cannot be allowed to outlive this.
 */
export async function endOfToken(deps: Deps, token: AppToken, now: EpochSeconds): Promise<Revocation> {
  const revocation = groupRevocation(deps.primitives, token.partnerId, token.id, now)
  const { forgetsAfterSeconds } = fidelityOf(deps)
  if (forgetsAfterSeconds === undefined || token.expiresAt === undefined) return revocation
  return firstEnd(deps, { ...revocation, validUntil: token.expiresAt + forgetsAfterSeconds })
}

/** In the original a key that is there keeps the end that it has. */
export async function firstEnd(deps: Deps, revocation: Revocation): Promise<Revocation> {
  const there = await deps.store.revocations.find([revocation.key], revocation.createdAt)
  return there.find(({ kind }) => kind === revocation.kind) ?? revocation
}

/** The end of a token's sessions, without an end of its own. */
export function groupRevocation(
  primitives: Primitives,
  partnerId: number,
  tokenId: string,
  now: EpochSeconds,
): Revocation {
  return { key: groupKey(primitives, partnerId, tokenId), kind: 'group', createdAt: now }
}
