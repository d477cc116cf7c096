import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { lendTo, type Session, withSession } from '../src/index.ts'
import { FakeServer, invalidSession, refusal } from './fake-server.ts'

const LIST = 'https://v3.example.com/api_v3/service/media/action/list'

interface Seen {
  readonly url: string
  readonly method: string
  readonly type: string | null
  readonly redirect: string
  readonly body: unknown
}

/** A session, and a `fetch` of the platform's kind that keeps what it is given. */
async function ground(answer: (seen: Seen) => unknown = () => ({ objects: [] })) {
  const server = new FakeServer()
  const session = await server.session()
  const seen: Seen[] = []
  const platform: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const type = request.headers.get('content-type')
    const body = type?.startsWith('multipart/') ? Object.fromEntries(await request.formData()) : await request.text()
    const { url, method, redirect } = request
    seen.push({ url, method, type, redirect, body })
    const value = answer(seen.at(-1) ?? assert.fail())
    if (value instanceof Response) return value
    return new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } })
  }
  return { server, session, seen, fetch: withSession(platform, session) }
}

async function bodyOf(
  body: string | URLSearchParams | FormData,
  type?: string,
): Promise<{ seen: Seen | undefined; ks: string }> {
  const { session, seen, fetch } = await ground()
  await fetch(LIST, { method: 'POST', body, ...(type && { headers: { 'content-type': type, 'x-mine': '1' } }) })
  return { seen: seen[0], ks: await session.ks() }
}

describe('fetch with a session', () => {
  test('puts it into JSON, and says JSON exactly', async () => {
    const { seen, ks } = await bodyOf('{"filter":{"nameLike":"x"}}', 'application/json; charset=utf-8')
    assert.equal(seen?.type, 'application/json')
    assert.deepEqual(JSON.parse(String(seen?.body)), { filter: { nameLike: 'x' }, ks })
  })

  test('puts it into form fields', async () => {
    for (const body of [new URLSearchParams({ format: '1', 'a:b': 'x y' }), 'format=1&a%3Ab=x+y']) {
      const { seen, ks } = await bodyOf(body, 'application/x-www-form-urlencoded')
      assert.deepEqual(Object.fromEntries(new URLSearchParams(String(seen?.body))), { format: '1', 'a:b': 'x y', ks })
    }
  })

  test('puts it into multipart, beside the fields or into the part of JSON', async () => {
    const form = new FormData()
    form.set('format', '1')
    form.set('fileData', new Blob(['bytes']), 'x.mp4')
    const plain = await bodyOf(form)
    assert.deepEqual(Object.keys(Object(plain.seen?.body)), ['format', 'fileData', 'ks'])
    form.set('json', '{"a":1}')
    const { seen, ks } = await bodyOf(form)
    assert.deepEqual(Object.keys(Object(seen?.body)), ['format', 'fileData', 'json'])
    assert.deepEqual(JSON.parse(Object(seen?.body).json), { a: 1, ks })
  })

  test('makes a POST of a GET, so that it does not show in the URL', async () => {
    const { session, seen, fetch } = await ground()
    for (const target of [`${LIST}?format=1`, new URL(`${LIST}?format=1`), new Request(`${LIST}?format=1`)]) {
      await fetch(target)
      const { url, method, body } = seen.pop() ?? assert.fail()
      assert.deepEqual(
        [url, method, body],
        [`${LIST}?format=1`, 'POST', String(new URLSearchParams({ ks: await session.ks() }))],
      )
    }
  })

  for (const [what, target, init] of [
    ['another place', 'https://elsewhere.example.com/api_v3/service/media/action/list', { method: 'POST', body: '{}' }],
    ['a place whose name begins alike', 'https://v3.example.com.evil.example/api_v3/', { method: 'GET' }],
    ['another path of the server', 'https://v3.example.com/apidocs', { method: 'GET' }],
    ['a session in the query', `${LIST}?ks=own`, { method: 'GET' }],
    ['a session in the path', `${LIST}/ks/own`, { method: 'GET' }],
    [
      'a session in JSON',
      LIST,
      { method: 'POST', body: '{"ks":"own"}', headers: { 'content-type': 'application/json' } },
    ],
    ['a session in a form', LIST, { method: 'POST', body: new URLSearchParams({ ks: 'own' }) }],
  ] as const)
    test(`leaves alone ${what}`, async () => {
      const { server, session, seen, fetch } = await ground(() => invalidSession('EXPIRED'))
      await fetch(target, init)
      assert.equal(seen.length, 1)
      assert.equal(seen[0]?.method, init.method)
      assert.ok(!JSON.stringify(seen).includes(await session.ks()))
      assert.equal(server.count('appToken.startSession'), 1)
    })

  test('makes no call of what only asks for headers or for what is allowed', async () => {
    const { session, seen, fetch } = await ground()
    for (const method of ['HEAD', 'OPTIONS', 'PUT'])
      await fetch(LIST, { method, ...(method === 'PUT' && { body: 'x' }) })
    assert.deepEqual(
      seen.map(({ method, body }) => [method, body]),
      [
        ['HEAD', ''],
        ['OPTIONS', ''],
        ['PUT', 'x'],
      ],
    )
    assert.ok(!JSON.stringify(seen).includes(await session.ks()))
  })

  test('takes a Request with a body, and hands on one that is not its own or brings a session', async () => {
    const { session, seen, fetch } = await ground()
    const request = (url: string, fields: Record<string, string>) =>
      new Request(url, { method: 'POST', body: new URLSearchParams(fields) })
    await fetch(request(LIST, { a: '1' }))
    await fetch(request(LIST, { ks: 'own' }))
    await fetch(request('https://elsewhere.example.com/', { a: '1' }))
    assert.deepEqual(
      seen.map(({ body }) => body),
      [`a=1&${new URLSearchParams({ ks: await session.ks() })}`, 'ks=own', 'a=1'],
    )
  })

  for (const [what, body, headers] of [
    ['says nothing of itself', '{"a":1}', {}],
    ['says JSON and is none', 'a=1', { 'content-type': 'application/json' }],
    ['is of another kind', 'a', { 'content-type': 'application/octet-stream' }],
  ] as const)
    test(`refuses a body that ${what}, in which a server would not look for it`, async () => {
      const { seen, fetch } = await ground()
      await assert.rejects(fetch(LIST, { method: 'POST', body, headers }), { code: 'BODY_UNSUPPORTED' })
      assert.equal(seen.length, 0)
    })

  const EXPIRED_XML =
    '<?xml version="1.0" encoding="utf-8"?><xml><result><error><code>INVALID_KS</code><message>Invalid KS &quot;EXPIRED&quot;, Error &quot;-1,INVALID_STR&quot;</message></error></result></xml>'
  for (const [what, expired] of [
    ['JSON', () => invalidSession('EXPIRED')],
    ['XML', () => new Response(EXPIRED_XML, { headers: { 'content-type': 'text/xml' } })],
    ['each step', () => [invalidSession('EXPIRED'), invalidSession('EXPIRED')]],
  ] as const)
    test(`calls once more with another one where the first had expired, as ${what} says`, async () => {
      let calls = 0
      const { server, session, seen, fetch } = await ground(() => {
        calls += 1
        return calls === 1 ? expired() : { objects: ['x'] }
      })
      const response = await fetch(LIST, { method: 'POST', body: new URLSearchParams({ a: '1' }) })
      assert.deepEqual(await response.json(), { objects: ['x'] })
      assert.equal(server.count('appToken.startSession'), 2)
      assert.match(String(seen[1]?.body), new RegExp(`^a=1&ks=${encodeURIComponent(await session.ks())}$`))
    })

  test('hands on what it gets where another one does not help, and everything else', async () => {
    for (const [value, calls] of [
      [invalidSession('EXPIRED'), 2],
      [invalidSession('LOGOUT'), 1],
      [refusal('SERVICE_FORBIDDEN', 'no'), 1],
      [[invalidSession('EXPIRED'), { id: 1 }], 1],
    ] as const) {
      const { seen, fetch } = await ground(() => value)
      const response = await fetch(LIST, { method: 'POST', body: new URLSearchParams() })
      assert.deepEqual(await response.json(), value)
      assert.equal(seen.length, calls)
    }
    const { fetch } = await ground(() => new Response('bytes', { headers: { 'content-type': 'video/mp4' } }))
    assert.equal(await (await fetch(LIST)).text(), 'bytes')
    const broken = await ground(() => new Response('{', { headers: { 'content-type': 'application/json' } }))
    assert.equal(await (await broken.fetch(LIST)).text(), '{')
  })

  test('logs in before the next call where a step of several found its session ended', async () => {
    const xml = (word: string) =>
      `<?xml version="1.0"?><xml><result><item>1</item><item><error><code>INVALID_KS</code><message>Invalid KS &quot;${word}&quot;, Error &quot;-1,INVALID_STR&quot;</message></error></item></result></xml>`
    for (const answer of [
      () => [true, invalidSession('EXPIRED')],
      () => [invalidSession('LOGOUT'), invalidSession('LOGOUT')],
      () => new Response(xml('LOGOUT'), { headers: { 'content-type': 'text/xml' } }),
      () => new Response(xml('EXPIRED'), { headers: { 'content-type': 'application/xml; charset=utf-8' } }),
    ]) {
      const { server, seen, fetch } = await ground(answer)
      await fetch(LIST, { method: 'POST', body: new URLSearchParams() })
      assert.deepEqual([seen.length, server.count('appToken.startSession')], [1, 1])
      await fetch(LIST, { method: 'POST', body: new URLSearchParams() })
      assert.deepEqual([seen.length, server.count('appToken.startSession')], [2, 2])
    }
  })

  test('follows no redirect, which could lead anywhere, with a session in the body', async () => {
    const { seen, fetch } = await ground()
    await fetch(LIST, { method: 'POST', body: new URLSearchParams() })
    await fetch('https://elsewhere.example.com/')
    assert.deepEqual(
      seen.map(({ redirect }) => redirect),
      ['error', 'follow'],
    )
  })

  test('ends with the reason of a signal', async () => {
    const { fetch } = await ground()
    await assert.rejects(fetch(LIST, { signal: AbortSignal.abort(new Error('enough')) }), /enough/)
  })
})

describe('a session that is lent to an official client', () => {
  /** What it has of one: a session string that is copied when a request is executed. */
  class Client {
    ks = ''
    setKs(ks: string): void {
      this.ks = ks
    }
  }

  async function lent(answer: (ks: string) => unknown) {
    const server = new FakeServer()
    const session: Session = await server.session()
    const client = new Client()
    const execute = lendTo(client, session)
    const request = () => ({ execute: async ({ ks }: Client) => Promise.resolve(answer(ks)) })
    return { server, session, run: () => execute(request) }
  }

  test('reaches each request, and the next one follows where it had expired', async () => {
    const used: string[] = []
    const { session, run } = await lent(async (ks) => {
      used.push(ks)
      if (used.length === 1) throw invalidSession('EXPIRED')
      return 'done'
    })
    assert.equal(await run(), 'done')
    assert.equal(used.length, 2)
    assert.equal(used[1], await session.ks())
    assert.notEqual(used[0], used[1])
  })

  test('sends several calls again that were each refused as expired, and only those', async () => {
    for (const [answer, times] of [
      [[invalidSession('EXPIRED'), invalidSession('EXPIRED')], 2],
      [[{ id: 1 }, invalidSession('EXPIRED')], 1],
      [[], 1],
    ] as const) {
      let calls = 0
      const { run } = await lent(async () => {
        calls += 1
        return answer
      })
      assert.equal(await run(), answer)
      assert.equal(calls, times)
    }
  })

  test('lets through what the client throws', async () => {
    const { server, run } = await lent(() => Promise.reject(refusal('SERVICE_FORBIDDEN', 'no')))
    await assert.rejects(run(), { code: 'SERVICE_FORBIDDEN' })
    assert.equal(server.count('appToken.startSession'), 1)
  })

  test('knows the refusal of a client that throws an Error of its own', async () => {
    class ApiException extends Error {
      readonly code = 'INVALID_KS'
    }
    let calls = 0
    const { run } = await lent(async () => {
      calls += 1
      if (calls === 1) throw new ApiException('Invalid KS "EXPIRED", Error "-5,EXPIRED"')
      return calls
    })
    assert.equal(await run(), 2)
  })
})
