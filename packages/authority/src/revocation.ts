import type { EpochSeconds, Primitives } from '@latchkey/core'
import { groupKey } from '@latchkey/core'
import type { Revocation } from './ports.ts'

/**
 * Ends every session that an app token gave or will give. It has no end of its own: a session's life is fixed when it is
 * issued, and a later change of the token cannot be allowed to outlive this.
 */
export function groupRevocation(
  primitives: Primitives,
  partnerId: number,
  tokenId: string,
  now: EpochSeconds,
): Revocation {
  return { key: groupKey(primitives, partnerId, tokenId), kind: 'group', createdAt: now }
}
