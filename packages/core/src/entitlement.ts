import { firstPrivilegeText, hasPrivilegeFlag, privilegeValues } from './privileges.ts'
import type { Session } from './session.ts'

/** What a session may see of an account that has entitlement on. */
export interface Entitlement {
  readonly userId?: string | undefined
  /** Of the categories that it sees besides those without one. */
  readonly context?: string | undefined
  /** Entries that it is lifted for. */
  readonly entryIds: readonly string[]
}

const FEATURE = 'FEATURE_ENTITLEMENT'

/**
 * Undefined where nothing is kept from the session: the account has no entitlement, or the session lifts it. To switch it on
 * in the session goes before switching it off. ADMIN sessions are no exception.
 */
export function entitlementOf(session: Session | undefined, features: readonly string[]): Entitlement | undefined {
  if (!features.includes(FEATURE)) return undefined
  if (session === undefined) return { entryIds: [] }
  if (!hasPrivilegeFlag(session, 'enableentitlement') && hasPrivilegeFlag(session, 'disableentitlement')) {
    return undefined
  }
  return {
    userId: session.userId,
    context: firstPrivilegeText(session, 'privacycontext'),
    entryIds: privilegeValues(session, 'disableentitlementforentry') ?? [],
  }
}
