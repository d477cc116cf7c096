import { createServer as createHttpServer } from 'node:http'
import type { Deps } from '@latchkey/authority'
import Fastify, { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { clientErrors } from './client-errors.ts'
import { addConsole, type ConsoleOptions } from './console/console.ts'
import { isConsoleBuilt } from './console/pages.ts'
import { addHealthRoutes } from './health.ts'
import { hintFor } from './not-found.ts'
import { addOauth2Routes, type OauthOptions } from './oauth2/routes.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { addOpenApi } from './openapi.ts'
import { requestIds } from './request-id.ts'
import { pathAndQuery } from './request-target.ts'
import { type VendorSwitches, v3Fidelity } from './v3/fidelity.ts'
import { addV3Routes, MOST_BYTES } from './v3/routes.ts'

export interface ServerOptions {
  readonly logger: FastifyBaseLogger
  /** Addresses and ranges of proxies whose forwarded address and protocol count. */
  readonly trustProxy: readonly string[]
  readonly errorStatus: 'legacy' | 'http'
  /** Of the OAuth2 endpoints; secrets over plain HTTP are refused unless it says otherwise. */
  readonly oauth2?: Partial<OauthOptions> | undefined
  /** Count only where the fidelity is `vendor`. */
  readonly vendor?: VendorSwitches | undefined
  /** The web pages; none unless given. */
  readonly console?: ConsoleOptions | undefined
  /** How long the headers, and how long a whole request, may take to arrive. */
  readonly headersTimeoutMs?: number | undefined
  readonly requestTimeoutMs?: number | undefined
}

export interface Server extends AsyncDisposable {
  /** Resolves to its URL once it accepts requests. */
  listen(at: { readonly host: string; readonly port: number }): Promise<string>
  /** Runs a request without a socket: for tests. */
  inject(request: {
    method: 'GET' | 'POST' | 'HEAD' | 'PUT' | 'DELETE' | 'OPTIONS'
    url: string
    headers?: Record<string, string>
    payload?: string
  }): Promise<{ statusCode: number; headers: Record<string, unknown>; body: string }>
  /** Stops accepting, finishes what was begun; a client that takes more than five seconds over its part is not waited for. */
  close(): Promise<void>
}

const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
/** Keeps a stop from waiting for clients that hold idle connections open. */
const KEEP_ALIVE_MS = 5_000
/** Of what has arrived, all is answered long before; only clients that are slow, or mean to be, take longer. */
const STOP_MS = 5_000

/** The HTTP server over the use cases. It does not listen yet. */
export async function createServer(deps: Deps, options: ServerOptions): Promise<Server> {
  const requestTimeout = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS
  const headersTimeout = options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS
  const newRequestId = requestIds((length) => deps.primitives.randomBytes(length))
  const fidelity = v3Fidelity(deps.fidelity, options.vendor)
  const nameRequest = (request: FastifyRequest, reply: FastifyReply) =>
    fidelity.showsOurs ? reply.header('x-latchkey-request', request.id) : reply
  const hasPages = options.console !== undefined && isConsoleBuilt(options.console.folder)
  const notFound = (request: FastifyRequest, reply: FastifyReply): void => {
    const [path = ''] = pathAndQuery(request.originalUrl).split('?')
    nameRequest(request, reply)
      .code(404)
      .send({ error: 'not found', hint: hintFor(path, { hasPages, hasOauth2: fidelity.showsOurs }) })
  }
  const app = Fastify({
    loggerInstance: options.logger,
    // Lines of our own say more, and none of them holds a URL: sessions may stand in one.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    requestIdHeader: false,
    // A logger a request costs more than all that is logged of most; lines name the request themselves.
    childLoggerFactory: (logger) => logger,
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    bodyLimit: MOST_BYTES,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    serverFactory: (handler) =>
      createHttpServer(
        {
          headersTimeout,
          requestTimeout,
          keepAliveTimeout: KEEP_ALIVE_MS,
          connectionsCheckingInterval: Math.min(1_000, headersTimeout, requestTimeout),
        },
        oneAtATime(handler),
      ),
    routerOptions: { ignoreTrailingSlash: true },
    rewriteUrl: (request) => routed(request.url ?? ''),
    // The framework's own answer to a path that it cannot decode repeats the path, in which a session may stand.
    frameworkErrors: (_error, request, reply) => notFound(request, reply),
    clientErrorHandler: clientErrors(newRequestId, deps.clock, fidelity),
  })
  addHealthRoutes(app, deps.store)
  // The original has none, and a client that meets one there has met something of ours.
  if (fidelity.showsOurs) addOpenApi(app, deps)
  const random = requestIds((length) => deps.primitives.randomBytes(length))
  await addV3Routes(app, deps, {
    errorStatus: options.errorStatus,
    fidelity,
    sessionHeader: () => `${random()}, ${deps.clock()}`,
  })
  if (options.console !== undefined) await addConsole(app, deps, options.console)
  // The original has no such door, so that none is to be met where it is rehearsed.
  if (fidelity.showsOurs) await addOauth2Routes(app, deps, { takesPlainHttp: false, ...options.oauth2 })
  app.setNotFoundHandler(notFound)
  // Of all that is not the v3 endpoint, which has its own: no words of the framework's, which may repeat what was sent.
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'fault')
    nameRequest(request, reply)
      .code(status)
      .send({ error: status >= 500 ? 'internal error' : 'the request could not be read' })
  })
  const close = async (): Promise<void> => {
    const timer = setTimeout(() => app.server.closeAllConnections(), STOP_MS)
    await app.close().finally(() => clearTimeout(timer))
  }
  return {
    listen: ({ host, port }) => app.listen({ host, port }),
    async inject(request) {
      const { statusCode, headers, body } = await app.inject(request)
      return { statusCode, headers, body }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

const V3_PATH = /^\/(?:api_v3|api)(?=[/?]|$)/

/**
 * What the router sees of a URL. For the v3 endpoint that is no more than its name: what follows are parameters, which the
 * codec reads by the original's rules, and a router would refuse some that the original takes.
 */
function routed(url: string): string {
  const target = pathAndQuery(url)
  return V3_PATH.exec(target)?.[0] ?? target
}
