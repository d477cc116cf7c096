import type { Entitlement } from '@latchkey/core'
import type { Deps } from './deps.ts'

/** Whether entitlement lets a viewer see an entry. */
export async function isVisible(
  { store }: Pick<Deps, 'store'>,
  partnerId: number,
  entryId: string,
  viewer: Entitlement,
): Promise<boolean> {
  const seen = await store.entries.list(partnerId, { ids: [entryId], visibleTo: viewer }, [], { offset: 0, limit: 1 })
  return seen.total > 0
}
