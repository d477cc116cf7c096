import { type Deps, looksLikeTokenId } from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressOf } from '../address.ts'
import { AddressBudget } from '../address-budget.ts'
import { hasTwoAuthorizations } from '../v3/bearer.ts'
import { readOn } from '../v3/read-on.ts'
import { endOfTurn } from '../v3/turn.ts'
import { type OauthReply, type Refusal, refusedReply } from './answers.ts'
import type { Answered, FailureBudgets, OauthCall } from './call.ts'
import { readCredentials } from './credentials.ts'
import { type Fields, type FormReading, readForm } from './form.ts'
import { introspectEndpoint } from './introspect.ts'
import { keepLine } from './journal.ts'
import { INTROSPECT_PATH, issuerOf, METADATA_PATH, metadataOf, REVOKE_PATH, TOKEN_PATH } from './metadata.ts'
import { revokeEndpoint } from './revoke.ts'
import { TOKEN_EXCHANGE, tokenEndpoint } from './token.ts'
import { isReadableOnTheWay } from './transport.ts'

export interface OauthOptions {
  /** Whether secrets are taken over plain HTTP from other machines too. */
  readonly takesPlainHttp: boolean
  /** What the server is called from outside, such as `https://sessions.example.org`. */
  readonly publicUrl?: string | undefined
}

/** Session strings of thousands of actions are far below that. */
const MOST_BYTES = 65_536

const ENDPOINTS = {
  [TOKEN_PATH]: { name: 'token', run: tokenEndpoint },
  [INTROSPECT_PATH]: { name: 'introspect', run: introspectEndpoint },
  [REVOKE_PATH]: { name: 'revoke', run: revokeEndpoint },
} as const

type Endpoint = (typeof ENDPOINTS)[keyof typeof ENDPOINTS]

/** Nothing on the way may keep a secret, and no page of another origin is to handle one. */
const EVERY_REPLY = {
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'x-content-type-options': 'nosniff',
} as const

/** The OAuth2 endpoints, and the document that describes them. */
export async function addOauth2Routes(app: FastifyInstance, deps: Deps, options: OauthOptions): Promise<void> {
  const failures: FailureBudgets = {
    ofAddress: new AddressBudget({ atOnce: 60, perMinute: 30 }),
    ofToken: new AddressBudget({ atOnce: 10, perMinute: 6 }),
    ofUnread: new AddressBudget({ atOnce: 20, perMinute: 10 }),
  }
  const issuer = (request: FastifyRequest) => issuerOf(options.publicUrl, request.protocol, request.host)

  app.get(METADATA_PATH, { exposeHeadRoute: true }, (request, reply) => {
    const own = issuer(request)
    const made =
      own === undefined
        ? refused(request, 'metadata', NO_HOST)
        : { status: 200, headers: {}, body: metadataOf(own), note: {} }
    // Holds nothing secret, and a page that configures itself has to read it.
    const headers = { ...made.headers, 'access-control-allow-origin': '*' }
    return send(request, reply, 'metadata', { ...made, headers })
  })

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => {
      done(null, typeof body === 'string' ? body : body.toString('utf8'))
    })

    for (const [url, endpoint] of Object.entries(ENDPOINTS)) {
      scope.post(url, { bodyLimit: MOST_BYTES }, (request, reply) => answer(request, reply, endpoint))
      scope.route({
        method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
        url,
        exposeHeadRoute: true,
        handler: (request, reply) => refuseMethod(request, reply, endpoint),
      })
    }

    scope.setErrorHandler(async (error: { code?: string; statusCode?: number }, request, reply) => {
      const endpoint = endpointOf(request)
      // No media type at all: what the body is cannot be told, and the form is refused for it.
      if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return answer(request, reply, endpoint)
      const isOurs = (error.statusCode ?? 500) >= 500
      if (isOurs) request.log.error({ err: error, requestId: request.id }, 'fault')
      const isTooLarge = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
      if (isTooLarge) await readOn(request.raw)
      return send(request, reply, endpoint.name, refused(request, endpoint.name, refusalOfFault(isOurs, isTooLarge)))
    })
  })

  async function answer(request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint): Promise<FastifyReply> {
    await endOfTurn()
    const { query, body } = partsOf(request)
    const onFault = (error: unknown) => request.log.error({ err: error, requestId: request.id }, 'fault')
    if (!options.takesPlainHttp && isReadableOnTheWay(request)) {
      return send(request, reply, endpoint.name, refused(request, endpoint.name, READABLE))
    }
    if (hasTwoAuthorizations(request.raw.rawHeaders))
      return send(request, reply, endpoint.name, refused(request, endpoint.name, TWO_HEADERS))
    const form = readForm(request.headers['content-type'], body, query)
    const fields: Fields = form.ok ? form.fields : new Map()
    const named = isExchange(endpoint, fields) ? 'exchange' : endpoint.name
    const answered = form.ok
      ? await carryOut(endpoint, callOf(request, form.fields), onFault)
      : { refusal: refusalOfForm(form) }
    const made =
      'refusal' in answered
        ? refused(request, named, answered.refusal)
        : { status: 200, headers: {}, body: answered.body, note: answered.note, isIdle: answered.isIdle }
    const kept = await keepLine(deps, named, quieted(made, addressOf(request)), {
      requestId: request.id,
      address: addressOf(request),
      userAgent: request.headers['user-agent'],
      namedTokenId: made.refused && namedTokenId(request.headers.authorization, fields),
      onFault,
    })
    return send(request, reply, named, kept)
  }

  /** Nobody in particular is kept from anything; there is only less to read for whoever looks after the server. */
  function quieted(made: OauthReply, address: string): OauthReply {
    const { refused, note } = made
    if (refused === undefined || refused.isRepeated || note.partnerId !== undefined) return made
    return failures.ofUnread.take(address) ? made : { ...made, refused: { ...refused, isRepeated: true } }
  }

  function callOf(request: FastifyRequest, fields: Fields): OauthCall {
    return {
      deps,
      authorization: request.headers.authorization,
      fields,
      place: {
        address: addressOf(request),
        uri: request.originalUrl,
        isHttps: request.protocol === 'https',
      },
      failures,
      issuer: issuer(request) ?? '',
    }
  }

  function refused(request: FastifyRequest, endpoint: string, refusal: Refusal): OauthReply {
    return refusedReply(refusal, { endpoint, requestId: request.id, now: deps.clock() })
  }

  function refuseMethod(request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint): FastifyReply {
    if (request.method === 'OPTIONS')
      return reply
        .code(204)
        .headers({ ...EVERY_REPLY, allow: 'POST' })
        .send()
    const isSecretShown = !readForm('application/x-www-form-urlencoded', '', partsOf(request).query).ok
    const saw = `the method is ${request.method}; it has to be POST`
    const problem = {
      kind: 'judged',
      stage: 'endpoint',
      cause: isSecretShown ? 'secret-in-url' : 'request-malformed',
      saw: isSecretShown ? `${saw}, with the parameters in the body and not in the URL` : saw,
    } as const
    const refusal: Refusal = { error: 'invalid_request', status: 405, headers: { allow: 'POST' }, problem }
    return send(request, reply, endpoint.name, refused(request, endpoint.name, refusal))
  }
}

async function carryOut(endpoint: Endpoint, call: OauthCall, onFault: (error: unknown) => void): Promise<Answered> {
  try {
    return await endpoint.run(call)
  } catch (error) {
    onFault(error)
    const isDown = error instanceof LatchkeyError && error.code === 'STORE_UNAVAILABLE'
    return {
      refusal: { error: isDown ? 'temporarily_unavailable' : 'server_error', problem: { kind: 'server-fault' } },
    }
  }
}

function isExchange(endpoint: Endpoint, fields: Fields): boolean {
  return endpoint.name === 'token' && fields.get('grant_type') === TOKEN_EXCHANGE
}

/** Of what a client sends as an id only what looks like one: values are pasted there too. */
function namedTokenId(authorization: string | undefined, fields: Fields): string | undefined {
  const read = readCredentials(authorization, fields)
  const id = (read.kind === 'client' ? read.credentials.id : fields.get('client_id'))?.trim()
  return id !== undefined && looksLikeTokenId(id) ? id : undefined
}

function endpointOf(request: FastifyRequest): Endpoint {
  const path = request.originalUrl.split('?', 1)[0]?.replace(/\/$/, '')
  return Object.entries(ENDPOINTS).find(([url]) => url === path)?.[1] ?? ENDPOINTS[TOKEN_PATH]
}

function partsOf(request: FastifyRequest): { readonly query: string; readonly body: string } {
  const at = request.originalUrl.indexOf('?')
  return {
    query: at < 0 ? '' : request.originalUrl.slice(at + 1),
    body: typeof request.body === 'string' ? request.body : '',
  }
}

const READABLE: Refusal = {
  error: 'invalid_request',
  problem: {
    kind: 'judged',
    stage: 'access-control',
    cause: 'secret-over-plain-http',
    saw: 'the request came over plain HTTP, and not from the machine that the server runs on; nothing in it was looked at',
  },
}

const TWO_HEADERS: Refusal = {
  error: 'invalid_request',
  problem: {
    kind: 'judged',
    stage: 'endpoint',
    cause: 'request-malformed',
    saw: 'there are two Authorization headers, and they differ; neither was looked at',
  },
}

const NO_HOST: Refusal = {
  error: 'invalid_request',
  problem: {
    kind: 'judged',
    stage: 'endpoint',
    cause: 'request-malformed',
    saw: 'the Host header has no name that this server could be called by, and LATCHKEY_PUBLIC_URL gives it none',
  },
}

const STAGES = {
  'not-a-form': ['endpoint', 'body-not-form'],
  repeated: ['parameters', 'parameter-invalid'],
  'in-url': ['parameters', 'parameter-invalid'],
  'secret-in-url': ['parameters', 'secret-in-url'],
} as const

function refusalOfForm({ fault, saw }: Extract<FormReading, { ok: false }>): Refusal {
  const [stage, cause] = STAGES[fault]
  return { error: 'invalid_request', problem: { kind: 'judged', stage, cause, saw } }
}

function refusalOfFault(isOurs: boolean, isTooLarge: boolean): Refusal {
  if (isOurs) return { error: 'server_error', problem: { kind: 'server-fault' } }
  if (!isTooLarge) return { error: 'invalid_request', problem: { kind: 'request-malformed' } }
  const saw = `the body is larger than ${MOST_BYTES} bytes`
  return {
    error: 'invalid_request',
    status: 413,
    headers: { connection: 'close' },
    problem: { kind: 'judged', stage: 'endpoint', cause: 'request-too-large', saw },
  }
}

/** Past the framework, which costs time that is not needed. */
function send(request: FastifyRequest, reply: FastifyReply, endpoint: string, made: OauthReply): FastifyReply {
  if (made.refused !== undefined) logRefusal(request, endpoint, made)
  const body = JSON.stringify(made.body)
  const headers: string[] = Object.entries(EVERY_REPLY).flat()
  headers.push('x-latchkey-request', request.id, 'content-type', 'application/json')
  for (const [name, value] of Object.entries(made.headers)) headers.push(name, value)
  headers.push('content-length', String(Buffer.byteLength(body)))
  reply.hijack()
  reply.raw.writeHead(made.status, headers)
  reply.raw.end(request.method === 'HEAD' ? undefined : body)
  return reply
}

function logRefusal(request: FastifyRequest, endpoint: string, { refused, note }: OauthReply): void {
  if (refused === undefined) return
  const { error: code, diagnosis, isRepeated } = refused
  const { stage, cause } = diagnosis
  const line = { requestId: request.id, address: addressOf(request), action: `oauth2.${endpoint}` }
  const about = { ...line, partnerId: note.partnerId, code, stage, cause: cause.id }
  if (isRepeated) request.log.debug(about, 'refused')
  else request.log.info(about, 'refused')
}
