import { postJson } from '../doctor/http-call.ts'
import type { Endpoint } from './endpoint.ts'
import { type Outcome, readOutcome } from './outcome.ts'

/** Our fields, where the server has any; others pass a header over that they do not know. */
export const HEADERS = { 'x-latchkey-fields': '1' } as const
export const CLIENT_TAG = 'latchkey-cli'

/** @param serviceUrl as `readServiceUrl` gives it */
export function httpEndpoint(serviceUrl: string): Endpoint {
  return {
    name: serviceUrl,
    serviceUrl,
    async send({ service, action, params }) {
      const url = `${serviceUrl}/api_v3/service/${encodeURIComponent(service)}/action/${encodeURIComponent(action)}`
      try {
        const reply = await postJson(url, JSON.stringify({ format: 1, clientTag: CLIENT_TAG, ...params }), HEADERS)
        return readOutcome(reply.status, reply.body, reply.headers.location)
      } catch (error) {
        return noAnswer(error)
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

function noAnswer(error: unknown): Outcome {
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError') return { kind: 'failed', why: 'it did not answer within 15 seconds' }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return { kind: 'failed', why: `no answer came${WORDS[code] ?? (code === '' ? '' : ` (${code})`)}` }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: ': nothing listens there',
  ENOTFOUND: ': there is no host of that name',
  EAI_AGAIN: ': its name could not be looked up',
  ECONNRESET: ': the connection was cut',
  DEPTH_ZERO_SELF_SIGNED_CERT: ': its certificate is signed by itself',
  ERR_SSL_WRONG_VERSION_NUMBER: ': it speaks no HTTPS; is it http:// ?',
}
