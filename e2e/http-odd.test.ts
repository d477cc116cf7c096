import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { rawRequest } from './lib/raw.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { call } from './lib/v3.ts'

const PING = '/api_v3/service/system/action/ping?format=1'

describe('a server is asked in ways that are rare and right', () => {
  let server: RunningServer
  before(async () => {
    server = await startServer()
  })
  after(() => server?.[Symbol.asyncDispose]())
  const send = (line: string) =>
    rawRequest(server.url, `${line} HTTP/1.1\r\nHost: latchkey.test\r\nConnection: close\r\n\r\n`)

  test('a probe of its health may be a HEAD, which is answered like GET without a body', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const [head = '', body] = (await send(`HEAD ${path}`)).split('\r\n\r\n')
      assert.match(head, /^HTTP\/1\.1 200 /, path)
      assert.match(head, /^cache-control: no-store$/im)
      assert.equal(body, '')
    }
  })

  test('a target with scheme and host, as a proxy sends it, is the same as without', async () => {
    for (const origin of ['http://latchkey.test', 'HTTPS://latchkey.test:8800']) {
      const answer = await send(`GET ${origin}${PING}`)
      assert.match(answer, /^HTTP\/1\.1 200 /)
      assert.ok(answer.endsWith('\r\n\r\ntrue'), answer)
      assert.match(await send(`GET ${origin}/healthz`), /^HTTP\/1\.1 200 /)
      assert.match(await send(`GET ${origin}`), /^HTTP\/1\.1 200 /)
      assert.match(await send(`GET ${origin}?x`), /^HTTP\/1\.1 200 /)
    }
    // Whose sessions are bound to a path are bound to it in either notation.
    const ks = await call(server.url, 'session.start', {
      partnerId: server.partnerId,
      secret: server.adminSecret,
      type: 2,
      privileges: 'urirestrict:/api_v3/service/session/*',
    })
    for (const origin of ['', 'http://latchkey.test']) {
      const path = `/api_v3/service/session/action/get?format=1&ks=${encodeURIComponent(ks)}`
      assert.match(await send(`GET ${origin}${path}`), /"objectType":"KalturaSessionInfo"\}$/)
    }
    assert.match(await send('GET http://latchkey.test/nowhere'), /^HTTP\/1\.1 404 /)
    assert.match(await send('GET http://evil.test/..%2f..%2fpackage.json'), /^HTTP\/1\.1 404 /)
  })
})
