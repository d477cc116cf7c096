import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { basic, tokenOf } from './lib/oauth2.ts'
import { type OauthGround, oauthGround } from './lib/oauth2-ground.ts'
import { call } from './lib/v3.ts'

const GRANT = { grant_type: 'client_credentials' }

/** A request as it goes over the wire. */
function raw(
  url: string,
  method: string,
  path: string,
  headers: readonly string[],
  body: string,
  version = '1.1',
): Promise<string> {
  const { hostname, port } = new URL(url)
  const head = [
    `${method} ${path} HTTP/${version}`,
    ...(version === '1.0' ? [] : [`Host: ${hostname}:${port}`]),
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...headers,
  ]
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`))
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve(text)).on('error', reject)
  })
}

describe('a request that is not in order', () => {
  let ground: (OauthGround & AsyncDisposable) | undefined
  before(async () => {
    ground = await oauthGround()
  })
  after(async () => ground?.[Symbol.asyncDispose]())
  const at = (): OauthGround => {
    if (ground === undefined) throw new Error('the server has not started')
    return ground
  }
  const body = () => new URLSearchParams({ ...GRANT, ...at().client }).toString()

  test('with two Authorization headers is refused, whichever is the right one', async () => {
    const { client } = at()
    const right = `Authorization: ${basic(client.client_id, client.client_secret).authorization}`
    const wrong = `Authorization: ${basic('0_aaaaaaaa', 'x').authorization}`
    const form = 'grant_type=client_credentials'
    for (const headers of [
      [right, wrong],
      [wrong, right],
    ]) {
      const answer = await raw(at().url, 'POST', '/oauth2/token', headers, form)
      assert.match(answer, /^HTTP\/1\.1 400 [\s\S]*two Authorization headers/)
    }
    assert.match(await raw(at().url, 'POST', '/oauth2/token', [right, right], form), /^HTTP\/1\.1 200 /)
    assert.match(
      await raw(at().url, 'POST', '/oauth2/token', [right.replace('Basic ', 'Basic\t')], form),
      /^HTTP\/1\.1 200 /,
    )
  })

  test('with two sessions in two headers is refused too, and one that is not read is told of', async () => {
    const { url, client, user } = at()
    const [one, two] = [await tokenOf(url, client), await tokenOf(url, user)]
    const path = '/api_v3/service/user/action/list?format=1'
    for (const [first, second] of [
      [one, two],
      [two, one],
    ]) {
      const headers = [`Authorization: Bearer ${first}`, `Authorization: Bearer ${second}`]
      const answer = await raw(url, 'GET', path, headers, '')
      assert.match(answer, /"sessions-differ"/)
      assert.match(answer, /error="invalid_request"/)
      assert.ok(!answer.includes(one.slice(10, 40)) && !answer.includes(two.slice(10, 40)))
    }
    for (const authorization of [one, `Token ${one}`, `Bearer: ${one}`]) {
      const { diagnosis } = await call(url, 'user.list', {}, { authorization })
      assert.equal(diagnosis.cause.id, 'session-not-sent')
      assert.match(diagnosis.cause.saw, /Authorization header is not the word Bearer/)
    }
    const { diagnosis } = await call(url, 'user.list')
    assert.doesNotMatch(diagnosis.cause.saw, /Authorization/)
  })

  test('is told that its body is JSON, empty, or taken with what an editor put before it', async () => {
    const { client, ask } = at()
    const json = await ask('token', {}, { body: JSON.stringify({ ...GRANT, ...client }) })
    assert.deepEqual([json.status, json.body.diagnosis.cause.id], [400, 'body-not-form'])
    assert.match(json.body.error_description, /JSON/)
    assert.match((await ask('token', {}, { body: '' })).body.error_description, /body is empty/)
    assert.equal((await ask('token', {}, { body: `\ufeff${body()}` })).status, 200)
    const query = '?Client_Secret=planted-in-url'
    assert.equal((await ask('token', { ...GRANT, ...client }, { query })).body.diagnosis.cause.id, 'secret-in-url')
  })

  test('names no host, and is answered without one', async () => {
    const { url, client, ask } = at()
    const path = '/.well-known/oauth-authorization-server'
    const metadata = await raw(url, 'GET', path, [], '', '1.0')
    assert.match(metadata, /^HTTP\/1\.1 400 [\s\S]*Host header/)
    assert.match(metadata, /cache-control: no-store/i)
    const token = await tokenOf(url, client)
    const form = new URLSearchParams({ ...client, token }).toString()
    const answer = await raw(url, 'POST', '/oauth2/introspect', [], form, '1.0')
    assert.match(answer, /"active":true/)
    assert.doesNotMatch(answer, /"iss"/)
    const head = await fetch(`${url}${path}`, { method: 'HEAD' })
    assert.deepEqual([head.status, await head.text()], [200, ''])
    assert.ok((await ask('token', { ...GRANT, ...client })).headers.get('x-latchkey-request'))
  })

  test('from somebody who has gone before it was answered is no fault of the server', async () => {
    const { url, server, client } = at()
    const { hostname, port } = new URL(url)
    for (const path of ['/oauth2/token', '/oauth2/introspect', '/api_v3/service/user/action/list'])
      for (let count = 0; count < 10; count += 1)
        await new Promise<void>((resolve) => {
          const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 13`
          // What follows is no request, so that the connection is gone while the first one is looked at.
          const socket = connect(Number(port), hostname, () =>
            socket.write(`${head}\r\n\r\nclient_id=0_a${'\0'.repeat(20)}`),
          )
          socket.resume()
          socket.on('error', () => {}).on('close', () => resolve())
        })
    assert.equal((await at().ask('token', { ...GRANT, ...client })).status, 200)
    assert.ok(!server.output().stderr.includes('"msg":"fault"'), server.output().stderr)
  })

  test('over plain HTTP by way of a proxy is none of this machine, whichever header tells of it', async () => {
    const { client, ask } = at()
    for (const name of ['via', 'forwarded', 'x-forwarded-host', 'x-real-ip']) {
      const answer = await ask('token', { ...GRANT, ...client }, { headers: { [name]: 'x.example' } })
      assert.equal(answer.body.diagnosis?.cause.id, 'secret-over-plain-http', name)
    }
  })
})
