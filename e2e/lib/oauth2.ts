import { type Answer, call } from './v3.ts'

export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** What a client of OAuth2 sees of an answer. */
export interface OauthAnswer {
  readonly status: number
  readonly headers: Headers
  /** Undefined where it is empty. */
  readonly body: Answer
  readonly text: string
}

export interface OauthRequest {
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly method?: string | undefined
  /** In place of a form. */
  readonly body?: string | undefined
  readonly query?: string | undefined
}

/** One request at an endpoint, with a form. */
export async function oauth(
  url: string,
  endpoint: 'token' | 'introspect' | 'revoke',
  fields: Readonly<Record<string, string>> | readonly (readonly [string, string])[] = {},
  { headers, method = 'POST', body, query = '' }: OauthRequest = {},
): Promise<OauthAnswer> {
  const form = new URLSearchParams()
  for (const [name, value] of isList(fields) ? fields : Object.entries(fields)) form.append(name, value)
  const response = await fetch(`${url}/oauth2/${endpoint}${query}`, {
    method,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    ...(method !== 'GET' && method !== 'HEAD' && { body: body ?? form.toString() }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text), text }
}

function isList(fields: object): fields is readonly (readonly [string, string])[] {
  return Array.isArray(fields)
}

/** As RFC 6749 wants it: both encoded, then joined. */
export function basic(id: string, secret: string): { readonly authorization: string } {
  return { authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}` }
}

export interface Client {
  readonly client_id: string
  readonly client_secret: string
}

/** An app token as a client of OAuth2. */
export async function oauthClient(url: string, ks: string, appToken: object = {}): Promise<Client> {
  const made = await call(url, 'appToken.add', { ks, appToken: { hashType: 'SHA256', sessionType: 2, ...appToken } })
  return { client_id: made.id, client_secret: made.token }
}

/** A session by client credentials. */
export async function tokenOf(
  url: string,
  client: Client,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { body } = await oauth(url, 'token', { grant_type: 'client_credentials', ...client, ...more })
  return body.access_token
}

export function bearer(session: string): { readonly authorization: string } {
  return { authorization: `Bearer ${session}` }
}
