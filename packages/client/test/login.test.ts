import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LatchkeyAnswerError, LatchkeyLoginError } from '../src/index.ts'
import { FakeServer, invalidSession, refusal, VALUE } from './fake-server.ts'

const LOGIN = 'appToken.startSession'

function hashLengths(server: FakeServer): number[] {
  return server.sent.filter(({ name }) => name === LOGIN).map(({ body }) => String(body.tokenHash).length)
}

describe('the login', () => {
  test('sends no session with the first call, and nothing of it may come from a cache', async () => {
    const server = new FakeServer()
    await server.session({ userId: 'ana', type: 0, expiry: 60, privileges: 'list:*', clientTag: 'nightly' })
    const [widget, start] = server.sent
    assert.deepEqual(widget?.body, { format: 1, clientTag: 'nightly', nocache: 1, widgetId: '_102', expiry: 3600 })
    const { tokenHash, ks, ...rest } = start?.body ?? {}
    assert.match(String(tokenHash), /^[0-9a-f]{64}$/)
    assert.match(String(ks), /widget/)
    assert.deepEqual(rest, {
      format: 1,
      clientTag: 'nightly',
      nocache: 1,
      id: '0_k3v9qz1m',
      userId: 'ana',
      type: 0,
      expiry: 60,
      sessionPrivileges: 'list:*',
    })
    assert.deepEqual(start?.headers, { accept: 'application/json', 'content-type': 'application/json' })
  })

  for (const [hashType, lengths] of [
    ['SHA256', [64]],
    ['SHA1', [64, 40]],
    ['SHA512', [64, 40, 128]],
    ['MD5', [64, 40, 128, 32]],
  ] as const)
    test(`finds ${hashType} at attempt ${lengths.length}, over one widget session, and remembers it`, async () => {
      const server = new FakeServer()
      server.hashType = hashType
      const session = await server.session()
      assert.equal(session.info.hashType, hashType)
      assert.deepEqual(hashLengths(server), lengths)
      assert.equal(server.count('session.startWidgetSession'), 1)
      await session.renew()
      assert.deepEqual(hashLengths(server), [...lengths, lengths.at(-1)])
    })

  test('looks for the hash type again where it was changed meanwhile', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.hashType = 'MD5'
    await session.renew()
    assert.deepEqual(hashLengths(server), [64, 64, 40, 128, 32])
  })

  test('tries no other hash type than the one that it was told', async () => {
    const server = new FakeServer()
    await assert.rejects(server.session({ hashType: 'SHA1' }), { code: 'INVALID_APP_TOKEN_HASH' })
    assert.deepEqual(hashLengths(server), [40])
  })

  test('tries no other hash type after another refusal than that of the hash', async () => {
    const server = new FakeServer()
    server.answers[LOGIN] = () => refusal('APP_TOKEN_NOT_ACTIVE', 'not active', { ID: '0_k3v9qz1m' })
    await assert.rejects(server.session(), { code: 'APP_TOKEN_NOT_ACTIVE', args: { ID: '0_k3v9qz1m' } })
    assert.equal(server.count(LOGIN), 1)
  })

  test('reads numbers that come as texts, and what Latchkey adds', async () => {
    const server = new FakeServer()
    server.answers[LOGIN] = () => ({
      ks: 'djJ8x',
      partnerId: '102',
      expiry: String(server.now + 100),
      sessionType: '2',
      dropped: [{ privilege: 'list:*', reason: 'reserved', text: '' }],
      warnings: [{ id: 'token-expires-soon', text: 'soon' }],
    })
    const { info } = await server.session()
    assert.deepEqual([info.partnerId, info.sessionType, info.expiresAt, info.userId], [102, 2, server.now + 100, ''])
    assert.deepEqual(info.dropped, [{ privilege: 'list:*', reason: 'reserved' }])
    assert.deepEqual(info.warnings, [{ id: 'token-expires-soon', text: 'soon' }])
  })
})

describe('credentials that do not work show at start-up', () => {
  test('with the diagnosis of the server, of several hashes the one that tells most', async () => {
    const server = new FakeServer()
    const cause = { title: 't', saw: 's', remedy: ['r'], docs: 'd' }
    server.answers[LOGIN] = ({ tokenHash }) => {
      const id = String(tokenHash).length === 40 ? 'hash-newline' : 'hash-unexplained'
      const diagnosis = {
        stage: 'hash',
        passed: ['session-readable'],
        cause: { id, ...cause },
        requestId: 'r-9',
        serverTime: 1,
      }
      return refusal('INVALID_APP_TOKEN_HASH', 'Invalid application token hash', [], { diagnosis })
    }
    await assert.rejects(server.session(), (error) => {
      assert.ok(error instanceof LatchkeyLoginError)
      assert.equal(error.diagnosis?.cause.id, 'hash-newline')
      assert.deepEqual([error.requestId, error.service, error.action], ['r-9', 'appToken', 'startSession'])
      return true
    })
  })

  for (const [what, options, answers, hint] of [
    ['an id in place of the value', { tokenValue: '0_k3v9qz1m' }, {}, /form of an id; the value has 32/],
    ['half a value', { tokenValue: VALUE.slice(0, 16) }, {}, /tokenValue has 16 characters/],
    [
      'a value in place of the id',
      { tokenId: VALUE },
      { [LOGIN]: 'APP_TOKEN_ID_NOT_FOUND' },
      /belongs into tokenValue/,
    ],
    ['another value', { tokenValue: VALUE.replace('0', 'f') }, {}, /another app token, or an old one/],
    ['another account', {}, { 'session.startWidgetSession': 'INVALID_WIDGET_ID' }, /not an account of this server/],
  ] as const)
    test(`with a hint at ${what}, where the server gives no diagnosis`, async () => {
      const server = new FakeServer()
      for (const [name, code] of Object.entries(answers)) server.answers[name] = () => refusal(code, 'no')
      await assert.rejects(server.session(options), (error) => {
        assert.ok(error instanceof LatchkeyLoginError)
        assert.match(error.hint ?? '', hint)
        return true
      })
    })

  test('a session that had ended when it was issued', async () => {
    const server = new FakeServer()
    server.durationSeconds = 0
    await assert.rejects(server.session(), { name: 'LatchkeyAnswerError', code: 'SESSION_DEAD' })
  })

  test('a widget session that is refused at once', async () => {
    const server = new FakeServer()
    server.answers[LOGIN] = () => invalidSession('EXPIRED')
    await assert.rejects(server.session(), { name: 'LatchkeyLoginError', code: 'INVALID_KS' })
  })

  for (const [what, value] of [
    ['no object', 'a text'],
    ['null', null],
    ['an object without a session string', { expiry: 1 }],
    ['a session string that is none', { ks: 7 }],
    ['a list', []],
  ] as const)
    test(`a login that is answered by ${what}`, async () => {
      for (const name of ['session.startWidgetSession', LOGIN]) {
        const server = new FakeServer()
        server.answers[name] = () => new Response(JSON.stringify(value))
        await assert.rejects(server.session(), (error) => {
          assert.ok(error instanceof LatchkeyAnswerError)
          assert.equal(error.code, 'UNEXPECTED_ANSWER')
          return true
        })
      }
    })

  for (const [option, value] of [
    ['serviceUrl', 'v3.example.com'],
    ['serviceUrl', 'ftp://v3.example.com'],
    ['serviceUrl', 'https://user:word@v3.example.com'],
    ['serviceUrl', 'https://v3.example.com/?ks=x'],
    ['partnerId', ''],
    ['partnerId', '_102'],
    ['tokenId', ' '],
    ['tokenValue', undefined],
    ['hashType', 'sha256'],
    ['expiry', 0],
    ['expiry', 1.5],
    ['timeoutMs', 0],
    ['fetch', 'fetch'],
  ] as const)
    test(`${option} that is ${JSON.stringify(value)} is named, before anything is sent`, async () => {
      const server = new FakeServer()
      await assert.rejects(server.session({ [option]: value }), (error) => {
        assert.ok(error instanceof Error && 'code' in error)
        assert.equal(error.code, 'OPTIONS_INVALID')
        assert.match(error.message, new RegExp(`^${option} must be `))
        return true
      })
      assert.equal(server.sent.length, 0)
    })

  for (const [what, tokenValue] of [
    ['throws', () => Promise.reject(new Error('no vault'))],
    ['answers nothing', () => ''],
  ] as const)
    test(`a function tokenValue that ${what}`, async () => {
      const server = new FakeServer()
      await assert.rejects(server.session({ tokenValue }), { code: 'TOKEN_VALUE_UNAVAILABLE' })
    })

  test('serviceUrl may end with a slash and with /api_v3', async () => {
    for (const end of ['', '/', '/api_v3', '/api_v3/']) {
      const server = new FakeServer()
      const session = await server.session({ serviceUrl: `https://v3.example.com${end}` })
      assert.equal(session.serviceUrl, 'https://v3.example.com')
    }
  })
})
