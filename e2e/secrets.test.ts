import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Attack, attacks, filesBelow, holds } from './lib/planted.ts'
import { rawRequest } from './lib/raw.ts'
import { startServer, temporaryDirectory } from './lib/server.ts'
import { addToken, adminSession, call, logIn, sha256 } from './lib/v3.ts'

/** In the form that secrets have when they are drawn. */
const ADMIN_SECRET = 'c0ffee7d41a5b0b5e55aa93bb0b5e55a'
const USER_SECRET = '5eed93bb0b5e55aac0ffee7d41c0ffee'

test('no secret, value, hash or session string gets into a log, an error, a header or a file', async () => {
  await using directory = await temporaryDirectory()
  const data = join(directory.path, 'data')
  await using server = await startServer({
    data,
    adminSecret: ADMIN_SECRET,
    userSecret: USER_SECRET,
    env: { LATCHKEY_LOG_LEVEL: 'debug' },
  })
  const { partnerId } = server
  const admin = await adminSession(server)
  const token = await addToken(server, admin, { sessionUserId: 'planted' })
  const { ks: widget } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${partnerId}` })
  const hash = sha256(widget + token.token)
  const { ks: session } = await call(server.url, 'appToken.startSession', { ks: widget, id: token.id, tokenHash: hash })
  const user = await call(server.url, 'session.start', { partnerId, secret: USER_SECRET })
  const ended = (await logIn(server, token)).ks
  assert.equal(await call(server.url, 'session.end', { ks: ended }), null)
  const secrets = new Map([
    ['the admin secret', ADMIN_SECRET],
    ['the user secret', USER_SECRET],
    ["the token's value", token.token],
    ['the hash', hash],
    ['the admin session', admin],
    ['the widget session', widget],
    ["the token's session", session],
    ['the user session', user],
    ['the ended session', ended],
  ])

  const replies: { readonly about: string; readonly text: string }[] = []
  const send = async (attack: Attack) => {
    const init = { method: attack.method ?? 'POST', headers: attack.headers ?? {}, body: attack.body ?? null }
    const response = await fetch(server.url + attack.path, init)
    const headers = JSON.stringify([...response.headers])
    replies.push({
      about: `${attack.path} ${String(attack.body)}`,
      text: `${headers}\n${errorsOf(await response.text())}`,
    })
  }
  for (const secret of secrets.values()) {
    const tries = [...attacks(secret, { partnerId, admin, widget, tokenId: token.id })]
    for (let at = 0; at < tries.length; at += 16) await Promise.all(tries.slice(at, at + 16).map(send))
    for (const bytes of [
      `${secret} HTTP\r\n\r\n`,
      `GET /api_v3/?ks=${encodeURIComponent(secret)} HTTP/1.1\r\nHost: x\r\nX-Large: ${secret.repeat(1_200)}\r\n\r\n`,
      `POST /api_v3/ HTTP/1.1\r\nHost: x\r\nContent-Length: ${secret}\r\n\r\n`,
      `GET /api_v3/service/${secret}\u0000 HTTP/1.1\r\nHost: x\r\n\r\n`,
    ])
      replies.push({ about: bytes.slice(0, 80), text: await rawRequest(server.url, bytes) })
  }
  assert.ok(replies.length > 1_000)
  for (const [name, secret] of secrets) {
    const leak = replies.find(({ text }) => holds(text, secret))
    assert.equal(leak, undefined, `${name} is repeated: ${leak?.text}\n${leak?.about.slice(0, 500)}`)
  }

  // While it runs, since what is not yet in the database file proper is in its log, and that one goes when it stops.
  const whileRunning = await filesBelow(data)
  assert.ok(whileRunning.some(([name, content]) => name.endsWith('-wal') && content.length > 0))
  await server.stop()
  const { stdout, stderr } = server.output()
  assert.ok(stderr.split('\n').length > replies.length / 2, 'the log holds a line for a call')
  for (const [name, secret] of secrets) {
    assert.ok(!holds(stdout, secret), `stdout holds ${name}`)
    assert.ok(!holds(stderr, secret), `the log holds ${name}`)
    for (const [file, content] of [...whileRunning, ...(await filesBelow(data))])
      assert.ok(!holds(content, secret), `${file} holds ${name}`)
  }
})

test("a token's value is in the answers to whoever manages tokens, and in no others", async () => {
  await using server = await startServer()
  const admin = await adminSession(server)
  const token = await addToken(server, admin)
  const { ks } = await logIn(server, token)
  const { ks: widget } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
  assert.equal((await call(server.url, 'appToken.get', { ks: admin, id: token.id })).token, token.token)
  assert.equal((await call(server.url, 'appToken.list', { ks: admin })).objects[0].token, token.token)
  for (const session of [ks, widget, undefined]) {
    for (const [action, params] of [
      ['appToken.get', { id: token.id }],
      ['appToken.list', {}],
      ['appToken.update', { id: token.id, appToken: { description: 'x' } }],
    ] as const) {
      const answer = await call(server.url, action, { ...params, ks: session })
      assert.equal(answer.code, 'SERVICE_FORBIDDEN')
      assert.ok(!holds(JSON.stringify(answer), token.token))
    }
  }
})

/** Of a multirequest's answer the refused steps alone: a session that a step was given is its to have. */
function errorsOf(text: string): string {
  const plain = text.replaceAll('\\/', '/')
  if (!plain.startsWith('[')) return plain
  const results: unknown = JSON.parse(text)
  const isRefused = (result: unknown) => typeof result === 'object' && result !== null && 'code' in result
  return Array.isArray(results) ? JSON.stringify(results.filter(isRefused)) : plain
}
