import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { LatchkeyLoginError, type Session } from '../src/index.ts'
import { FakeServer, invalidSession, refusal, VALUE } from './fake-server.ts'

/** All that a program, a logger or a crash might print of a thing. */
function printed(thing: unknown): string {
  const deep = inspect(thing, { depth: 20, showHidden: true, getters: true })
  const stack = thing instanceof Error ? `${thing.stack}${inspect(thing.cause, { depth: 20, showHidden: true })}` : ''
  const own = typeof thing === 'object' && thing !== null ? Object.getOwnPropertyNames(thing).join() : ''
  return [deep, String(thing), JSON.stringify(thing), JSON.stringify({ ...Object(thing) }), own, stack].join('\n')
}

async function secretsOf(server: FakeServer, session: Session): Promise<string[]> {
  const hashes = server.sent.flatMap(({ body }) => [body.tokenHash, body.ks].filter((text) => typeof text === 'string'))
  return [VALUE, await session.ks(), ...hashes]
}

describe('no secret shows', () => {
  test('in a session, whatever prints it', async () => {
    const server = new FakeServer()
    for (const tokenValue of [VALUE, () => VALUE]) {
      const session = await server.session({ tokenValue })
      const secrets = await secretsOf(server, session)
      assert.ok(secrets.length > 3)
      const text = printed(session) + printed(session.info)
      for (const secret of secrets) assert.ok(!text.includes(secret), secret)
      assert.match(JSON.stringify(session), /"serviceUrl":"https:\/\/v3\.example\.com".*"userId":"ana"/)
    }
  })

  test('in what a server says that repeats all that it was sent', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.list'] = (body) =>
      refusal('X', `Invalid KS "${body.ks}"`, { KSID: body.ks }, { diagnosis: { stage: body.ks }, more: [body] })
    const error = await session.call('media', 'list').catch((thrown: unknown) => thrown)
    const text = printed(error)
    for (const secret of await secretsOf(server, session)) assert.ok(!text.includes(secret), secret)
    assert.match(text, /Invalid KS "\[secret\]"/)
  })

  test('in a login that a server refuses with all that it was sent', async () => {
    for (const name of ['session.startWidgetSession', 'appToken.startSession']) {
      const server = new FakeServer()
      server.answers[name] = (body) =>
        refusal('START_SESSION_ERROR', JSON.stringify(body), { all: JSON.stringify(body) })
      const error = await server.session().catch((thrown: unknown) => thrown)
      const text = printed(error)
      assert.match(text, /START_SESSION_ERROR/)
      for (const { body } of server.sent)
        for (const secret of [VALUE, body.ks, body.tokenHash]) assert.ok(!text.includes(String(secret ?? VALUE)))
    }
  })

  test('in names of what a server says, nor is an answer spoiled by a value that is one letter', async () => {
    const server = new FakeServer()
    server.answers['appToken.startSession'] = (body) =>
      refusal('INVALID_APP_TOKEN_HASH', 'a line\n"and" \u00e9 more', { [String(body.ks)]: 'x' })
    const error = await server.session({ tokenValue: 'n' }).catch((thrown: unknown) => thrown)
    assert.ok(error instanceof LatchkeyLoginError)
    assert.equal(error.message, 'a line\n"and" \u00e9 more')
    for (const { body } of server.sent) assert.ok(!printed(error).includes(String(body.ks ?? body.tokenHash ?? VALUE)))
  })

  test('in what a platform says that failed with the request in its words', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.list'] = (body) => {
      throw Object.assign(new Error(`cannot send ${JSON.stringify(body)}`), { request: body, code: 'E' })
    }
    const error = await session.call('media', 'list').catch((thrown: unknown) => thrown)
    const text = printed(error)
    assert.match(text, /UNREACHABLE/)
    for (const secret of await secretsOf(server, session)) assert.ok(!text.includes(secret), secret)
  })

  test('where the value was given in place of the id, which a server repeats', async () => {
    const server = new FakeServer()
    server.answers['appToken.startSession'] = ({ id }) =>
      refusal('APP_TOKEN_ID_NOT_FOUND', `Application token id "${id}" not found`, { ID: id })
    const error = await server.session({ tokenId: VALUE, tokenValue: '0_k3v9qz1m' }).catch((thrown: unknown) => thrown)
    assert.match(printed(error), /APP_TOKEN_ID_NOT_FOUND/)
    assert.ok(!printed(error).includes(VALUE))
  })

  test('in the address that a server redirects to', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.list'] = ({ ks }) =>
      new Response(null, { status: 302, headers: { location: `https://x.example/ks/${ks}/p#${ks}` } })
    const error = await session.call('media', 'list').catch((thrown: unknown) => thrown)
    assert.match(printed(error), /REDIRECTED/)
    assert.ok(!printed(error).includes(await session.ks()))
  })

  test('in an answer that is none, which is told by its length', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.list'] = (body) => new Response(`<html>${body.ks}</html>`)
    const error = await session.call('media', 'list').catch((thrown: unknown) => thrown)
    for (const secret of await secretsOf(server, session)) assert.ok(!printed(error).includes(secret), secret)
  })

  test('in a renewal that failed, nor in one of many steps', async () => {
    const server = new FakeServer()
    const told: unknown[] = []
    const session = await server.session({ onRenewalError: (error) => told.push(error) })
    server.advance(850)
    server.answers['appToken.startSession'] = (body) => invalidSession(String(body.ks))
    await session.call('media', 'list')
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
    assert.equal(told.length, 1)
    for (const secret of await secretsOf(server, session)) assert.ok(!printed(told[0]).includes(secret), secret)
  })

  test('in any URL, and none is logged', async (context) => {
    const lines = (['log', 'error', 'warn', 'info', 'debug'] as const).map((name) =>
      context.mock.method(console, name, () => {}),
    )
    const server = new FakeServer()
    const session = await server.session()
    await session.call('media', 'list')
    for (const { url } of server.sent) {
      for (const secret of await secretsOf(server, session)) assert.ok(!url.includes(secret))
    }
    for (const line of lines) assert.equal(line.mock.callCount(), 0)
  })
})
