import type { DroppedPermission, PermissionOrigin, RoleSource } from './held-permissions.ts'
import type { SessionKind } from './session.ts'
import type { EpochSeconds } from './time.ts'

/** Whether a call is let through, with what opened it or the one reason against it. */
export type Decision =
  | {
      readonly effect: 'allow'
      /** A permission's name; `public` where no session is needed, `session` where any will do. */
      readonly openedBy: string
    }
  | { readonly effect: 'deny'; readonly reason: DenyReason }

export interface HeldPermission {
  readonly permission: string
  readonly from: PermissionOrigin
}

/** Closed: what a call can be refused for before its action is reached. */
export type DenyReason =
  | {
      readonly code: 'no-session'
      readonly needed: readonly string[]
      /** What every call holds. */
      readonly held?: readonly HeldPermission[] | undefined
    }
  | { readonly code: 'malformed' }
  | { readonly code: 'bad-signature' }
  | { readonly code: 'expired'; readonly expiredAt: EpochSeconds }
  /** `isPaused`: only for as long as its app token is paused. */
  | { readonly code: 'revoked'; readonly isPaused?: boolean | undefined }
  | {
      readonly code: 'address-not-allowed'
      readonly address?: string | undefined
      readonly allowed: readonly string[]
      readonly isOfToken?: boolean | undefined
    }
  | { readonly code: 'uri-not-allowed'; readonly allowed: string }
  /** `isNumber` is false where the limit itself is given as no positive number. */
  | { readonly code: 'actions-limit-used-up'; readonly limit: string; readonly isNumber: boolean }
  | { readonly code: 'wrong-partner'; readonly own: number; readonly requested: number }
  /** Also for an account that does not exist, and for an action that the account blocks. */
  | {
      readonly code: 'partner-blocked'
      readonly partnerId: number
      readonly isKnown: boolean
      /** Only this action is refused, and others like it. */
      readonly isForAction?: true | undefined
      /** Of the account's block list; absent where it is blocked for being read-only. */
      readonly pattern?: string | undefined
    }
  | { readonly code: 'user-blocked'; readonly userId: string }
  | {
      readonly code: 'role-unknown'
      readonly role: string
      /** A number below zero. */
      readonly isInvalid: boolean
      /** Who named it, where that was not `setrole`. */
      readonly namedBy?: 'user' | 'restrictingrole' | 'account' | undefined
    }
  | PermissionMissing
  /** Its permissions would open the action, but the session was made for others only. `scope` is what would do. */
  | { readonly code: 'out-of-scope'; readonly scope: string; readonly allowed: readonly string[] }
  | { readonly code: 'feature-off'; readonly feature: string; readonly plugin: string }
  /** No permission of an ordinary account opens it. */
  | { readonly code: 'never-open'; readonly kind: 'internal' | 'rowless' }
  | { readonly code: 'entry-not-owned'; readonly privilege: string }
  | { readonly code: 'entry-not-visible'; readonly id: string }
  | { readonly code: 'transport-refused' }
  | { readonly code: 'rate' }

export type DenyCode = DenyReason['code']

/** @see permission-missing.ts, which makes it */
export interface PermissionMissing {
  readonly code: 'permission-missing'
  readonly kind: SessionKind
  readonly needed: readonly string[]
  readonly held: readonly HeldPermission[]
  readonly source: RoleSource['from']
  readonly dropped: readonly DroppedPermission[]
  readonly removed?: readonly string[] | undefined
}
