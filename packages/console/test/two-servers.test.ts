import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { after, before, beforeEach, describe, test } from 'node:test'
import { keepServiceUrl } from '../src/app/keep-service-url.ts'
import { secretDraft } from '../src/app/kept.ts'
import { clockSkew } from '../src/connection/clock.ts'
import { changeServiceUrl, isLatchkey, serviceUrl } from '../src/connection/connection.ts'
import { isObject } from '../src/connection/json.ts'
import { runChange } from '../src/connection/run-change.ts'
import { callSignedIn, isSignedIn, signedIn, signInWithSecret } from '../src/connection/sign-in.ts'
import { runSession, runWidget, session, typed, widgetSession } from '../src/pages/workflow/flow.ts'

interface Endpoint {
  readonly url: string
  readonly server: Server
  /** Bodies, as they came. */
  readonly got: Record<string, unknown>[]
  /** Called before an answer goes out. */
  beforeAnswer: () => void
}

/** A v3 endpoint that gives a session to everybody. */
async function endpoint(name: string): Promise<Endpoint> {
  const got: Record<string, unknown>[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const body: unknown = JSON.parse(text)
    if (isObject(body)) got.push(body)
    made.beforeAnswer()
    const ks = `session-of-${name}-0123456789`
    const answer = request.url?.endsWith('/session/action/start') ? ks : { ks, id: 7, expiry: 4_000_000_000 }
    response.setHeader('content-type', 'application/json')
    if (name === 'a') response.setHeader('x-latchkey-request', '1')
    response.end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const made: Endpoint = { url: `http://127.0.0.1:${port}`, server, got, beforeAnswer: () => undefined }
  return made
}

describe('of two servers', () => {
  let a: Endpoint
  let b: Endpoint
  before(async () => {
    a = await endpoint('a')
    b = await endpoint('b')
    keepServiceUrl()
  })
  after(() => {
    for (const { server } of [a, b]) {
      server.closeAllConnections()
      server.close()
    }
  })
  beforeEach(() => {
    for (const each of [a, b]) {
      each.got.length = 0
      each.beforeAnswer = () => undefined
    }
    changeServiceUrl(a.url)
    signedIn.value = { ks: 'session-of-a-owner-0123', partnerId: 102, expiresAt: 4_000_000_000, serviceUrl: a.url }
  })

  test('neither is shown the signed-in session of the other', async () => {
    await callSignedIn({ service: 'appToken', action: 'list' })
    assert.equal(a.got[0]?.ks, 'session-of-a-owner-0123')
    changeServiceUrl(b.url)
    await callSignedIn({ service: 'appToken', action: 'list' })
    await callSignedIn({ service: 'appToken', action: 'list', serviceUrl: a.url })
    assert.deepEqual(
      b.got.map(({ ks }) => ks),
      [undefined],
    )
    assert.equal(a.got[1]?.ks, 'session-of-a-owner-0123')
  })

  test('a change goes to the one at which it began, to its end', async () => {
    a.beforeAnswer = () => changeServiceUrl(b.url)
    const change = [1, 2].map(() => ({ service: 'userRole', action: 'add', params: {} }))
    const made = await runChange(change)
    assert.equal(made.length, 2)
    assert.deepEqual([a.got.length, b.got.length], [2, 0])
  })

  test('a sign-in is one at the server that answered it', async () => {
    signedIn.value = undefined
    a.beforeAnswer = () => changeServiceUrl(b.url)
    await signInWithSecret(102, '0123456789abcdef')
    assert.equal(signedIn.peek()?.serviceUrl, a.url)
    assert.equal(isSignedIn.value, false)
  })

  test('what one is says nothing of the other', async () => {
    a.beforeAnswer = () => changeServiceUrl(b.url)
    await callSignedIn({ service: 'appToken', action: 'list' })
    assert.equal(isLatchkey.value, undefined)
    assert.equal(clockSkew.value, undefined)
    await callSignedIn({ service: 'appToken', action: 'list' })
    assert.equal(isLatchkey.value, false)
  })

  test('a change of endpoint leaves the sessions of the workflow and those pasted behind, but not what was typed', async () => {
    typed.partner.value = '102'
    typed.tokenId.value = '0_abcdefgh'
    typed.tokenValue.value = '0123456789abcdef'
    secretDraft('access.session').value = 'djJ8-pasted'
    assert.ok((await runWidget()) && (await runSession()))
    assert.notEqual(session.value, '')
    changeServiceUrl(b.url)
    assert.deepEqual([widgetSession.value, session.value, secretDraft('access.session').value], ['', '', ''])
    assert.equal(typed.tokenValue.value, '0123456789abcdef')
  })

  test('a session that comes after the endpoint was left is not taken for one of the other', async () => {
    typed.partner.value = '102'
    a.beforeAnswer = () => changeServiceUrl(b.url)
    assert.equal(await runWidget(), false)
    assert.equal(serviceUrl.value, b.url)
    assert.equal(widgetSession.value, '')
  })
})
