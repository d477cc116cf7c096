import type { Store } from '@latchkey/authority'
import type { FastifyInstance } from 'fastify'

/** `/healthz`: this process answers. `/readyz`: its store answers too and is migrated. 200 or 503. */
export function addHealthRoutes(app: FastifyInstance, store: Store): void {
  // Probes of load balancers ask by HEAD as well.
  const options = { exposeHeadRoute: true }
  app.get('/healthz', options, (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'alive' }))
  app.get('/readyz', options, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      await store.check()
      return { status: 'ready' }
    } catch (error) {
      app.log.error({ err: error }, 'the store is not ready')
      reply.code(503)
      return {
        status: 'not ready',
        reason: 'the store did not answer, or its schema is not the one this version knows',
      }
    }
  })
}
