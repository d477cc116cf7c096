import { CORE_FIDELITY, type CoreFidelity, type Fidelity } from '@latchkey/core'

/** Where the use cases do otherwise in one of the two. Each is a row of docs/reference/compatibility.md. */
export interface AuthorityFidelity {
  readonly isVendor: boolean
  readonly core: CoreFidelity
  /** Ending a session ends all with its first session id, for so many seconds; absent is that session only. */
  readonly endsGroupForSeconds?: number | undefined
  /** Whether a widget session is neither revoked nor counted. */
  readonly sparesWidgetSessions: boolean
  /** Whether deleting a user ends the sessions of its app tokens. */
  readonly endsSessionsOfUser: boolean
  /** For so many seconds behind the expiry of a token the end of its sessions holds; absent is without end. */
  readonly forgetsAfterSeconds?: number | undefined
  /** A token without a user is taken only where the account has this feature; absent is everywhere. */
  readonly userlessTokenNeeds?: string | undefined
  /** Whether a widget may give what its maker does not hold. */
  readonly widgetsMayWiden: boolean
  /** Whether an own permission may have any name that has no comma and that nobody has. */
  readonly takesAnyPermissionName: boolean
}

const DAY = 86_400
/** The original's list of what was ended is kept in memory for so long behind its time. */
const GRACE = 600

const FIDELITIES: Readonly<Record<Fidelity, AuthorityFidelity>> = {
  mended: {
    isVendor: false,
    core: CORE_FIDELITY.mended,
    sparesWidgetSessions: false,
    endsSessionsOfUser: true,
    widgetsMayWiden: false,
    takesAnyPermissionName: false,
  },
  vendor: {
    isVendor: true,
    core: CORE_FIDELITY.vendor,
    endsGroupForSeconds: DAY + GRACE,
    sparesWidgetSessions: true,
    endsSessionsOfUser: false,
    forgetsAfterSeconds: GRACE,
    // Whose reports keep a row for what nobody in particular did.
    userlessTokenNeeds: 'FEATURE_END_USER_REPORTS',
    widgetsMayWiden: true,
    takesAnyPermissionName: true,
  },
}

/** The rules of a mode; absent is `mended`. */
export function fidelityOf({ fidelity }: { readonly fidelity?: Fidelity | undefined }): AuthorityFidelity {
  return fidelity === undefined ? FIDELITIES.mended : FIDELITIES[fidelity]
}
