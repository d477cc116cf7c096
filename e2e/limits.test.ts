import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { rawRequest } from './lib/raw.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { type Answer, adminSession, call } from './lib/v3.ts'

const MIB = 1_048_576

describe('the limits', () => {
  let server: RunningServer

  before(async () => {
    server = await startServer()
  })
  after(async () => server[Symbol.asyncDispose]())

  /** Every refusal of ours is made like one of the original's. */
  function assertOurs(answer: Answer, code: string, cause: string): void {
    assert.deepEqual(
      [answer.objectType, answer.code, answer.diagnosis.stage, answer.diagnosis.cause.id],
      ['KalturaAPIException', code, 'endpoint', cause],
    )
    assert.ok(answer.diagnosis.cause.remedy.length > 0)
  }

  /** Status line, headers and parsed body of what came back as bytes. */
  function partsOf(answer: string): { readonly status: number; readonly head: string; readonly body: Answer } {
    const [head = '', body = ''] = answer.split(/\r\n\r\n([\s\S]*)/)
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body: JSON.parse(body) }
  }

  test('a body of 1 MiB is taken, one byte more refused, however it is sent', async () => {
    const body = (size: number) => `service=system&action=ping&format=1&x=${'a'.repeat(size)}`.slice(0, size)
    const send = (payload: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) =>
      fetch(`${server.url}/api_v3/?format=1`, {
        method: 'POST',
        body: payload,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        ...{ duplex: 'half' },
      })
    assert.equal(await (await send(body(MIB))).text(), 'true')
    const refused = await send(body(MIB + 1))
    assert.equal(refused.status, 200)
    assertOurs(await refused.json(), 'REQUEST_TOO_LARGE', 'request-too-large')
    assert.equal((await send(body(MIB + 1), { 'x-latchkey-status': 'http' })).status, 413)
    // In pieces, so that its length is not known beforehand.
    const pieces = () => new Response(new Blob([body(MIB / 2), body(MIB / 2), 'xx'])).body ?? ''
    assertOurs(await (await send(pieces())).json(), 'REQUEST_TOO_LARGE', 'request-too-large')
    const form = new FormData()
    form.set('x', 'a'.repeat(MIB))
    const multipart = await fetch(`${server.url}/api_v3/?format=1`, { method: 'POST', body: form })
    assertOurs(await multipart.json(), 'REQUEST_TOO_LARGE', 'request-too-large')
  })

  test('whoever sends much too much still gets to read why it was refused', async () => {
    for (let round = 0; round < 20; round += 1) {
      const answer = await fetch(`${server.url}/api_v3/?format=1`, { method: 'POST', body: 'a'.repeat(8 * MIB) })
      assertOurs(await answer.json(), 'REQUEST_TOO_LARGE', 'request-too-large')
    }
    const endless = `POST /api_v3/?format=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n${'a'.repeat(2 * MIB)}`
    const answer = await rawRequest(server.url, endless, { endAfterMs: 20_000 })
    assertOurs(partsOf(answer).body, 'REQUEST_TOO_LARGE', 'request-too-large')
  })

  test('a multirequest of 50 steps is carried out, one more refused whole', async () => {
    const send = (count: number): Promise<Answer> => {
      const ping = { service: 'system', action: 'ping' }
      const steps = Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, ping]))
      return call(server.url, 'multirequest.', steps)
    }
    assert.deepEqual(await send(50), Array(50).fill(true))
    assertOurs(await send(51), 'TOO_MANY_STEPS', 'too-many-steps')
  })

  test('a text that is too long to be listed is not stored, and steps that answered too much are the last', async () => {
    const account = { url: server.url, partnerId: server.partnerId, adminSecret: server.adminSecret }
    const ks = await adminSession(account)
    const add = (description: string) => call(server.url, 'media.add', { ks, entry: { name: 'long', description } })
    assert.equal((await add('/'.repeat(10_001))).code, 'PROPERTY_VALIDATION_MAX_LENGTH')
    const added = await Promise.all(Array.from({ length: 40 }, () => add('/'.repeat(10_000))))
    assert.ok(added.every(({ id }) => typeof id === 'string'))
    const steps = Array.from({ length: 50 }, () => ({ service: 'media', action: 'list', ks, pager: { pageSize: 500 } }))
    const answers: Answer[] = await call(server.url, 'multirequest.x', { ...steps })
    const refused = answers.filter(({ code }) => code === 'RESPONSE_TOO_LARGE')
    assert.equal(answers.length, 50)
    assert.ok(refused.length > 20 && refused.length < 40, `${refused.length} refused`)
    assertOurs(refused[0], 'RESPONSE_TOO_LARGE', 'too-many-steps')
  })

  test('a page holds 500 objects at most, whatever is asked', async () => {
    const { adminSecret, partnerId } = server
    const ks = await call(server.url, 'session.start', { partnerId, secret: adminSecret, type: 2 })
    const add = { service: 'category', action: 'add' }
    for (let made = 0; made < 520; made += 40) {
      const steps = Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [index + 1, { ...add, ks, category: { name: `c${made + index}` } }]),
      )
      const answers = await call(server.url, 'multirequest.', steps)
      assert.ok(answers.every(({ objectType }: Answer) => objectType === 'KalturaCategory'))
    }
    const list = await call(server.url, 'category.list', { ks, pager: { pageSize: 100_000 } })
    assert.equal(list.objects.length, 500)
    assert.equal(list.totalCount, 520 + 3)
  })

  test('headers over 16 KiB, and what is no HTTP, are refused like all else: with diagnosis, id and CORS', async () => {
    const large = `GET /api_v3/ HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(40_000)}\r\n\r\n`
    const tooLarge = partsOf(await rawRequest(server.url, large))
    assert.equal(tooLarge.status, 431)
    assertOurs(tooLarge.body, 'HEADERS_TOO_LARGE', 'request-too-large')
    for (const bytes of [
      'HELLO\r\n\r\n',
      'GET /api_v3/ HTTP/9\r\n\r\n',
      'POST /api_v3/ HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n',
      'POST /api_v3/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ]) {
      const { status, head, body } = partsOf(await rawRequest(server.url, bytes))
      assert.equal(status, 400)
      assertOurs(body, 'REQUEST_MALFORMED', 'request-malformed')
      assert.match(head, /^access-control-allow-origin: \*$/m)
      assert.equal(/^x-latchkey-request: (\S+)$/m.exec(head)?.[1], body.diagnosis.requestId)
    }
  })

  test('parameters nested deeper than 32 levels, or more than 10,000 of them, are refused in JSON and in forms', async () => {
    const json = (params: string) => ({ type: 'application/json', body: params })
    const form = (params: string) => ({ type: 'application/x-www-form-urlencoded', body: params })
    const send = async ({ type, body }: { type: string; body: string }): Promise<Answer> => {
      const path = '/api_v3/service/system/action/ping?format=1'
      return (await fetch(server.url + path, { method: 'POST', headers: { 'content-type': type }, body })).json()
    }
    const many = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`)
    for (const tooMuch of [
      json(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
      form(`a${'[a]'.repeat(40)}=1`),
      form(`a${':a'.repeat(40)}=1`),
      json(JSON.stringify({ list: many(10_001) })),
      form(`${many(10_001).join('=&')}=`),
    ])
      assertOurs(await send(tooMuch), 'REQUEST_MALFORMED', 'request-malformed')
    for (const enough of [
      json(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`),
      form(`a${'[a]'.repeat(20)}=1`),
      json(JSON.stringify({ list: many(9_000) })),
      form(`${many(9_000).join('=&')}=`),
      // A name that long is none that anything asks for.
      form(`a${'[a]'.repeat(100_000)}=1`),
    ])
      assert.equal(await send(enough), true)
  })

  test('a slow client holds nobody else up', async () => {
    const slow = Array.from({ length: 50 }, () =>
      rawRequest(server.url, 'POST /api_v3/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na=', {
        endAfterMs: 1_500,
      }),
    )
    assert.equal(await call(server.url, 'system.ping'), true)
    assert.deepEqual(await Promise.all(slow), Array(50).fill(''), 'none of them has been answered by then')
  })
})
