import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, runCli, startServer } from './lib/server.ts'
import { adminSession, call, post } from './lib/v3.ts'

describe('the v3 endpoint', () => {
  let server: RunningServer
  let admin: string

  before(async () => {
    server = await startServer()
    admin = await adminSession(server)
  })
  after(async () => server[Symbol.asyncDispose]())

  for (const path of [
    '/api_v3/service/system/action/ping/format/1',
    '/api_v3/index.php/service/system/action/ping/format/1',
    '/api_v3/?service=system&action=ping&format=1',
    '/api_v3/index.php?service=SYSTEM&action=Ping&format=1',
    '/api_v3?service=system&action=ping&format=1',
    '/api/service/system/action/ping?format=1',
    '/api_v3/service/system/action/ping/?format=1',
  ]) {
    test(`answers GET and POST at ${path}`, async () => {
      assert.equal(await (await fetch(server.url + path)).text(), 'true')
      assert.equal(await (await fetch(server.url + path, { method: 'POST' })).text(), 'true')
    })
  }

  test('answers in JSON, XML, PHP and JSONP, and to an unknown format with nothing but headers', async () => {
    const get = (query: string) => fetch(`${server.url}/api_v3/service/system/action/ping?${query}`)
    const typeAndBody = async (query: string) => {
      const response = await get(query)
      return [response.headers.get('content-type'), (await response.text()).replace(/[\d.]+(?=<\/executionTime>)/, 'T')]
    }
    assert.deepEqual(await typeAndBody('format=1'), ['application/json', 'true'])
    assert.deepEqual(await typeAndBody(''), [
      'text/xml',
      '<?xml version="1.0" encoding="utf-8"?><xml><result>1</result><executionTime>T</executionTime></xml>',
    ])
    assert.equal((await typeAndBody('format=3'))[1], 'b:1;')
    assert.deepEqual(await typeAndBody('format=9&callback=a.b'), ['application/javascript', 'a.b(true);'])
    for (const [query, code] of [
      ['format=5', 'UNKNOWN_RESPONSE_FORMAT'],
      ['format=9', 'MANDATORY_PARAMETER_MISSING'],
      ['format=9&callback=a()', 'INVALID_FIELD_VALUE'],
    ] as const) {
      const response = await get(query)
      assert.deepEqual(
        [response.status, await response.text(), response.headers.get('x-kaltura')],
        [200, '', `error- ${code}`],
      )
    }
  })

  test('takes a multipart form, and a JSON part in it', async () => {
    const form = new FormData()
    form.set('service', 'media')
    form.set('action', 'list')
    form.set('ks', admin)
    form.set('format', '1')
    form.set('pager:pageSize', '3')
    const list = await (await fetch(`${server.url}/api_v3/`, { method: 'POST', body: form })).json()
    assert.equal((list as { objects: unknown[] }).objects.length, 3)
    const withJson = new FormData()
    withJson.set('json', JSON.stringify({ service: 'system', action: 'ping', format: 1 }))
    assert.equal(await (await fetch(`${server.url}/api_v3/`, { method: 'POST', body: withJson })).text(), 'true')
    const broken = await fetch(`${server.url}/api_v3/?format=1`, {
      method: 'POST',
      body: '--x\r\nnonsense',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    })
    assert.equal(((await broken.json()) as { code: string }).code, 'REQUEST_MALFORMED')
  })

  test('runs the steps of a multirequest one after the other, a failing one among them', async () => {
    const body = {
      '1': { service: 'system', action: 'ping' },
      '2': { service: 'media', action: 'get', entryId: 'none', ks: admin },
      '3': { service: 'nix', action: 'nix' },
      '4': { service: 'session', action: 'startWidgetSession', widgetId: `_${server.partnerId}` },
      '5': { service: 'session', action: 'get', session: '{4:result:ks}', ks: admin },
    }
    const results = (await (
      await fetch(`${server.url}/api_v3/service/multirequest?format=1`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()) as { code: string; diagnosis: { stage: string }; privileges: string }[]
    assert.equal(results.length, 5)
    assert.equal(results[1]?.code, 'ENTRY_ID_NOT_FOUND')
    assert.equal(results[2]?.diagnosis.stage, 'endpoint')
    assert.equal(results[4]?.privileges, 'view:*,widget:1')
    const xml = await (
      await fetch(`${server.url}/api_v3/service/multirequest?1:service=system&1:action=ping&2:service=nix&2:action=x`)
    ).text()
    assert.match(
      xml,
      /<result><item>1<\/item><item><error><code>SERVICE_DOES_NOT_EXISTS<\/code>.*<diagnosis>.*<\/error><\/item><\/result>/,
    )
  })

  test('lets pages of any origin call it, with the headers that they need', async () => {
    const preflight = await fetch(`${server.url}/api_v3/service/media/action/list`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.org',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-latchkey-status',
      },
    })
    assert.equal(preflight.status, 200)
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /Authorization.*X-Latchkey-Status/)
    const answer = await post(server.url, 'system.ping')
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    assert.match(answer.headers.get('access-control-expose-headers') ?? '', /X-Latchkey-Request/)
    assert.match(answer.headers.get('x-latchkey-request') ?? '', /^[0-9a-z]+-[0-9a-z]+$/)
    assert.match(answer.headers.get('x-kaltura-session') ?? '', /^\S+, \d{10}$/)
    assert.match(answer.headers.get('cache-control') ?? '', /no-store/)
    assert.ok(answer.headers.get('x-me'))
  })

  test('names in a header what would have opened a refused action', async () => {
    const answer = await post(server.url, 'user.list')
    assert.equal(answer.headers.get('x-kaltura'), 'error-SERVICE_FORBIDDEN')
    assert.equal(
      answer.headers.get('x-kaltura-app'),
      'exiting on error SERVICE_FORBIDDEN - The access to service [user->list] is forbidden',
    )
    assert.match(answer.headers.get('x-latchkey-accepted-permissions') ?? '', /ACCOUNT_BASE; ADMIN_BASE/)
    assert.equal(
      answer.headers.get('x-latchkey-request'),
      ((await answer.json()) as { diagnosis: { requestId: string } }).diagnosis.requestId,
    )
  })

  test('answers 200 to a refusal, unless the request asks for statuses', async () => {
    assert.equal((await post(server.url, 'user.list')).status, 200)
    const http = { 'x-latchkey-status': 'http' }
    assert.equal((await post(server.url, 'user.list', {}, http)).status, 403)
    assert.equal((await post(server.url, 'media.list', { ks: 'nonsense' }, http)).status, 401)
    assert.equal((await post(server.url, 'nix.nix', {}, http)).status, 404)
    assert.equal((await post(server.url, 'session.startWidgetSession', {}, http)).status, 400)
    assert.equal((await post(server.url, 'system.ping', {}, http)).status, 200)
  })

  test('refuses a body over 1 MiB by our code, and takes one of just that', async () => {
    const body = (size: number) => `service=system&action=ping&format=1&x=${'a'.repeat(size)}`.slice(0, size)
    const send = (size: number) =>
      fetch(`${server.url}/api_v3/?format=1`, {
        method: 'POST',
        body: body(size),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    assert.equal(await (await send(1_048_576)).text(), 'true')
    const refused = (await (await send(1_048_577)).json()) as { code: string; diagnosis: { cause: { id: string } } }
    assert.deepEqual([refused.code, refused.diagnosis.cause.id], ['REQUEST_TOO_LARGE', 'request-too-large'])
  })

  test('refuses more than 50 steps by our code, and takes 50', async () => {
    const steps = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [index + 1, { service: 'system', action: 'ping' }]),
      )
    const send = async (count: number) =>
      (
        await fetch(`${server.url}/api_v3/service/multirequest`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ format: 1, ...steps(count) }),
        })
      ).json()
    assert.equal(((await send(50)) as unknown[]).length, 50)
    assert.equal(((await send(51)) as { code: string }).code, 'TOO_MANY_STEPS')
  })

  test('refuses headers that are too large, and what is no HTTP, by our codes', async () => {
    assert.match(
      await raw(server.url, `GET /api_v3/ HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(40_000)}\r\n\r\n`),
      /^HTTP\/1\.1 431 [\s\S]*"code":"HEADERS_TOO_LARGE"/,
    )
    assert.match(await raw(server.url, 'HELLO\r\n\r\n'), /^HTTP\/1\.1 400 [\s\S]*"code":"REQUEST_MALFORMED"/)
  })

  test('refuses a plain call where the account takes HTTPS only, until it no longer does', async () => {
    const env = { LATCHKEY_DATA: server.data }
    await runCli(['partner', 'https-only', String(server.partnerId), 'on'], env)
    const refused = await call(server.url, 'media.list', { ks: admin })
    assert.deepEqual(
      [refused.code, refused.diagnosis.cause.id],
      ['SERVICE_ACCESS_CONTROL_RESTRICTED', 'https-required'],
    )
    await runCli(['partner', 'https-only', String(server.partnerId), 'off'], env)
    assert.equal((await call(server.url, 'media.list', { ks: admin })).totalCount, 40)
  })

  test('gets past the feature gate once the feature is switched on', async () => {
    const ask = () => call(server.url, 'metadata_metadata.list', { ks: admin })
    assert.equal((await ask()).message, 'The usage of feature [metadata] is forbidden')
    await runCli(['partner', 'feature', String(server.partnerId), 'METADATA_PLUGIN_PERMISSION', 'on'], {
      LATCHKEY_DATA: server.data,
    })
    assert.equal((await ask()).diagnosis.cause.id, 'not-in-sandbox')
  })

  test('is alive and ready', async () => {
    for (const path of ['/healthz', '/readyz']) assert.equal((await fetch(server.url + path)).status, 200)
    assert.equal((await fetch(`${server.url}/nowhere`)).status, 404)
  })
})

describe('a server that sits behind a proxy', () => {
  test('takes address and protocol from the proxy it trusts, and from nobody else', async () => {
    await using trusting = await startServer({
      env: { LATCHKEY_TRUST_PROXY: '127.0.0.1', LATCHKEY_ERROR_STATUS: 'http' },
    })
    await using wary = await startServer()
    const restricted = async (server: RunningServer) =>
      call(server.url, 'session.start', {
        partnerId: server.partnerId,
        secret: server.adminSecret,
        type: 2,
        privileges: 'iprestrict:203.0.113.7',
      })
    const from = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' }
    assert.equal((await post(trusting.url, 'media.list', { ks: await restricted(trusting) }, from)).status, 200)
    assert.equal((await post(trusting.url, 'media.list', { ks: await restricted(trusting) })).status, 401)
    assert.equal(
      (await call(wary.url, 'media.list', { ks: await restricted(wary) }, from)).args.KSID,
      'EXCEEDED_RESTRICTED_IP',
    )
  })
})

/** Sends bytes as they are and answers with what comes back until the end. */
function raw(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.once('close', () => resolve(answer))
    socket.once('error', reject)
  })
}
