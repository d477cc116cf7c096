import { type HashType, Secret, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { refusedFailure } from '../view/refusal-view.ts'
import { noSession, requireAnswer } from './connect.ts'
import type { Endpoint } from './endpoint.ts'
import { type JsonObject, objectOf, textOf } from './json.ts'
import type { Outcome } from './outcome.ts'

/** An app token with which to log in. */
export interface TokenLogin {
  readonly id: string
  readonly value: Secret
  /** All four are tried unless told, the commonest first. */
  readonly hashType?: HashType | undefined
}

const COMMONEST: readonly HashType[] = ['SHA256', 'SHA1', 'SHA512', 'MD5']

/**
 * The whole login: a widget session, the hash of it and the value, the exchange.
 *
 * @param wishes parameters of `appToken.startSession`
 * @throws {CommandFailure} with what the server says of it
 */
export async function logIn(
  endpoint: Endpoint,
  partnerId: number,
  { id, value, hashType }: TokenLogin,
  wishes: JsonObject = {},
): Promise<{ readonly session: Secret; readonly info: JsonObject }> {
  const widget = await startWidgetSession(endpoint, partnerId)
  let first: Extract<Outcome, { kind: 'refused' }> | undefined
  for (const type of hashType === undefined ? COMMONEST : [hashType]) {
    const digest = tokenHash(nodePrimitives, type, widget.expose(), value)
    const outcome = requireAnswer(
      endpoint,
      await endpoint.send({
        service: 'appToken',
        action: 'startSession',
        params: { ...wishes, ks: widget.expose(), id, tokenHash: digest },
      }),
    )
    if (outcome.kind === 'result') {
      return { session: sessionOf(endpoint, outcome.value, 'appToken.startSession'), info: objectOf(outcome.value) }
    }
    first ??= outcome
    // Whoever has not told the type may have the right value all the same.
    if (outcome.refusal.code !== 'INVALID_APP_TOKEN_HASH') break
  }
  if (first === undefined) throw new Error('no hash type was tried')
  throw refusedFailure(first, 'appToken.startSession', [
    endpoint.serviceUrl === undefined
      ? `latchkey token show ${id}`
      : `latchkey doctor --service-url ${endpoint.serviceUrl} --partner-id ${partnerId} --token-id ${id}`,
  ])
}

function sessionOf(endpoint: Endpoint, answer: unknown, action: string): Secret {
  const ks = textOf(objectOf(answer).ks)
  if (ks === '') throw noSession(endpoint, action)
  return new Secret(ks)
}

/** What anybody can get who knows the account. @throws {CommandFailure} */
export async function startWidgetSession(endpoint: Endpoint, partnerId: number, seconds?: number): Promise<Secret> {
  const params = { widgetId: `_${partnerId}`, ...(seconds === undefined ? {} : { expiry: seconds }) }
  const call = { service: 'session', action: 'startWidgetSession', params }
  const outcome = requireAnswer(endpoint, await endpoint.send(call))
  if (outcome.kind === 'refused') throw refusedFailure(outcome, 'session.startWidgetSession')
  return sessionOf(endpoint, outcome.value, 'session.startWidgetSession')
}
