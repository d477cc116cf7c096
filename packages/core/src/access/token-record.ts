import type { AccountRules } from '../account-rules.ts'
import type { HashType } from '../app-token.ts'
import type { PermissionIndex } from '../catalogue/permission-index.ts'
import { mergePrivileges } from '../privilege-merge.ts'
import { type FoundRoles, type ResolvedAccess, resolveAccess } from '../resolve-access.ts'
import type { Session, SessionKind } from '../session.ts'
import { sessionKind } from '../session-kind.ts'
import { privilegesReadBack } from '../session-seal.ts'
import type { EpochSeconds } from '../time.ts'

/** An app token without its value: what it will do can be told without knowing that. */
export interface TokenRecord {
  readonly id: string
  readonly partnerId: number
  readonly status?: 'active' | 'disabled' | 'deleted' | undefined
  readonly expiresAt?: EpochSeconds | undefined
  /** 0 USER, 2 ADMIN; absent leaves it to the holder. */
  readonly sessionType?: number | undefined
  /** Absent leaves it to the holder. */
  readonly sessionUserId?: string | undefined
  readonly sessionSeconds?: number | undefined
  readonly sessionPrivileges?: string | undefined
  readonly hashType?: HashType | undefined
  /** Addresses and ranges; absent is anywhere. */
  readonly addresses?: readonly string[] | undefined
}

/** All that decides what a token's sessions may do. */
export interface TokenFacts extends FoundRoles {
  readonly token: TokenRecord
  readonly features: readonly string[]
  readonly index: PermissionIndex
  readonly rules?: AccountRules | undefined
  /** For calls from an address that the operator calls internal. */
  readonly isInternal?: boolean | undefined
  /** Of the account, active unless told. */
  readonly partnerStatus?: number | undefined
  /** Of the account's session strings, 2 unless told; it decides what becomes of a privilege that is there twice. */
  readonly sessionVersion?: 1 | 2 | undefined
}

export interface TokenAccess extends ResolvedAccess {
  readonly session: Session
  readonly kind: SessionKind
}

const USER = 0
const ADMIN = 2

/** What a session would hold that the token is exchanged for; where the holder chooses the type, one of ADMIN type. */
export function accessOfToken({ token, sessionVersion = 2, ...parts }: TokenFacts): TokenAccess {
  const type = token.sessionType ?? ADMIN
  const session: Session = {
    version: sessionVersion,
    partnerId: token.partnerId,
    expiresAt: Number.MAX_SAFE_INTEGER,
    type,
    userId: token.sessionUserId ?? '',
    privileges: privilegesOfToken(token, sessionVersion),
    fingerprint: '',
  }
  // Whoever may choose a user is none of a widget's sessions, which have none.
  const userId = token.sessionUserId ?? 'any'
  const kind = sessionKind({ ...session, userId })
  return { session, kind, ...resolveAccess({ ...parts, session, kind }) }
}

/**
 * What sessions of each type hold that the holder may choose; ADMIN ones first. Where an account has roles of its own for the
 * kinds, those of USER sessions need not be within those of ADMIN ones.
 */
export function accessesOfToken(facts: TokenFacts): readonly TokenAccess[] {
  const access = accessOfToken(facts)
  if (facts.token.sessionType !== undefined || facts.accountRoles === undefined) return [access]
  return [access, accessOfToken({ ...facts, token: { ...facts.token, sessionType: USER } })]
}

/** Of its sessions where the request asks for none, as they are read there. */
export function privilegesOfToken({ id, sessionPrivileges, addresses }: TokenRecord, version: 1 | 2): string {
  return privilegesReadBack(mergePrivileges({ tokenId: id, token: sessionPrivileges, addresses }).privileges, version)
}
