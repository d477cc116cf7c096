import assert from 'node:assert/strict'
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

  test('takes a name from the path before the query string, and from there before the body', async () => {
    const send = (path: string, body: string) =>
      fetch(server.url + path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }).then((response) => response.text())
    const other = 'service=nix&action=nix'
    assert.equal(
      await send(`/api_v3/service/system/action/ping/format/1?${other}&format=2`, `${other}&format=3`),
      'true',
    )
    assert.equal(await send('/api_v3/?service=system&action=ping&format=1', `${other}&format=3`), 'true')
  })

  test('tells a refusal in each format, its diagnosis in it', async () => {
    const get = async (query: string) => (await fetch(`${server.url}/api_v3/service/user/action/list?${query}`)).text()
    assert.match(await get('format=1'), /^\{"code":"SERVICE_FORBIDDEN",.*"diagnosis":\{"stage":"permission",/)
    assert.match(
      await get('format=2'),
      /<result><error><code>SERVICE_FORBIDDEN<\/code>.*<\/args><diagnosis><stage>permission<\/stage>.*<\/diagnosis><\/error><\/result>/,
    )
    assert.match(await get('format=3'), /^a:\d+:\{s:4:"code";s:17:"SERVICE_FORBIDDEN";.*s:5:"stage";s:10:"permission";/)
    assert.match(await get('format=9&callback=done'), /^done\(\{"code":"SERVICE_FORBIDDEN",.*\}\);$/)
  })

  test('gives every reply an id of its own, and answers HEAD with headers alone', async () => {
    const ids = new Set<string | null>()
    for (const [method, path] of [
      ['GET', '/api_v3/service/system/action/ping'],
      ['POST', '/api_v3/service/system/action/ping'],
      ['HEAD', '/api_v3/service/system/action/ping'],
      ['OPTIONS', '/api_v3/service/system/action/ping'],
      ['PUT', '/api_v3/service/system/action/ping'],
      ['GET', '/api_v3/service/multirequest?1:service=system&1:action=ping'],
      ['GET', '/api_v3/service/system/action/ping?format=5'],
      ['GET', '/api_v3/'],
      ['GET', '/api_v3/service/%zz/action/%'],
      ['GET', '/nowhere/%zz'],
    ] as const) {
      const response = await fetch(server.url + path, { method })
      ids.add(response.headers.get('x-latchkey-request'))
      if (method === 'HEAD') assert.equal(await response.text(), '')
    }
    assert.ok(!ids.has(null))
    assert.equal(ids.size, 10)
  })

  test('reads what no URL should hold by the rules of the original, and repeats none of it elsewhere', async () => {
    const get = async (path: string) => (await fetch(server.url + path)).text()
    assert.match(await get('/api_v3/service/system/action/ping/x/100%?format=1'), /^true$/)
    assert.match(await get('/api_v3/service/system/action/ping/x/%ff%zz/format/1'), /^true$/)
    assert.ok(!(await get('/elsewhere/top-secret%zz')).includes('top-secret'))
  })

  test('passes over a body whose type is none, as over one of a type that it does not read', async () => {
    for (const type of ['x', ';', 'a/b/c', 'text/plain', 'application/xml']) {
      const send = (action: string) =>
        fetch(`${server.url}/api_v3/service/session/action/${action}?format=1`, {
          method: 'POST',
          headers: { 'content-type': type },
          body: 'widgetId=_4242',
        }).then((response) => response.json())
      const refused = (await send('startWidgetSession')) as { code: string; diagnosis: { cause: { id: string } } }
      assert.deepEqual(
        [refused.code, refused.diagnosis.cause.id],
        ['MISSING_MANDATORY_PARAMETER', 'json-charset-ignored'],
        type,
      )
      assert.equal(await send('end'), null)
    }
  })

  test('counts the steps of one session as one call, and lets none through once its calls are used up', async () => {
    const ks = await call(server.url, 'session.start', {
      partnerId: server.partnerId,
      secret: server.adminSecret,
      privileges: 'actionslimit:1',
    })
    const steps = { '1': { service: 'system', action: 'ping', ks }, '2': { service: 'system', action: 'ping', ks } }
    const send = async () => (await post(server.url, 'multirequest.x', steps)).json()
    assert.deepEqual(await send(), [true, true])
    const again = (await send()) as { args: { KSID: string } }[]
    assert.deepEqual(
      again.map(({ args }) => args.KSID),
      ['EXCEEDED_ACTIONS_LIMIT', 'EXCEEDED_ACTIONS_LIMIT'],
    )
  })

  test('lets pages of any origin call it, with the headers that they need', async () => {
    const preflight = await fetch(`${server.url}/api_v3/service/media/action/list`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.org',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-latchkey-status,x-latchkey-fields',
      },
    })
    assert.equal(preflight.status, 200)
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
    assert.match(
      preflight.headers.get('access-control-allow-headers') ?? '',
      /Authorization.*X-Latchkey-Status.*X-Latchkey-Fields/,
    )
    const answer = await post(server.url, 'system.ping')
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    for (const name of [
      'X-Latchkey-Request',
      'X-Latchkey-Accepted-Permissions',
      'X-Kaltura',
      'X-Kaltura-Session',
      'X-Me',
    ])
      assert.ok(answer.headers.get('access-control-expose-headers')?.split(', ').includes(name), name)
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
    assert.equal((await post(server.url, 'user.list', {}, { 'x-latchkey-status': 'HTTP' })).status, 403, 'in any case')
    assert.equal((await post(server.url, 'media.list', { ks: 'nonsense' }, http)).status, 401)
    assert.equal((await post(server.url, 'nix.nix', {}, http)).status, 404)
    assert.equal((await post(server.url, 'session.startWidgetSession', {}, http)).status, 400)
    assert.equal((await post(server.url, 'appToken.startSession', { id: 'x' }, http)).status, 400)
    const bad = { ks: admin, id: '0_nonesuch', tokenHash: 'x' }
    assert.equal((await post(server.url, 'appToken.startSession', bad, http)).status, 404)
    assert.equal((await post(server.url, 'system.ping', {}, http)).status, 200)
    // One status cannot speak for several steps.
    const steps = { 1: { service: 'nix', action: 'nix' } }
    assert.equal((await post(server.url, 'multirequest.', steps, http)).status, 200)
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

describe('settings', () => {
  test('address and protocol come from the proxy that is trusted, and from nobody else; statuses as set', async () => {
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
    assert.equal((await post(trusting.url, 'user.list')).status, 403, 'by the setting')
    const legacy = { 'x-latchkey-status': 'legacy' }
    assert.equal((await post(trusting.url, 'user.list', {}, legacy)).status, 200, 'the request has the last word')
    assert.equal((await post(trusting.url, 'user.list', {}, { 'x-latchkey-status': 'Legacy' })).status, 200)
    assert.equal(
      (await call(wary.url, 'media.list', { ks: await restricted(wary) }, from)).args.KSID,
      'EXCEEDED_RESTRICTED_IP',
    )
  })
})
