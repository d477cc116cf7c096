import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { pageDirectives, policyOfPage, policyText } from './policy.ts'
import { readPage } from './read-page.ts'
import { fillPage, type Served, withNonce } from './served-page.ts'

const INDEX = 'index.html'
/** One file that works alone; it has its own script in it, and a policy of its own. */
const OFFLINE = 'offline.html'
const METHODS: ('GET' | 'HEAD')[] = ['GET', 'HEAD']

/** Whether the pages are built in that folder. */
export function isConsoleBuilt(folder: string): boolean {
  return existsSync(join(folder, INDEX))
}

/**
 * The pages, with headers of their own. In a scope of its own: no other route is slower or answers otherwise for it.
 *
 * @param newNonce in Base64, unguessable, another one each time
 */
export async function addPages(
  app: FastifyInstance,
  folder: string,
  served: Served,
  newNonce: () => string,
): Promise<void> {
  const index = readPage(join(folder, INDEX), (html) => fillPage(html, served))
  const offlinePolicy = readPage(join(folder, OFFLINE), policyOfPage)
  await app.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: pageDirectives(served.connect) },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
      // Whether there is HTTPS is the business of the proxy in front.
      strictTransportSecurity: false,
    })
    await scope.register(files, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      // Their names change with what is in them.
      maxAge: '365d',
      immutable: true,
      preCompressed: true,
      index: false,
      dotfiles: 'ignore',
      suppressWarning: true,
    })
    for (const url of ['/', `/${INDEX}`]) {
      scope.route({
        method: METHODS,
        url,
        async handler(request, reply) {
          const html = await index()
          if (html === undefined || !isSpelledSo(url, request.url)) return reply.callNotFound()
          const nonce = newNonce()
          return reply
            .header('content-security-policy', policyText(pageDirectives(served.connect, nonce)))
            .header('cache-control', 'no-cache')
            .type('text/html; charset=utf-8')
            .send(withNonce(html, nonce))
        },
      })
    }
    for (const name of topLevelFiles(folder)) {
      scope.route({
        method: METHODS,
        url: `/${name}`,
        async handler(request, reply) {
          if (!isSpelledSo(`/${name}`, request.url)) return reply.callNotFound()
          if (name === OFFLINE) reply.header('content-security-policy', (await offlinePolicy()) ?? '')
          return reply.header('cache-control', 'no-cache').sendFile(name, folder, { cacheControl: false })
        },
      })
    }
  })
}

/** The router also takes slashes too many at the end, but then what a page names beside itself would not be found. */
function isSpelledSo(path: string, url: string): boolean {
  return url === path || url.startsWith(`${path}?`)
}

/** By their names, so that whatever else may come to lie there, such as a mark of the build, is not served. */
function topLevelFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[a-z0-9][\w-]*\.(html|svg|png|ico|txt|webmanifest|json)$/i.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => name !== INDEX)
}
