import {
  type AppToken,
  decideExchange,
  type ExchangeGrant,
  type ExchangeReason,
  type ExchangeRequest,
  type HashType,
  type NearMiss,
  type NearMissQuestion,
  sealSession,
  searchNearMiss,
} from '@latchkey/core'
import type { Access } from './access.ts'
import { isInRange } from './address-ranges.ts'
import type { Deps } from './deps.ts'
import { signingKeys } from './signing-keys.ts'

export interface ExchangeProof {
  readonly tokenId: string
  readonly tokenHash: string
}

export type Exchanged =
  | {
      readonly effect: 'allow'
      readonly sessionText: string
      readonly fingerprint: string
      readonly grant: ExchangeGrant
    }
  | {
      readonly effect: 'deny'
      readonly reason: ExchangeReason
      /** The token's, where there is one: it tells how long a right hash is. */
      readonly hashType?: HashType | undefined
      /** Looks for the mistake behind a wrong hash, in pieces, once it is called. What it finds is an explanation, never a way in. */
      readonly search?: (() => Generator<number, NearMiss, void>) | undefined
    }

/**
 * An app token in, a session out: the one way to it, behind every door. Whether the calling session may ask is decided
 * before.
 *
 * @throws {LatchkeyError} `SESSION_FIELD_INVALID` where a field cannot be written into a session of version 1
 */
export async function exchangeAppToken(
  deps: Deps,
  access: Access,
  proof: ExchangeProof,
  request: ExchangeRequest,
): Promise<Exchanged> {
  const token = await deps.store.appTokens.find(access.partnerId, proof.tokenId)
  const decision = decideExchange(deps.primitives, {
    token,
    requestedId: proof.tokenId,
    tokenHash: proof.tokenHash,
    sessionText: access.sessionText ?? '',
    request,
    address: access.address,
    isInRange,
    now: access.now,
    policy: deps.privileges,
    fidelity: deps.fidelity,
  })
  if (decision.effect === 'deny') {
    const isMismatch = decision.reason.code === 'hash-mismatch' && token !== undefined
    const search = isMismatch ? () => searchNearMiss(deps.primitives, questionOf(token, access, proof)) : undefined
    return { ...decision, hashType: token?.hashType, search }
  }
  // After the proof, so that a stranger who knows the id uses nothing up.
  const perMinute = token?.startsPerMinute
  if (perMinute !== undefined && !deps.startRate.take(proof.tokenId, perMinute, access.now)) {
    return { effect: 'deny', reason: { code: 'too-many-starts', tokenId: proof.tokenId, perMinute } }
  }
  const { partner } = access
  // Only a session of a living partner gets here; the rule is kept here too, since this is where sessions are made.
  if (partner === undefined) return { effect: 'deny', reason: { code: 'token-not-found', requestedId: proof.tokenId } }
  const [key] = signingKeys(deps.primitives, partner)
  const { fields } = decision.grant
  const { text, fingerprint } = sealSession(deps.primitives, fields, key, partner.sessionVersion, deps.fidelity)
  return { effect: 'allow', sessionText: text, fingerprint, grant: decision.grant }
}

/** The value before the last rotation counts as well: a hash that was made with it is explained by that. */
function questionOf(
  token: AppToken,
  { session, sessionText, kind, now }: Access,
  proof: ExchangeProof,
): NearMissQuestion {
  const { previous } = token
  return {
    sessionString: sessionText ?? '',
    sessionKind: session && kind,
    tokenValue: token.value.expose(),
    previousValue: previous && {
      value: previous.value.expose(),
      isTaken: previous.until === undefined || previous.until > now,
    },
    tokenId: token.id,
    hashType: token.hashType,
    received: proof.tokenHash,
  }
}
