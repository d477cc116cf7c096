import type { EpochSeconds } from './time.ts'

/** What a session string says, once its signature has been checked. Whether it is still live is another question. */
export interface Session {
  readonly version: 1 | 2
  readonly partnerId: number
  readonly expiresAt: EpochSeconds
  /** 0 USER; anything from 1 up reads as ADMIN. */
  readonly type: number
  /** Absent where the session string names no user; the empty string is a name. */
  readonly userId?: string | undefined
  /** The privilege string as it reads back out of the session string. */
  readonly privileges: string
  readonly masterPartnerId?: string | undefined
  readonly additionalData?: string | undefined
  /** 40 lower-case hex characters of its signature: the key it is revoked by. Safe to log. */
  readonly fingerprint: string
}

/** `none` is a call without any session. */
export type SessionKind = 'none' | 'widget' | 'user' | 'admin'
