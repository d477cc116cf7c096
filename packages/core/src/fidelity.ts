import { hasPrivilege, hasPrivilegeInText, type PrivilegeHolder } from './privileges.ts'
import { isWidgetSession, looksLikeWidgetSession } from './session-kind.ts'

/**
 * `mended`: the original's faults that only hurt are not there. `vendor`: they are, so that an integration can be
 * rehearsed against what it will meet; what would leak a secret stays mended.
 */
export type Fidelity = 'mended' | 'vendor'

/** Where core decides otherwise in one of the two. Each is a row of docs/reference/compatibility.md. */
export interface CoreFidelity {
  /** Whether a grant covers a value. */
  readonly hasPrivilege: (holder: PrivilegeHolder, name: string, value: string) => boolean
  readonly isWidgetSession: typeof isWidgetSession
  /** Whether what would not be read back as it was written is refused or dropped, rather than written. */
  readonly checksWhatIsWritten: boolean
  /** Whether no request replaces the privileges that a session is revoked by. */
  readonly keepsSessionInGroup: boolean
  /** Whether the ownership gate answers a call without a session as any other gate does. */
  readonly gateKnowsNoSession: boolean
}

export const CORE_FIDELITY: Readonly<Record<Fidelity, CoreFidelity>> = {
  mended: {
    hasPrivilege,
    isWidgetSession,
    checksWhatIsWritten: true,
    keepsSessionInGroup: true,
    gateKnowsNoSession: true,
  },
  vendor: {
    hasPrivilege: hasPrivilegeInText,
    isWidgetSession: looksLikeWidgetSession,
    checksWhatIsWritten: false,
    keepsSessionInGroup: false,
    gateKnowsNoSession: false,
  },
}
