import { type IssuedSession, issueForClient, narrowForClient, type SessionWish } from '@latchkey/authority'
import { isScopeText } from '@latchkey/core'
import { authenticateClient, denied, type ShownClient } from './authenticate.ts'
import { type Answered, invalid, missing, type OauthCall } from './call.ts'
import type { Fields } from './form.ts'

export const CLIENT_CREDENTIALS = 'client_credentials'
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** `POST /oauth2/token`: an app token in, a session out, or a session in and a narrower one out. */
export async function tokenEndpoint(call: OauthCall): Promise<Answered> {
  const { fields } = call
  const grantType = fields.get('grant_type')
  if (grantType === undefined) {
    const isEmpty = fields.size === 0 ? ', as is all else: the body is empty' : ''
    return missing('grant_type', `${isEmpty}; it is ${CLIENT_CREDENTIALS} for most`)
  }
  if (grantType !== CLIENT_CREDENTIALS && grantType !== TOKEN_EXCHANGE) {
    const saw = `grant_type is neither ${CLIENT_CREDENTIALS} nor ${TOKEN_EXCHANGE}`
    const problem = { kind: 'judged', stage: 'parameters', cause: 'parameter-invalid', saw } as const
    return { refusal: { error: 'unsupported_grant_type', problem } }
  }
  const shown = authenticateClient(call)
  if ('refusal' in shown) return shown
  const wish = wishOf(call, shown)
  if (!('credentials' in wish)) return wish
  return grantType === CLIENT_CREDENTIALS ? issue(call, shown, wish) : exchange(call, shown, wish)
}

function wishOf({ fields, place }: OauthCall, { credentials }: ShownClient): SessionWish | Answered {
  const scope = fields.get('scope')?.trim()
  if (scope !== undefined && scope !== '' && !isScopeText(scope)) {
    const saw = 'scope has signs that no scope may have, such as quotes, backslashes or line ends'
    const problem = { kind: 'judged', stage: 'parameters', cause: 'parameter-invalid', saw } as const
    return { refusal: { error: 'invalid_scope', problem } }
  }
  const lifetimeSeconds = wholeNumber(fields, 'expires_in')
  if (Number.isNaN(lifetimeSeconds)) return invalid('expires_in', 'a whole number of seconds from 1 on')
  const partnerId = wholeNumber(fields, 'partner_id')
  if (Number.isNaN(partnerId)) return invalid('partner_id', "the number of the app token's account")
  return { credentials, place, partnerId, scope, lifetimeSeconds }
}

function wholeNumber(fields: Fields, name: string): number | undefined {
  const text = fields.get(name)
  if (text === undefined) return undefined
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Number.NaN
}

async function issue(call: OauthCall, shown: ShownClient, wish: SessionWish): Promise<Answered> {
  const issued = await issueForClient(call.deps, wish)
  if (issued.effect === 'deny') {
    return denied(issued, call, shown, { sessionError: 'invalid_request', otherSessionError: 'invalid_request' })
  }
  return { body: bodyOf(issued), note: issued.note }
}

async function exchange(call: OauthCall, shown: ShownClient, wish: SessionWish): Promise<Answered> {
  const unfit = whyNoExchange(call)
  if (unfit !== undefined) return unfit
  const sessionText = call.fields.get('subject_token') ?? ''
  const issued = await narrowForClient(call.deps, { ...wish, sessionText })
  if (issued.effect === 'deny') {
    return denied(issued, call, shown, {
      sessionError: 'invalid_request',
      otherSessionError: 'invalid_request',
      sessionText,
      sessionName: 'subject_token',
    })
  }
  return { body: { ...bodyOf(issued), issued_token_type: ACCESS_TOKEN }, note: issued.note }
}

/** What RFC 8693 lets a request ask for and is not done here, or is asked for wrongly. */
function whyNoExchange({ fields, issuer }: OauthCall): Answered | undefined {
  if (!fields.has('subject_token')) return missing('subject_token', ', the session that is to be narrowed')
  if (!fields.has('subject_token_type')) return missing('subject_token_type', `; it is ${ACCESS_TOKEN}`)
  for (const name of ['subject_token_type', 'requested_token_type']) {
    const type = fields.get(name)
    if (type !== undefined && type !== ACCESS_TOKEN) return invalid(name, ACCESS_TOKEN)
  }
  for (const name of ['actor_token', 'actor_token_type']) {
    if (fields.has(name)) return invalid(name, 'none: sessions act for nobody else')
  }
  for (const name of ['audience', 'resource']) {
    if ((fields.get(name) ?? '').split(' ').every((target) => target === '' || isHere(target, issuer))) continue
    const saw = `${name} names another service than this one, for which there are no sessions here`
    const problem = { kind: 'judged', stage: 'parameters', cause: 'parameter-invalid', saw } as const
    return { refusal: { error: 'invalid_target', problem } }
  }
  return undefined
}

/** Whatever is called by way of this server is this server. */
function isHere(target: string, issuer: string): boolean {
  return issuer !== '' && (target === issuer || target.startsWith(`${issuer}/`))
}

function bodyOf({ sessionText, lifetimeSeconds, scope, dropped, warnings }: IssuedSession): object {
  const isTold = dropped.length > 0 || warnings.length > 0
  return {
    access_token: sessionText,
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    scope,
    ...(isTold && { diagnosis: { ...(dropped.length > 0 && { dropped }), ...(warnings.length > 0 && { warnings }) } }),
  }
}
