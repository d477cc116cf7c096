import assert from 'node:assert/strict'
import { basic, bearer, tokenOf } from './lib/oauth2.ts'
import { describeRfc } from './lib/oauth2-ground.ts'
import { call } from './lib/v3.ts'

describeRfc('RFC 7662, introspection', [
  [
    '2.1',
    'the token is sent by POST in a form, and has to be there',
    async ({ ask, client }) => {
      assert.equal((await ask('introspect', {}, { method: 'GET', query: '?token=x' })).status, 405)
      const { status, body } = await ask('introspect', { ...client })
      assert.deepEqual([status, body.error], [400, 'invalid_request'])
    },
  ],
  [
    '2.1',
    'nobody is answered who has not said who it is',
    async ({ ask, client, url }) => {
      const token = await tokenOf(url, client)
      for (const fields of [{ token }, { token, ...client, client_secret: 'x' }]) {
        const { status, body } = await ask('introspect', fields)
        assert.deepEqual([status, body.error], [401, 'invalid_client'])
      }
      const { status, body, headers } = await ask('introspect', { token }, { headers: bearer('nonsense') })
      assert.deepEqual([status, body.error], [401, 'invalid_token'])
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer .*error="invalid_token"/)
    },
  ],
  [
    '2.1',
    'whoever asks may be a client or the holder of a session',
    async ({ ask, client, url, admin }) => {
      const token = await tokenOf(url, client)
      const headers = basic(client.client_id, client.client_secret)
      for (const [fields, request] of [
        [{ token, ...client }, {}],
        [{ token }, { headers }],
        [{ token }, { headers: bearer(admin) }],
        [{ token }, { headers: bearer(token) }],
      ] as const)
        assert.equal((await ask('introspect', fields, request)).body.active, true)
    },
  ],
  [
    '2.1',
    'a hint changes nothing',
    async ({ ask, client, url }) => {
      const token = await tokenOf(url, client)
      const { body } = await ask('introspect', { ...client, token, token_type_hint: 'refresh_token' })
      assert.equal(body.active, true)
    },
  ],
  [
    '2.2',
    'a live session is told with what it may do, whose it is and until when',
    async ({ ask, user, url, server }) => {
      const from = Math.floor(Date.now() / 1_000)
      const token = await tokenOf(url, user, { scope: 'media.get media.list' })
      const until = Math.ceil(Date.now() / 1_000)
      const { body, headers } = await ask('introspect', { ...user, token })
      const { active, scope, client_id, sub, username, token_type, exp, iss, partner_id, session_type } = body
      assert.deepEqual(
        [active, scope, client_id, sub, username, token_type, iss, partner_id, session_type],
        [true, 'media.get media.list', user.client_id, 'ada', 'ada', 'Bearer', url, server.partnerId, 0],
      )
      const startedAt = exp - 600
      assert.ok(from <= startedAt && startedAt <= until, `${startedAt} is not in ${from} to ${until}`)
      assert.match(headers.get('content-type') ?? '', /^application\/json/)
      assert.equal(headers.get('cache-control'), 'no-store')
    },
  ],
  [
    '2.2',
    'of a session that is none, has expired or was ended nothing is told but that',
    async ({ ask, client, url, server }) => {
      const ended = await tokenOf(url, client)
      await ask('revoke', { ...client, token: ended })
      const { partnerId, adminSecret: secret } = server
      const expired = await call(url, 'session.start', { partnerId, secret, type: 2, expiry: -10 })
      for (const token of ['nonsense', ended, expired, `${ended}x`, 'x'.repeat(20_000)]) {
        const { status, text } = await ask('introspect', { ...client, token })
        assert.deepEqual([status, text], [200, '{"active":false}'])
      }
    },
  ],
  [
    '2.2',
    'whoever may not know of a session is told the same as if there were none',
    async ({ ask, client, user, url }) => {
      const [foreign, own] = [await tokenOf(url, client), await tokenOf(url, user)]
      assert.equal((await ask('introspect', { ...user, token: foreign })).text, '{"active":false}')
      const headers = bearer(own)
      assert.equal((await ask('introspect', { token: foreign }, { headers })).text, '{"active":false}')
      const narrow = bearer(await tokenOf(url, client, { scope: 'media.list' }))
      assert.equal((await ask('introspect', { token: own }, { headers: narrow })).text, '{"active":false}')
    },
  ],
  [
    '2.2',
    'with the permission to read app tokens sessions of others are told as well',
    async ({ ask, client, user, url }) => {
      const own = await tokenOf(url, user)
      assert.equal((await ask('introspect', { ...client, token: own })).body.sub, 'ada')
      const headers = bearer(await tokenOf(url, client, { scope: 'appToken.get' }))
      assert.equal((await ask('introspect', { token: own }, { headers })).body.sub, 'ada')
    },
  ],
  [
    '2.3',
    'errors of the request are those of the framework',
    async ({ ask, client }) => {
      const { status, body } = await ask('introspect', [...Object.entries({ ...client, token: 'x' }), ['token', 'y']])
      assert.deepEqual([status, body.error], [400, 'invalid_request'])
    },
  ],
  [
    '4',
    'a token in the URL is refused, so that none comes into a log',
    async ({ ask, client, server }) => {
      const { status, body } = await ask('introspect', { ...client, token: 'x' }, { query: '?token=planted-in-url' })
      assert.deepEqual([status, body.error, body.diagnosis.cause.id], [400, 'invalid_request', 'secret-in-url'])
      assert.ok(!server.output().stderr.includes('planted-in-url'))
    },
  ],
])
