import { createHash } from 'node:crypto'

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly objectType: string
  readonly args: unknown
  readonly diagnosis: {
    readonly stage: string
    readonly passed: readonly string[]
    readonly cause: { readonly id: string; readonly saw: string; readonly remedy: readonly string[] }
    readonly needed?: readonly string[]
    readonly held?: readonly { readonly permission: string; readonly from: string }[]
    readonly requestId: string
    readonly serverTime: number
  }
}

/** What came back, as JSON; tests look into it by asserting. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the server sends, and each test asserts on what it needs
export type Answer = any

/** One call by plain `fetch` with a JSON body. */
export async function call(
  url: string,
  action: string,
  params: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await post(url, action, params, headers)
  return response.json()
}

export function post(
  url: string,
  action: string,
  params: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const [service, name] = action.split('.')
  return fetch(`${url}/api_v3/service/${service}/action/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ format: 1, ...params }),
  })
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export interface Account {
  readonly url: string
  readonly partnerId: number
  readonly adminSecret: string
}

export function adminSession({ url, partnerId, adminSecret }: Account): Promise<string> {
  return call(url, 'session.start', { partnerId, secret: adminSecret, type: 2, userId: 'operator' })
}

export async function addToken(
  account: Account,
  ks: string,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<{ id: string; token: string }> {
  return call(account.url, 'appToken.add', { ks, appToken: { hashType: 'SHA256', sessionType: 0, ...fields } })
}

/** The whole login: widget session, hash, exchange. */
export async function logIn(
  account: Account,
  token: { readonly id: string; readonly token: string },
  more: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const widget = await call(account.url, 'session.startWidgetSession', { widgetId: `_${account.partnerId}` })
  return call(account.url, 'appToken.startSession', {
    ks: widget.ks,
    id: token.id,
    tokenHash: sha256(widget.ks + token.token),
    ...more,
  })
}
