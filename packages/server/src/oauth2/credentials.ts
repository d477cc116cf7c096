import { type ClientCredentials, looksLikeTokenId } from '@latchkey/authority'
import type { CauseId } from '@latchkey/core'
import type { Fields } from './form.ts'

export type CredentialsReading =
  | {
      readonly kind: 'client'
      readonly credentials: ClientCredentials
      readonly isBasic: boolean
      /** What the request alone shows to be odd, for whoever is refused. */
      readonly hint?: { readonly cause: CauseId; readonly saw: string } | undefined
    }
  | { readonly kind: 'bearer'; readonly sessionText: string }
  | {
      readonly kind: 'refuse'
      readonly error: 'invalid_client' | 'invalid_request'
      readonly cause: CauseId
      readonly saw: string
    }

/** Who asks, by an Authorization header or by the body (RFC 6749, section 2.3.1): one of them, and one only. */
export function readCredentials(authorization: string | undefined, fields: Fields): CredentialsReading {
  const [id, secret] = [fields.get('client_id'), fields.get('client_secret')]
  const foreign = ['client_assertion', 'client_assertion_type'].find((name) => fields.has(name))
  if (foreign !== undefined) {
    return refuse('client-credentials-missing', `${foreign} is not a way to authenticate here`)
  }
  const [scheme = '', ...rest] = (authorization ?? '').trim().split(/[ \t]+/)
  if (scheme === '') return inBody(id, secret)
  if (scheme.toLowerCase() === 'bearer' && rest.length === 1) {
    if (secret !== undefined) return twice('Bearer')
    return { kind: 'bearer', sessionText: rest[0] ?? '' }
  }
  if (scheme.toLowerCase() !== 'basic' || rest.length !== 1) {
    return refuse('client-credentials-missing', 'the Authorization header is neither Basic nor Bearer with one value')
  }
  if (secret !== undefined) return twice('Basic')
  return inHeader(rest[0] ?? '', id)
}

function refuse(cause: CauseId, saw: string, error: 'invalid_client' | 'invalid_request' = 'invalid_client') {
  return { kind: 'refuse', error, cause, saw } as const
}

function twice(scheme: string) {
  const saw = `the Authorization header has ${scheme}, and the body has client_secret`
  return refuse('client-credentials-twice', saw, 'invalid_request')
}

function inBody(id: string | undefined, secret: string | undefined): CredentialsReading {
  if (id === undefined || secret === undefined) {
    const saw =
      id === undefined && secret === undefined
        ? 'there is no Authorization header, and neither client_id nor client_secret in the body'
        : `${id === undefined ? 'client_id' : 'client_secret'} is missing in the body`
    return refuse('client-credentials-missing', saw)
  }
  return client({ id, secret }, false)
}

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/
/** All that form encoding leaves as it is, or makes. */
const ENCODED = /^[A-Za-z0-9*._%+-]*$/

function inHeader(text: string, bodyId: string | undefined): CredentialsReading {
  const decoded = BASE64.test(text) ? Buffer.from(text, 'base64').toString('utf8') : ''
  const colon = decoded.indexOf(':')
  if (colon < 0) {
    return refuse('client-credentials-missing', 'behind Basic stands no Base64 of client_id, a colon and client_secret')
  }
  const [rawId, rawSecret] = [decoded.slice(0, colon), decoded.slice(colon + 1)]
  const [id, secret] = [formDecoded(rawId), formDecoded(rawSecret)]
  if (rawId === '' || rawSecret === '') {
    return refuse('client-credentials-missing', `${rawId === '' ? 'client_id' : 'client_secret'} is empty`)
  }
  if (bodyId !== undefined && bodyId !== (id ?? rawId)) {
    const saw = 'client_id is another one in the Authorization header than in the body'
    return refuse('client-credentials-twice', saw, 'invalid_request')
  }
  const isPlain = id === undefined || secret === undefined || !ENCODED.test(rawId) || !ENCODED.test(rawSecret)
  const credentials = { id: id ?? rawId, secret: secret ?? rawSecret, undecodedSecret: rawSecret }
  return client(credentials, true, isPlain)
}

/** Undefined where a percent sign begins nothing. */
function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

const VALUE = /^[0-9a-f]{32}$/i

function client(credentials: ClientCredentials, isBasic: boolean, isPlain = false): CredentialsReading {
  const { id, secret } = credentials
  const made = { kind: 'client', credentials, isBasic } as const
  if (looksLikeTokenId(secret)) {
    const saw = looksLikeTokenId(id)
      ? 'client_secret has the form of an id, and so has client_id'
      : 'client_secret has the form of an id'
    return { ...made, hint: { cause: 'client-id-as-secret', saw } }
  }
  if (VALUE.test(id.trim())) {
    return { ...made, hint: { cause: 'client-id-as-secret', saw: 'client_id is 32 hex characters, as values have' } }
  }
  if (!isPlain) return made
  const saw = 'there are signs in the Authorization header that percent-encoding would have written otherwise'
  return { ...made, hint: { cause: 'client-secret-not-encoded', saw } }
}
