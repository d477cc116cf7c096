import type { Deps } from '@latchkey/authority'
import type { CauseId } from '@latchkey/core'
import { apiError, type HttpRequest, type Multipart } from '@latchkey/wire'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressOf } from '../address.ts'
import { PREFLIGHT_HEADERS, V3_HEADERS } from '../headers.ts'
import { pathAndQuery } from '../request-target.ts'
import { hasSessionInUrl, hasTwoAuthorizations, readBearer } from './bearer.ts'
import { decodeBody } from './charset.ts'
import type { V3Fidelity } from './fidelity.ts'
import { handleV3, refuseRequest, type V3Reply } from './handle.ts'
import { readMultipart } from './multipart.ts'
import { NearMissSearches } from './near-miss-searches.ts'
import { readOn } from './read-on.ts'
import type { HttpFacts } from './run-call.ts'
import { endOfTurn } from './turn.ts'

export const MOST_BYTES = 1_048_576
const NOT_ASCII = /[\u0080-\uffff]/
const UNREAD = ' '
const SESSION_IN_URL: readonly CauseId[] = ['session-in-url']
const PATHS = ['/api_v3', '/api'] as const

export interface RouteOptions {
  /** 4xx and 5xx for refusals rather than 200, unless a request says otherwise. */
  readonly errorStatus: 'legacy' | 'http'
  readonly sessionHeader: () => string
  readonly fidelity: V3Fidelity
}

/** The v3 endpoint in all of its URL forms. */
export async function addV3Routes(app: FastifyInstance, deps: Deps, options: RouteOptions): Promise<void> {
  const { fidelity } = options
  const shared = { fidelity, nearMisses: new NearMissSearches() }
  const headerList = Object.entries(V3_HEADERS[fidelity.name]).flat()
  const usesHttpStatus = (request: FastifyRequest) => {
    if (!fidelity.showsOurs) return false
    const asked = String(request.headers['x-latchkey-status']).toLowerCase()
    return asked === 'http' || (asked !== 'legacy' && options.errorStatus === 'http')
  }

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // As text: the codec decides what it is. Multipart comes apart here, since that is HTTP's business.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body
      done(null, fidelity.readsCharsets ? decodeBody(bytes, request.headers['content-type']) : bytes.toString('utf8'))
    })
    scope.addContentTypeParser(/^multipart\/form-data/i, { parseAs: 'buffer' }, (request, body, done) => {
      readMultipart(request.headers['content-type'] ?? '', body).then((multipart) => done(null, multipart), done)
    })

    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.method === 'OPTIONS') {
        reply.headers(PREFLIGHT_HEADERS[fidelity.name])
        if (fidelity.showsOurs) reply.header('x-latchkey-request', request.id)
        return reply.send('')
      }
      await endOfTurn()
      const answered = await handleV3(deps, httpRequest(request), httpFacts(request, shared), {
        usesHttpStatus: usesHttpStatus(request),
      })
      return send(request, reply, answered)
    }
    for (const url of PATHS) {
      scope.route({
        method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
        url,
        exposeHeadRoute: true,
        handler: answer,
      })
    }

    scope.setErrorHandler(async (error: { code?: string; statusCode?: number }, request, reply) => {
      // No media type at all, which the original takes as any other that it does not know: the body does not count.
      if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return answer(request, reply)
      const isTooLarge = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
      const isOurs = (error.statusCode ?? 500) >= 500
      if (isOurs) request.log.error({ err: error, requestId: request.id }, 'fault')
      const answered = await refuseRequest(
        deps,
        httpRequest(request),
        httpFacts(request, shared),
        isTooLarge
          ? apiError('REQUEST_TOO_LARGE', { MAX_BYTES: MOST_BYTES })
          : apiError(isOurs ? 'INTERNAL_SERVERL_ERROR' : 'REQUEST_MALFORMED'),
        isTooLarge
          ? { kind: 'limit', which: 'body' }
          : isOurs
            ? { kind: 'server-fault' }
            : { kind: 'request-malformed' },
        { usesHttpStatus: usesHttpStatus(request) },
      )
      if (isTooLarge) {
        await readOn(request.raw)
        answered.headers.connection = 'close'
      }
      return send(request, reply, answered)
    })
  })

  /** Past the framework, which would add a charset that the original does not send, and costs time that is not needed. */
  function send(request: FastifyRequest, reply: FastifyReply, answered: V3Reply): FastifyReply {
    logCalls(request, answered)
    const { body } = answered
    const isAscii = !NOT_ASCII.test(body)
    reply.hijack()
    const headers = [...headerList, 'x-kaltura-session', options.sessionHeader()]
    if (fidelity.showsOurs) headers.push('x-latchkey-request', request.id)
    for (const [name, value] of Object.entries(answered.headers)) headers.push(name, value)
    headers.push('content-length', String(isAscii ? body.length : Buffer.byteLength(body)))
    reply.raw.writeHead(answered.status, headers)
    // One byte a character saves measuring and converting; nearly every answer allows it.
    reply.raw.end(body, isAscii ? 'latin1' : 'utf8')
    return reply
  }
}

function httpRequest(request: FastifyRequest): HttpRequest {
  const url = pathAndQuery(request.originalUrl)
  const at = url.indexOf('?')
  const path = at === -1 ? url : url.slice(0, at)
  const query = at === -1 ? '' : url.slice(at + 1)
  // Unread, but there; that it did not count is worth a note to whoever misses its parameters.
  const body = request.body === undefined && Number(request.headers['content-length']) > 0 ? UNREAD : request.body
  const isMultipart = isFields(body)
  return {
    path,
    query,
    contentType: request.headers['content-type'],
    body: typeof body === 'string' ? body : undefined,
    multipart: isMultipart ? body : undefined,
  }
}

function isFields(body: unknown): body is Multipart {
  return typeof body === 'object' && body !== null && 'fields' in body && Array.isArray(body.fields)
}

function httpFacts(request: FastifyRequest, shared: Pick<HttpFacts, 'fidelity' | 'nearMisses'>): HttpFacts {
  const { showsOurs } = shared.fidelity
  const authorization = showsOurs ? request.headers.authorization : undefined
  const bearer = readBearer(authorization)
  return {
    bearer,
    hasOtherAuthorization: authorization !== undefined && bearer === undefined,
    hasTwoAuthorizations: authorization !== undefined && hasTwoAuthorizations(request.raw.rawHeaders),
    warnings: showsOurs && hasSessionInUrl(request.originalUrl) ? SESSION_IN_URL : undefined,
    requestId: request.id,
    address: addressOf(request),
    uri: pathAndQuery(request.originalUrl),
    isHttps: request.protocol === 'https',
    bodyNotes: [],
    wantsOurFields: shared.fidelity.showsOurs && request.headers['x-latchkey-fields'] === '1',
    ...shared,
    onFault: (error) => request.log.error({ err: error, requestId: request.id }, 'fault'),
  }
}

/** Refusals are worth a line; allowed calls only to whoever asks for `debug`. No parameter is ever logged. */
function logCalls(request: FastifyRequest, { outcomes }: V3Reply): void {
  const isDebug = request.log.level === 'debug' || request.log.level === 'trace'
  for (const outcome of outcomes) {
    const { action, partnerId } = outcome
    if (outcome.ok) {
      if (!isDebug) continue
      request.log.debug({ requestId: request.id, address: addressOf(request), action, partnerId }, 'allowed')
    } else {
      const { stage, cause } = outcome.diagnosis
      request.log.info(
        {
          requestId: request.id,
          address: addressOf(request),
          action,
          partnerId,
          code: outcome.error.code,
          stage,
          cause: cause.id,
        },
        'refused',
      )
    }
  }
}
