import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
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

describe('a client that asks for more than it reads', () => {
  test('opens no more files than it has connections, and keeps nobody else from an answer', async () => {
    await using server = await startServer()
    const sockets = Array.from({ length: 10 }, () => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      socket.on('error', () => undefined).pause()
      socket.write('GET /offline.html HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3_000))
      return socket
    })
    for (let again = 0; again < 10; again += 1) {
      const answer = await rawRequest(server.url, `GET ${PING} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, {
        endAfterMs: 5_000,
      })
      assert.ok(answer.endsWith('\r\n\r\ntrue'), answer)
    }
    // Where the system tells.
    const open = await readdir(`/proc/${server.pid}/fd`).catch(() => [])
    assert.ok(open.length < 200, `${open.length} files are open`)
    for (const socket of sockets) socket.destroy()
  })

  test('is answered in order all the same, whatever it sends ahead, up to a hundred requests', async () => {
    await using server = await startServer()
    const body = 'service=system&action=ping'
    const kinds = [
      { asked: `GET ${PING} HTTP/1.1\r\nHost: x\r\n\r\n`, answered: 'true' },
      { asked: 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n', answered: '{"status":"alive"}' },
      {
        asked: `POST /api_v3/?format=3 HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        answered: 'b:1;',
      },
      { asked: 'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n', answered: '"not found"' },
    ] as const
    const sent = Array.from({ length: 99 }, (_, at) => kinds[at % kinds.length] ?? kinds[0])
    const last = `GET ${PING} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
    const answer = await rawRequest(server.url, sent.map(({ asked }) => asked).join('') + last, { endAfterMs: 20_000 })
    const answers = answer.split('HTTP/1.1 ').slice(1)
    assert.equal(answers.length, 100)
    for (const [at, { answered }] of sent.entries()) assert.ok(answers[at]?.includes(answered), `${at}: ${answers[at]}`)
  })
})

test('a stop waits for no client that never ends its request', async () => {
  const server = await startServer()
  const slow = rawRequest(server.url, 'POST /api_v3/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na')
  const begun = rawRequest(server.url, `GET ${PING} HTTP/1.1\r\nHost: x\r\n\r\n`)
  assert.match(await rawRequest(server.url, `GET ${PING} HTTP/1.0\r\n\r\n`), /true$/)
  // Killed for not having stopped it would end without a code.
  assert.equal((await server.stop()).code, 0)
  // A request that was waited for is told that it took too long.
  assert.equal(await slow, '')
  assert.match(await begun, /true$/)
})
