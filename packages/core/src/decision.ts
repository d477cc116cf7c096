import type { DroppedPermission, PermissionOrigin, RoleSource } from './held-permissions.ts'
import type { SessionKind } from './session.ts'
import type { EpochSeconds } from './time.ts'

/** Whether a call is let through, with what opened it or the one reason against it. */
export type Decision =
  | {
      readonly effect: 'allow'
      /** Name of a permission; `public` where the service lets the call through without a session. */
      readonly openedBy: string
    }
  | { readonly effect: 'deny'; readonly reason: DenyReason }

export interface HeldPermission {
  readonly permission: string
  readonly from: PermissionOrigin
}

/** Closed: what a call can be refused for before its action is reached. */
export type DenyReason =
  | { readonly code: 'no-session'; readonly needed: readonly string[] }
  | { readonly code: 'malformed' }
  | { readonly code: 'bad-signature' }
  | { readonly code: 'expired'; readonly expiredAt: EpochSeconds }
  | { readonly code: 'revoked' }
  | { readonly code: 'address-not-allowed'; readonly address?: string | undefined; readonly allowed: readonly string[] }
  | { readonly code: 'uri-not-allowed'; readonly allowed: string }
  /** `isNumber` is false where the limit itself is given as no positive number. */
  | { readonly code: 'actions-limit-used-up'; readonly limit: string; readonly isNumber: boolean }
  | { readonly code: 'wrong-partner'; readonly own: number; readonly requested: number }
  /** Also for an account that does not exist. */
  | { readonly code: 'partner-blocked'; readonly partnerId: number; readonly isKnown: boolean }
  | { readonly code: 'user-blocked'; readonly userId: string }
  | {
      readonly code: 'role-unknown'
      readonly role: string
      /** A number below zero. */
      readonly isInvalid: boolean
      /** Who named it, where that was not `setrole`. */
      readonly namedBy?: 'user' | 'restrictingrole' | undefined
    }
  | {
      readonly code: 'permission-missing'
      readonly kind: SessionKind
      readonly needed: readonly string[]
      readonly held: readonly HeldPermission[]
      /** Whose permissions these are, also where only what is always allowed is left of them. */
      readonly source: RoleSource['from']
      /** Of those needed, the ones that the role names and that lack what they depend on. */
      readonly dropped: readonly DroppedPermission[]
    }
  | { readonly code: 'feature-off'; readonly feature: string; readonly plugin: string }
  /** No permission of an ordinary account opens it. */
  | { readonly code: 'never-open'; readonly kind: 'internal' | 'rowless' }
  | { readonly code: 'entry-not-owned'; readonly privilege: string }
  | { readonly code: 'entry-not-visible'; readonly id: string }
  | { readonly code: 'transport-refused' }
  | { readonly code: 'rate' }

export type DenyCode = DenyReason['code']

/** What holds of a refusal by permission, made only when somebody asks. */
export type PermissionMissing = Extract<DenyReason, { code: 'permission-missing' }>
