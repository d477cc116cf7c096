import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { describe, test } from 'node:test'
import { LatchkeyAnswerError, LatchkeyCallError } from '../src/index.ts'
import { FakeServer, refusal } from './fake-server.ts'

describe('a call', () => {
  test('goes as JSON to the path of its action, with the session in the body and nowhere else', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const ks = await session.ks()
    await session.call('media', 'list', { filter: { nameLike: 'x', orderBy: undefined }, pager: { pageSize: 3 } })
    const { url, body, headers } = server.sent.at(-1) ?? assert.fail()
    assert.equal(url, 'https://v3.example.com/api_v3/service/media/action/list')
    assert.deepEqual(body, {
      filter: { nameLike: 'x' },
      pager: { pageSize: 3 },
      format: 1,
      clientTag: 'latchkey-client',
      ks,
    })
    assert.deepEqual(Object.keys(headers), ['accept', 'content-type'])
  })

  test('of a service that has no types takes and answers anything', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const answer: unknown = await session.call('playlist', 'execute', { id: 'x', detailed: true })
    assert.deepEqual(answer, { objectType: 'Echo', name: 'playlist.execute' })
  })

  test('takes its own session string, whatever the parameters say', async () => {
    const server = new FakeServer()
    const session = await server.session()
    await session.call('playlist', 'list', { ks: 'another', format: 2 })
    assert.deepEqual([server.sent.at(-1)?.body.ks, server.sent.at(-1)?.body.format], [await session.ks(), 1])
  })

  test('with a file is told how files go, and nothing is sent', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const fileData = new File(['bytes'], 'x.mp4')
    await assert.rejects(session.call('uploadToken', 'upload', { uploadTokenId: '1', fileData }), {
      code: 'BODY_UNSUPPORTED',
      message: /withSession/,
    })
    assert.equal(server.sent.length, 2)
  })

  test('with parameters that cannot be written as JSON is an error of the caller, and nothing is sent', async () => {
    const server = new FakeServer()
    const session = await server.session()
    await assert.rejects(session.call('playlist', 'list', { id: 1n }), TypeError)
    assert.equal(server.sent.length, 2)
  })

  for (const name of ['', 'media/action/x', 'a b', '../x', 'média', 'x?ks=1'])
    test(`refuses the name ${JSON.stringify(name)}, which would become part of a URL`, async () => {
      const server = new FakeServer()
      const session = await server.session()
      await assert.rejects(session.call(name, 'list'), { code: 'NAME_INVALID' })
      await assert.rejects(session.call('media', name), { code: 'NAME_INVALID' })
      assert.equal(server.sent.length, 2)
    })

  test('that is refused throws the code, message, arguments, diagnosis and name of the request', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const diagnosis = {
      stage: 'permission',
      passed: ['session-alive'],
      cause: { id: 'role-too-small', title: 't', saw: 's', remedy: ['r'], docs: 'd' },
      needed: ['A'],
      held: [{ permission: 'B', from: 'always' }],
      requestId: 'r-2',
      serverTime: 7,
    }
    server.answers['user.list'] = () =>
      refusal(
        'SERVICE_FORBIDDEN',
        'The access to service [user->list] is forbidden',
        { SERVICE: 'user->list' },
        { diagnosis },
      )
    await assert.rejects(session.call('user', 'list'), (error) => {
      assert.ok(error instanceof LatchkeyCallError)
      assert.equal(error.name, 'LatchkeyCallError')
      assert.equal(error.message, 'The access to service [user->list] is forbidden')
      assert.deepEqual(error.args, { SERVICE: 'user->list' })
      assert.deepEqual(error.diagnosis, diagnosis)
      assert.deepEqual([error.requestId, error.service, error.action, error.status], ['r-2', 'user', 'list', 200])
      return true
    })
  })

  test('that is refused by a status too is the same refusal', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const headers = { 'x-kaltura-session': '1234, 5678' }
    server.answers['user.list'] = () =>
      new Response(JSON.stringify(refusal('SERVICE_FORBIDDEN', 'no', [])), { status: 403, headers })
    await assert.rejects(session.call('user', 'list'), {
      name: 'LatchkeyCallError',
      code: 'SERVICE_FORBIDDEN',
      status: 403,
      args: {},
      requestId: '1234, 5678',
    })
  })

  test('whose diagnosis is one in part has none', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const cause = { id: 'a', title: 'b', saw: 'c', remedy: [], docs: 'd' }
    const whole = { stage: 'permission', passed: [], cause, requestId: 'r', serverTime: 1 }
    for (const [more, isOne] of [
      [{ allOf: ['A', 'B'], held: [{ permission: 'A', from: 'user' }], fixes: [{ title: 'x', change: [] }] }, true],
      [{ held: ['A'] }, false],
      [{ fixes: [null] }, false],
      [{ allOf: true }, false],
    ] as const) {
      server.answers['media.list'] = () => refusal('SERVICE_FORBIDDEN', 'no', {}, { diagnosis: { ...whole, ...more } })
      const error = await session.call('media', 'list').catch((thrown: unknown) => thrown)
      assert.ok(error instanceof LatchkeyCallError)
      assert.deepEqual(error.diagnosis, isOne ? { ...whole, ...more } : undefined)
    }
  })

  test('whose diagnosis is not one has none', async () => {
    for (const diagnosis of [7, [], {}, { stage: 'x' }, { stage: 'x', passed: [], cause: { id: 7 }, requestId: 'r' }]) {
      const server = new FakeServer()
      const session = await server.session()
      server.answers['user.list'] = () => refusal('X', 'y', {}, { diagnosis })
      await assert.rejects(session.call('user', 'list'), { name: 'LatchkeyCallError', diagnosis: undefined })
    }
  })
})

describe('an answer that is none of the protocol', () => {
  for (const [what, answer, code, told] of [
    [
      'a page',
      () => new Response('<!doctype html><title>502</title>', { status: 502 }),
      'HTTP_STATUS',
      /markup of 33 .* 502/,
    ],
    [
      'XML, which a server sends that did not read the body',
      () => new Response('<xml><result/></xml>'),
      'NOT_JSON',
      /markup/,
    ],
    ['nothing', () => new Response(''), 'NOT_JSON', /nothing of 0/],
    ['half of JSON', () => new Response('{"objects":['), 'NOT_JSON', /text of 12/],
    ['JSON with a status of failure', () => new Response('{"a":1}', { status: 500 }), 'HTTP_STATUS', /status 500/],
    [
      'a way to elsewhere',
      () => Response.redirect('https://elsewhere.example.com/x?ks=1', 307),
      'REDIRECTED',
      /to https:\/\/elsewhere\.example\.com\/x, which/,
    ],
  ] as const)
    test(`is told as such: ${what}`, async () => {
      const server = new FakeServer()
      const session = await server.session()
      server.answers['media.list'] = answer
      await assert.rejects(session.call('media', 'list'), (error) => {
        assert.ok(error instanceof LatchkeyAnswerError)
        assert.equal(error.code, code)
        assert.match(error.message, told)
        return true
      })
    })

  test('is no refusal for having a code alone, or one that is no text', async () => {
    for (const value of [
      { code: 'X' },
      { code: 7, message: 'x' },
      { code: '', message: '' },
      [],
      null,
      0,
      'text',
      true,
    ]) {
      const server = new FakeServer()
      const session = await server.session()
      server.answers['media.list'] = () => new Response(JSON.stringify(value))
      assert.deepEqual(await session.call<string, string>('media', 'list'), value)
    }
  })

  test('may begin with a byte order mark, and may set no prototype', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.list'] = () =>
      new Response('\ufeff{"code":"X","message":"m","args":{"__proto__":{"polluted":"yes"}}}')
    await assert.rejects(session.call('media', 'list'), { code: 'X' })
    assert.equal('polluted' in {}, false)
  })
})

describe('a server that redirects', () => {
  test('is not followed to where the session would go along', async () => {
    const met: string[] = []
    const elsewhere = createServer((request, response) => {
      met.push(request.url ?? '')
      response.end('{}')
    })
    const first = createServer((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${portOf(elsewhere)}/api_v3/` }).end()
    })
    for (const host of [elsewhere, first]) await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    const server = new FakeServer()
    const serviceUrl = `http://127.0.0.1:${portOf(first)}`
    await assert.rejects(server.session({ serviceUrl, fetch: undefined }), { code: 'REDIRECTED', status: 307 })
    assert.deepEqual(met, [])
    for (const host of [elsewhere, first]) {
      host.closeAllConnections()
      await new Promise((resolve) => host.close(resolve))
    }
  })
})

function portOf(host: Server): number {
  const address = host.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('waiting ends', () => {
  test('when the caller says so, with what it said, while others wait on', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.advance(2_000)
    const release = server.hold()
    const controller = new AbortController()
    const given = session.call('media', 'list', {}, { signal: controller.signal })
    const other = session.call('media', 'list')
    controller.abort(new Error('enough'))
    await assert.rejects(given, { message: 'enough' })
    release()
    await other
    assert.equal(server.count('appToken.startSession'), 2)
    assert.equal(server.count('media.list'), 1)
  })

  test('before anything is sent, where the caller had said so', async () => {
    const server = new FakeServer()
    const session = await server.session()
    await assert.rejects(session.call('media', 'list', {}, { signal: AbortSignal.abort() }), { name: 'AbortError' })
    assert.equal(server.sent.length, 2)
    await assert.rejects(server.session({ signal: AbortSignal.abort() }), { name: 'AbortError' })
  })

  test('in the middle of a request, and tells it to the platform', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const controller = new AbortController()
    const aborted = Promise.withResolvers<void>()
    server.answers['media.list'] = () => assert.fail('answered')
    const release = server.hold()
    const call = session.call('media', 'list', {}, { signal: controller.signal })
    await new Promise(setImmediate)
    controller.signal.addEventListener('abort', () => aborted.resolve())
    controller.abort()
    await aborted.promise
    await assert.rejects(call, { name: 'AbortError' })
    release()
  })

  test('when time is up, also where the platform does not listen', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.hold()
    await assert.rejects(session.call('media', 'list', {}, { timeoutMs: 20 }), {
      name: 'LatchkeyNoAnswerError',
      code: 'TIMEOUT',
      message: 'media.list was not answered within 20 ms',
    })
  })

  test('when time is up with the body half arrived', async () => {
    const server = new FakeServer()
    const session = await server.session()
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"a":')) })
    server.answers['media.list'] = () => new Response(body)
    await assert.rejects(session.call('media', 'list', {}, { timeoutMs: 20 }), { code: 'TIMEOUT' })
  })

  test('when time is up at the first login', async () => {
    const server = new FakeServer()
    server.hold()
    await assert.rejects(server.session({ timeoutMs: 20 }), { code: 'TIMEOUT' })
  })

  test('when the time of one call is up, also while it waits for a login that has more', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.advance(2_000)
    const release = server.hold()
    const hurried = session.call('media', 'list', {}, { timeoutMs: 20 })
    const patient = session.call('media', 'list')
    await assert.rejects(hurried, { code: 'TIMEOUT', message: 'the login was not answered within 20 ms' })
    release()
    await patient
    assert.equal(server.count('appToken.startSession'), 2)
  })

  test('when time is up that is no number of milliseconds: at once, as an error of the caller', async () => {
    const server = new FakeServer()
    const session = await server.session()
    for (const timeoutMs of [0, -1, Number.NaN])
      await assert.rejects(session.call('media', 'list', {}, { timeoutMs }), { code: 'OPTIONS_INVALID' })
    assert.equal(server.sent.length, 2)
  })

  test('never, for a time that is longer than a timer takes', async () => {
    const server = new FakeServer()
    for (const timeoutMs of [2 ** 31, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY]) {
      const session = await server.session({ timeoutMs })
      const release = server.hold()
      const call = session.call('media', 'list', {}, { timeoutMs })
      await new Promise((resolve) => setTimeout(resolve, 30))
      release()
      await call
    }
  })

  test('with no timer and no listener left behind', async () => {
    const server = new FakeServer()
    const { signal } = new AbortController()
    let listeners = 0
    const watched = new Proxy(signal, {
      get(target, name) {
        if (name === 'addEventListener') listeners += 1
        if (name === 'removeEventListener') listeners -= 1
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const session = await server.session()
    for (let calls = 0; calls < 20; calls += 1) await session.call('media', 'list', {}, { signal: watched })
    assert.equal(listeners, 0)
    assert.ok(!process.getActiveResourcesInfo().includes('Timeout'))
  })
})
