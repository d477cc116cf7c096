import { type AppToken, proofOfValue } from '@latchkey/core'
import type { Deps } from '../deps.ts'
import type { Partner } from '../ports.ts'

/** What a client shows: the id and the value of an app token. */
export interface ClientCredentials {
  readonly id: string
  readonly secret: string
  /** As the secret stood in an Authorization header before it was percent-decoded, where that made a difference. */
  readonly undecodedSecret?: string | undefined
}

/** What was done to a right value that is not taken for it. Told to nobody but whoever holds the right one. */
export type ClientMistake =
  | { readonly kind: 'decorated'; readonly with: readonly Decoration[]; readonly where: 'id' | 'secret' | 'both' }
  | { readonly kind: 'not-encoded' }
  | { readonly kind: 'encoded-twice' }
  | { readonly kind: 'upper-case' }

export type Decoration = 'a line end' | 'blanks' | 'quotes' | 'signs that no screen shows'

export type ClientProof =
  | {
      readonly effect: 'proven'
      readonly token: AppToken
      readonly partner: Partner
      readonly value: 'current' | 'previous'
    }
  | {
      readonly effect: 'unproven'
      readonly mistake?: ClientMistake | undefined
      /** Of the app token that the id names, for the journal; the client learns nothing of it. */
      readonly token?: Pick<AppToken, 'id' | 'partnerId'> | undefined
    }

/** Nothing of ours is longer, with all that may come around it. */
const LONGEST = 1_000
const TOKEN_ID = /^\d{1,6}_[0-9a-z]{8}$/

/**
 * Whether a client is the app token that it says it is. Only the value counts, whatever state the token is in. Nothing but
 * the exact value is taken; what is found of a mistake is an explanation.
 */
export async function proveClient(deps: Deps, credentials: ClientCredentials): Promise<ClientProof> {
  const { id, secret } = credentials
  const bareId = withoutDecoration(id)
  if (secret.length > LONGEST || !TOKEN_ID.test(bareId)) return { effect: 'unproven' }
  const found = await findToken(deps, bareId)
  if (found === undefined) return { effect: 'unproven' }
  const { token, partner } = found
  const now = deps.clock()
  const fits = (shown: string) => proofOfValue(deps.primitives, token, shown, now)
  const value = fits(secret)
  if (value !== undefined && id === bareId) return { effect: 'proven', token, partner, value }
  const mistake = mistakeBehind(credentials, (shown) => fits(shown) !== undefined)
  return { effect: 'unproven', token: { id: token.id, partnerId: token.partnerId }, mistake }
}

async function findToken({ store }: Deps, id: string): Promise<{ token: AppToken; partner: Partner } | undefined> {
  const partnerId = await store.appTokens.partnerOf(id)
  if (partnerId === undefined) return undefined
  const token = await store.appTokens.find(partnerId, id)
  const partner = token && (await store.partners.find(partnerId))
  return token && partner && { token, partner }
}

/** A handful of digests at most, whatever was sent. */
function mistakeBehind(
  { id, secret, undecodedSecret }: ClientCredentials,
  fits: (shown: string) => boolean,
): ClientMistake | undefined {
  if (undecodedSecret !== undefined && undecodedSecret !== secret && fits(undecodedSecret))
    return { kind: 'not-encoded' }
  const bare = withoutDecoration(secret)
  const decorations = [...new Set([...decorationsOf(id), ...decorationsOf(secret)])]
  if (decorations.length > 0 && fits(bare)) {
    const where = bare === secret ? 'id' : id === withoutDecoration(id) ? 'secret' : 'both'
    return { kind: 'decorated', with: decorations, where }
  }
  if (bare !== bare.toLowerCase() && fits(bare.toLowerCase())) return { kind: 'upper-case' }
  const decoded = decodedOnceMore(bare)
  if (decoded !== undefined && fits(withoutDecoration(decoded))) return { kind: 'encoded-twice' }
  return undefined
}

/** Quotes of any kind, blanks, controls, and what text is pasted with. */
const EDGE = /^[\s"'`´‘’“”„«»\p{Cc}\p{Cf}]+|[\s"'`´‘’“”„«»\p{Cc}\p{Cf}]+$/gu

function withoutDecoration(text: string): string {
  return text.length > LONGEST ? text : text.replaceAll(EDGE, '')
}

function decorationsOf(text: string): readonly Decoration[] {
  const edges = (text.length > LONGEST ? '' : text).match(EDGE)?.join('') ?? ''
  const found: Decoration[] = []
  if (/[\r\n]/.test(edges)) found.push('a line end')
  if (/[^\S\r\n\ufeff]/.test(edges)) found.push('blanks')
  if (/["'`´‘’“”„«»]/.test(edges)) found.push('quotes')
  if (/[\p{Cf}\ufeff]|(?![\s])\p{Cc}/u.test(edges)) found.push('signs that no screen shows')
  return found
}

function decodedOnceMore(text: string): string | undefined {
  if (!text.includes('%')) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Whether a text has the form of an app token's id. */
export function looksLikeTokenId(text: string): boolean {
  return TOKEN_ID.test(text.trim())
}
