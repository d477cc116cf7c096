import type { DigestName } from './primitives.ts'
import type { Secret } from './secret.ts'
import type { EpochSeconds } from './time.ts'

/** Digests under the names that app tokens carry on the wire. */
export const HASH_TYPES = { SHA1: 'sha1', MD5: 'md5', SHA256: 'sha256', SHA512: 'sha512' } as const satisfies Record<
  string,
  DigestName
>
export type HashType = keyof typeof HASH_TYPES

export type AppTokenStatus = 'active' | 'disabled' | 'deleted'

/** The long-lived credential. Everything but `value` is safe to log. */
export interface AppToken {
  /** `<data centre>_<8 of [0-9a-z]>`, unique over all partners. */
  readonly id: string
  readonly partnerId: number
  readonly value: Secret
  readonly status: AppTokenStatus
  /** When the token itself stops working; absent is never. */
  readonly expiresAt?: EpochSeconds | undefined
  /** 0 USER, 2 ADMIN; absent leaves the choice to whoever starts the session. */
  readonly sessionType?: number | undefined
  /** Absent leaves the choice to whoever starts the session; the empty string counts as set. */
  readonly sessionUserId?: string | undefined
  /** Longest life of a session, in seconds. Not validated: 0 and below give sessions that are dead on arrival. */
  readonly sessionSeconds: number
  readonly sessionPrivileges?: string | undefined
  readonly hashType: HashType
  readonly description?: string | undefined
  /** The value before the last rotation, still taken until then; absent `until` is until somebody says otherwise. */
  readonly previous?: { readonly value: Secret; readonly until?: EpochSeconds | undefined } | undefined
  readonly rotatedAt?: EpochSeconds | undefined
  readonly labels?: readonly string[] | undefined
  readonly note?: string | undefined
  /** Addresses and ranges that it and its sessions may be used from; absent or empty is anywhere. */
  readonly addresses?: readonly string[] | undefined
  /** How many sessions it starts a minute at most; absent is as many as are asked for. */
  readonly startsPerMinute?: number | undefined
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}
