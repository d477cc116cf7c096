import type { Outcome } from '../connect/outcome.ts'

/** Whether a refusal says that the server has no services of ours, rather than that this one may not be called. */
export function lacksOurs(outcome: Outcome): boolean {
  if (outcome.kind !== 'refused' || outcome.refusal.told !== undefined) return false
  // The original looks for a permission before it looks for the service.
  return /^(SERVICE|ACTION)_DOES_NOT_EXISTS?$|^SERVICE_FORBIDDEN$/.test(outcome.refusal.code)
}
