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
import type { Partner } from './ports.ts'
import { signingKeys } from './signing-keys.ts'

/** The hash over session string and value, or, from clients that cannot hash, the value itself. */
export type ExchangeProof = { readonly tokenId: string } & (
  | { readonly tokenHash: string; readonly shownValue?: undefined }
  | { readonly shownValue: string; readonly tokenHash?: undefined }
)

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

/** What an app token gives for a proof and a request, before it is written into a session string. */
export type Granted =
  | { readonly effect: 'allow'; readonly grant: ExchangeGrant; readonly partner: Partner }
  | Extract<Exchanged, { effect: 'deny' }>

/**
 * An app token in, a session out. Whether the calling session may ask is decided before.
 *
 * @throws {LatchkeyError} `SESSION_FIELD_INVALID` where a field cannot be written into a session of version 1
 */
export async function exchangeAppToken(
  deps: Deps,
  access: Access,
  proof: ExchangeProof,
  request: ExchangeRequest,
): Promise<Exchanged> {
  const granted = await grantAppToken(deps, access, proof, request)
  return granted.effect === 'deny' ? granted : sealGrant(deps, granted.partner, granted.grant)
}

/**
 * The one way to what an app token gives, behind every door; a door may take of the grant, and never add to it.
 *
 * @param options `isDraft`: no session comes of it, so that none is counted
 */
export async function grantAppToken(
  deps: Deps,
  access: Access,
  proof: ExchangeProof,
  request: ExchangeRequest,
  { isDraft = false }: { readonly isDraft?: boolean | undefined } = {},
): Promise<Granted> {
  const token = await deps.store.appTokens.find(access.partnerId, proof.tokenId)
  const decision = decideExchange(deps.primitives, {
    token,
    requestedId: proof.tokenId,
    tokenHash: proof.tokenHash,
    shownValue: proof.shownValue,
    sessionText: access.sessionText ?? '',
    request,
    address: access.address,
    isInRange,
    now: access.now,
    policy: deps.privileges,
    fidelity: deps.fidelity,
  })
  if (decision.effect === 'deny') {
    const { tokenHash } = proof
    const isMismatch = decision.reason.code === 'hash-mismatch' && token !== undefined && tokenHash !== undefined
    const search = isMismatch ? () => searchNearMiss(deps.primitives, questionOf(token, access, tokenHash)) : undefined
    return { ...decision, hashType: token?.hashType, search }
  }
  // After the proof, so that a stranger who knows the id uses nothing up.
  const perMinute = token?.startsPerMinute
  if (!isDraft && perMinute !== undefined && !deps.startRate.take(proof.tokenId, perMinute, access.now)) {
    return { effect: 'deny', reason: { code: 'too-many-starts', tokenId: proof.tokenId, perMinute } }
  }
  const { partner } = access
  // Only a session of a living partner gets here; the rule is kept here too, since this is where sessions are made.
  if (partner === undefined) return { effect: 'deny', reason: { code: 'token-not-found', requestedId: proof.tokenId } }
  return { effect: 'allow', grant: decision.grant, partner }
}

/** @throws {LatchkeyError} `SESSION_FIELD_INVALID` as {@link exchangeAppToken} */
export function sealGrant(deps: Deps, partner: Partner, grant: ExchangeGrant): Extract<Exchanged, { effect: 'allow' }> {
  const [key] = signingKeys(deps.primitives, partner)
  const { text, fingerprint } = sealSession(deps.primitives, grant.fields, key, partner.sessionVersion, deps.fidelity)
  return { effect: 'allow', sessionText: text, fingerprint, grant }
}

/** The value before the last rotation counts as well: a hash that was made with it is explained by that. */
function questionOf(token: AppToken, { session, sessionText, kind, now }: Access, tokenHash: string): NearMissQuestion {
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
    received: tokenHash,
  }
}
