import { CAUSES, type CauseId } from '@latchkey/core'

/** Whether something that was sent is the id of a cause. */
export function isCause(id: string): id is CauseId {
  return Object.hasOwn(CAUSES, id)
}
