import assert from 'node:assert/strict'
import { appendFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type ConsoleGround, consoleGround, INLINE_POLICY, PARTNER } from './console-ground.ts'

const ORIGIN = 'https://api.example.com'

describe('the pages of the console', () => {
  let ground: ConsoleGround
  before(async () => {
    ground = await consoleGround({ console: { connect: [ORIGIN, 'http://10.0.0.7:8080'] } })
  })
  after(() => ground?.[Symbol.asyncDispose]())
  const get = (url: string, headers: Record<string, string> = {}) =>
    ground.server.inject({ method: 'GET', url, headers })

  test('run their own scripts, call their server and the origins named to it, and do nothing else', async () => {
    const { statusCode, headers, body } = await get('/')
    assert.equal(statusCode, 200)
    const [, nonce = ''] = /<script nonce="([\w-]{22})" src="\.\/assets\/a-1\.js">/.exec(body) ?? []
    assert.notEqual(nonce, '', body)
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    assert.deepEqual(String(headers['content-security-policy']).split(/; ?/), [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      "style-src 'self'",
      "img-src 'self' data:",
      `connect-src 'self' ${ORIGIN} http://10.0.0.7:8080`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.equal(headers['strict-transport-security'], undefined)
    assert.equal(headers['cache-control'], 'no-cache')
  })

  test('let no other script run, be it of their own server: each answer has a mark of its own for its scripts', async () => {
    const nonces = new Set<string>()
    for (const url of ['/', '/', '/index.html']) {
      const { headers, body } = await get(url)
      const [, nonce = ''] = /script-src 'nonce-([^']+)'/.exec(String(headers['content-security-policy'])) ?? []
      assert.ok(body.includes(`<meta property="csp-nonce" nonce="${nonce}" />`), 'where the loader looks for it')
      nonces.add(nonce)
    }
    assert.equal(nonces.size, 3)
    for (const url of ['/favicon.svg', '/assets/a-1.js'])
      assert.match(String((await get(url)).headers['content-security-policy']), /script-src 'none'/)
  })

  test('are told the server that serves them', async () => {
    for (const url of ['/', '/index.html', '/?from=a-bookmark']) {
      const content = /name="latchkey-server" content="([^"]*)"/.exec((await get(url)).body)?.[1] ?? ''
      assert.ok(!/['<>]/.test(content), 'nothing in it can end the attribute')
      assert.deepEqual(JSON.parse(content.replaceAll('&quot;', '"')), {
        connect: [ORIGIN, 'http://10.0.0.7:8080'],
        version: '0.1.0',
        fidelity: 'mended',
        partnerId: PARTNER,
      })
    }
  })

  test('are filled in anew once they are built anew', async () => {
    await using own = await consoleGround()
    await appendFile(join(own.folder, 'index.html'), '<!-- the next build -->')
    assert.match((await own.server.inject({ method: 'GET', url: '/' })).body, /partnerId.*the next build/s)
    await rm(join(own.folder, 'index.html'))
    assert.equal((await own.server.inject({ method: 'GET', url: '/' })).statusCode, 404)
  })

  test('keep their scripts for a year, since another build has other names', async () => {
    const { statusCode, headers, body } = await get('/assets/a-1.js')
    assert.deepEqual([statusCode, body], [200, '0123456789'])
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.match(String(headers['content-type']), /javascript/)
  })

  test('come compressed to whoever takes that, and say that it depends', async () => {
    for (const [asked, encoding, body] of [
      ['br, gzip', 'br', 'brotli'],
      ['gzip', 'gzip', 'gzip'],
      ['identity', undefined, '0123456789'],
    ] as const) {
      const answer = await get('/assets/a-1.js', { 'accept-encoding': asked })
      assert.deepEqual([answer.headers['content-encoding'], answer.body], [encoding, body])
      assert.equal(answer.headers.vary, 'accept-encoding')
    }
  })

  test('answer HEAD without a body, ranges by a part and validators by 304', async () => {
    for (const url of ['/', '/assets/a-1.js', '/offline.html', '/favicon.svg']) {
      const head = await ground.server.inject({ method: 'HEAD', url })
      assert.deepEqual([head.statusCode, head.body], [200, ''])
      assert.equal(head.headers['content-length'], (await get(url)).headers['content-length'])
    }
    const part = await get('/assets/a-1.js', { range: 'bytes=2-4' })
    assert.deepEqual([part.statusCode, part.body], [206, '234'])
    assert.equal((await get('/assets/a-1.js', { range: 'bytes=99-' })).statusCode, 416)
    const { etag } = (await get('/assets/a-1.js')).headers
    assert.equal((await get('/assets/a-1.js', { 'if-none-match': String(etag) })).statusCode, 304)
  })

  test('have one that works alone, under the policy that it states itself, and in no frame', async () => {
    const { statusCode, headers } = await get('/offline.html')
    assert.equal(statusCode, 200)
    assert.equal(headers['content-security-policy'], `${INLINE_POLICY}; frame-ancestors 'none'`)
    assert.equal(headers['cache-control'], 'no-cache')
  })

  test('have one that works alone, which may do nothing where it states no policy that can be sent', async () => {
    for (const content of ['<!doctype html>', '<meta http-equiv="Content-Security-Policy" content="x\u00e9">']) {
      await using own = await consoleGround()
      await writeFile(join(own.folder, 'offline.html'), content)
      const { headers } = await own.server.inject({ method: 'GET', url: '/offline.html' })
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'")
    }
  })

  for (const url of [
    '/assets/..%2f..%2fpackage.json',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/....//....//package.json',
    '/assets//etc/passwd',
    '/assets/%00',
    '/assets/a-1.js%00.html',
    '/assets/%zz',
    '/assets/',
    '/assets',
    '/assets/none.js',
    '/assets/.hidden.js',
    '/.built',
    '/package.json',
    '/../package.json',
    '/..%2fpackage.json',
    '//',
    '//etc/passwd',
    '/index.html/',
    '/offline.html.br',
    `/assets/${'a'.repeat(5_000)}`,
  ]) {
    test(`are all there is to get: not ${url.slice(0, 60)}`, async () => {
      for (const method of ['GET', 'HEAD'] as const) {
        const { statusCode, headers, body } = await ground.server.inject({ method, url })
        assert.ok([400, 403, 404, 414].includes(statusCode), `${statusCode} ${body}`)
        assert.match(String(headers['content-type']), /^application\/json/)
        assert.ok(!body.includes('secret') && !body.includes('hidden') && !body.includes('root:'))
        assert.equal(headers['cache-control'], undefined, 'nothing keeps an answer that may change')
      }
    })
  }

  test('are not to be written to', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      for (const url of ['/', '/assets/a-1.js', '/offline.html', '/favicon.svg']) {
        assert.equal((await ground.server.inject({ method, url })).statusCode, 404)
      }
    }
  })

  test('leave the headers of everything else as they were', async () => {
    await using without = await consoleGround({ files: {} })
    for (const url of ['/api_v3/service/system/action/ping', '/healthz', '/nowhere', '/api_v3/service/x']) {
      const names = async ({ server }: ConsoleGround) =>
        Object.keys((await server.inject({ method: 'GET', url })).headers).sort()
      assert.deepEqual(await names(ground), await names(without))
    }
  })
})

test('a server without built pages says how to build them, and serves all else', async () => {
  await using ground = await consoleGround({ files: {} })
  const { statusCode, body } = await ground.server.inject({ method: 'GET', url: '/' })
  assert.equal(statusCode, 404)
  assert.match(JSON.parse(body).hint, /not built.*npm run build/)
  assert.equal((await ground.server.inject({ method: 'GET', url: '/healthz' })).statusCode, 200)
  assert.equal((await ground.signIn(ground.link.issue())).statusCode, 404)
})

test('a path that leads nowhere is answered with where that is which was likely meant, and nothing of the path', async () => {
  await using ground = await consoleGround({ console: {} })
  const hint = async (url: string) => {
    const { statusCode, body } = await ground.server.inject({ method: 'GET', url })
    assert.equal(statusCode, 404, url)
    assert.ok(!body.includes('djJ8'), body)
    return JSON.parse(body).hint
  }
  for (const url of ['/console', '/console/', '/Console/tokens', '/ui?x=1', '/login', '/console/djJ8MTAy'])
    assert.equal(await hint(url), 'the pages are at /', url)
  for (const url of [
    '/token',
    '/oauth/token',
    '/oauth2',
    '/v1/oauth2/token',
    '/oauth/v2/introspect',
    '/token?ks=djJ8MTAy',
  ])
    assert.match(await hint(url), /POST to \/oauth2\/token/, url)
  for (const url of ['/nowhere', '/tokens', '/consoles', '/djJ8MTAy'])
    assert.match(await hint(url), /pages are at \/, the API is at \/api_v3/, url)
  await using bare = await consoleGround({ files: {} })
  const { body } = await bare.server.inject({ method: 'GET', url: '/console' })
  assert.equal(JSON.parse(body).hint, 'the API is at /api_v3, health at /healthz and /readyz')
})
