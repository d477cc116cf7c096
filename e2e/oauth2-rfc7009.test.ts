import assert from 'node:assert/strict'
import { ACCESS_TOKEN, basic, bearer, EXCHANGE, tokenOf } from './lib/oauth2.ts'
import { describeRfc } from './lib/oauth2-ground.ts'
import { adminSession, call } from './lib/v3.ts'

describeRfc('RFC 7009, revocation', [
  [
    '2',
    'a session that was revoked is refused at once, by every door',
    async ({ ask, client, url }) => {
      const token = await tokenOf(url, client)
      assert.equal((await call(url, 'media.list', {}, bearer(token))).objectType, 'KalturaMediaListResponse')
      const { status, text } = await ask('revoke', { ...client, token })
      assert.deepEqual([status, text], [200, '{}'], 'what is in it counts for nothing')
      for (const answer of [
        await call(url, 'media.list', {}, bearer(token)),
        await call(url, 'media.list', { ks: token }),
      ])
        assert.match(answer.message, /LOGOUT/)
    },
  ],
  [
    '2.1',
    'the client authenticates as at the token endpoint, in either way',
    async ({ ask, client, url }) => {
      const headers = basic(client.client_id, client.client_secret)
      const token = await tokenOf(url, client)
      assert.equal((await ask('revoke', { token }, { headers })).status, 200)
      for (const fields of [
        { token },
        { token, client_id: client.client_id },
        { ...client, token, client_secret: 'x' },
      ]) {
        const { status, body } = await ask('revoke', fields)
        assert.deepEqual([status, body.error], [401, 'invalid_client'])
      }
    },
  ],
  [
    '2.1',
    'a session of another client is not revoked, and whoever asks is told',
    async ({ ask, client, user, url }) => {
      const token = await tokenOf(url, user)
      const { status, body } = await ask('revoke', { ...client, token })
      assert.deepEqual([status, body.error, body.diagnosis.cause.id], [400, 'invalid_grant', 'session-of-other-token'])
      assert.equal((await call(url, 'media.list', {}, bearer(token))).objectType, 'KalturaMediaListResponse')
    },
  ],
  [
    '2.1',
    'the token has to be named',
    async ({ ask, client }) => {
      const { status, body } = await ask('revoke', { ...client })
      assert.deepEqual([status, body.error], [400, 'invalid_request'])
    },
  ],
  [
    '2.1',
    'a hint, right, wrong or unknown, changes nothing',
    async ({ ask, client, url }) => {
      for (const token_type_hint of ['access_token', 'refresh_token', 'whatever']) {
        const token = await tokenOf(url, client)
        assert.equal((await ask('revoke', { ...client, token, token_type_hint })).status, 200)
        assert.match((await call(url, 'media.list', {}, bearer(token))).message, /LOGOUT/, token_type_hint)
      }
    },
  ],
  [
    '2.1',
    'what was made of it is revoked with it',
    async ({ ask, client, url }) => {
      const token = await tokenOf(url, client)
      const exchange = { grant_type: EXCHANGE, subject_token: token, subject_token_type: ACCESS_TOKEN }
      const { body } = await ask('token', { ...client, ...exchange, scope: 'media.list' })
      await ask('revoke', { ...client, token })
      assert.match((await call(url, 'media.list', {}, bearer(body.access_token))).message, /LOGOUT/)
    },
  ],
  [
    '2.2',
    'a token that is none, or of no use any more, is answered with 200 as well',
    async ({ ask, client, url }) => {
      const token = await tokenOf(url, client)
      await ask('revoke', { ...client, token })
      for (const each of [token, 'nonsense', `${token}x`]) {
        assert.equal((await ask('revoke', { ...client, token: each })).status, 200)
      }
    },
  ],
  [
    '2.2',
    'it works for the owner while the app token is paused, and holds when that goes on',
    async ({ ask, server, admin, client, url }) => {
      const token = await tokenOf(url, client)
      await call(url, 'latchkey_token.pause', { ks: admin, id: client.client_id })
      assert.equal((await ask('revoke', { ...client, token })).status, 200)
      await call(url, 'latchkey_token.resume', { ks: await adminSession(server), id: client.client_id })
      assert.match((await call(url, 'media.list', {}, bearer(token))).message, /LOGOUT/)
    },
  ],
  [
    '2.2.1',
    'errors are those of the framework, and a request in a URL is none',
    async ({ ask, client }) => {
      const { status, body } = await ask('revoke', { ...client, token: 'x' }, { query: '?token=abc' })
      assert.deepEqual([status, body.error], [400, 'invalid_request'])
      assert.equal((await ask('revoke', {}, { method: 'GET' })).status, 405)
    },
  ],
])
