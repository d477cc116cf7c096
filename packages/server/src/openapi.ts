import type { Deps } from '@latchkey/authority'
import { openApiDocument } from '@latchkey/wire'
import type { FastifyInstance } from 'fastify'
import { VERSION } from './version.ts'

const SECONDS = 300

/**
 * `GET /openapi.json`: every action, for generators of clients. Pages of any origin may read it: nothing in it is
 * anybody's own.
 */
export function addOpenApi(app: FastifyInstance, { primitives }: Deps): void {
  const text = JSON.stringify(openApiDocument({ version: VERSION }))
  const tag = `"${primitives.encodeBase64(primitives.digest('sha1', primitives.encodeUtf8(text)))}"`
  app.route({
    method: ['GET', 'OPTIONS'],
    url: '/openapi.json',
    exposeHeadRoute: true,
    handler(request, reply) {
      reply.headers({
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'If-None-Match',
        'cache-control': `public, max-age=${SECONDS}`,
        'x-content-type-options': 'nosniff',
        etag: tag,
      })
      if (request.method === 'OPTIONS') return reply.code(204).send()
      if (request.headers['if-none-match'] === tag) return reply.code(304).send()
      return reply.type('application/json').send(text)
    },
  })
}
