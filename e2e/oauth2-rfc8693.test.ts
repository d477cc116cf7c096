import assert from 'node:assert/strict'
import { ACCESS_TOKEN, bearer, EXCHANGE, tokenOf } from './lib/oauth2.ts'
import { describeRfc, type OauthGround } from './lib/oauth2-ground.ts'
import { call } from './lib/v3.ts'

async function exchange(
  { ask, client }: OauthGround,
  subject_token: string,
  more: Readonly<Record<string, string>> = {},
) {
  return ask('token', {
    ...client,
    grant_type: EXCHANGE,
    subject_token,
    subject_token_type: ACCESS_TOKEN,
    ...more,
  })
}

async function effects({ url }: OauthGround, token: string): Promise<readonly string[]> {
  const list = await call(url, 'media.list', {}, bearer(token))
  const count = await call(url, 'media.count', {}, bearer(token))
  return [list.code ?? 'ok', count.code ?? 'ok']
}

describeRfc('RFC 8693, token exchange', [
  [
    '2.1',
    'subject_token and its type are required',
    async (at) => {
      const token = await tokenOf(at.url, at.client)
      for (const missing of ['subject_token', 'subject_token_type']) {
        const { status, body } = await exchange(at, token, { [missing]: '', scope: 'media.list' })
        assert.deepEqual([status, body.error], [400, 'invalid_request'], missing)
      }
    },
  ],
  [
    '2.1',
    'types other than access tokens are neither taken nor given',
    async (at) => {
      const token = await tokenOf(at.url, at.client)
      for (const type of [
        'urn:ietf:params:oauth:token-type:jwt',
        'urn:ietf:params:oauth:token-type:refresh_token',
        'x',
      ]) {
        for (const name of ['subject_token_type', 'requested_token_type']) {
          const { status, body } = await exchange(at, token, { [name]: type, scope: 'media.list' })
          assert.deepEqual([status, body.error], [400, 'invalid_request'], `${name} ${type}`)
        }
      }
      const { body } = await exchange(at, token, { requested_token_type: ACCESS_TOKEN, scope: 'media.list' })
      assert.equal(body.issued_token_type, ACCESS_TOKEN)
    },
  ],
  [
    '2.1',
    'an actor is not taken, and its type not without one',
    async (at) => {
      const token = await tokenOf(at.url, at.client)
      for (const more of [{ actor_token: token }, { actor_token_type: ACCESS_TOKEN }] as Record<string, string>[]) {
        const { status, body } = await exchange(at, token, { ...more, scope: 'media.list' })
        assert.deepEqual([status, body.error], [400, 'invalid_request'])
      }
    },
  ],
  [
    '2.1',
    'another target than this server is invalid_target',
    async (at) => {
      const token = await tokenOf(at.url, at.client)
      for (const name of ['resource', 'audience']) {
        const { status, body } = await exchange(at, token, { [name]: 'https://elsewhere.example', scope: 'media.list' })
        assert.deepEqual([status, body.error], [400, 'invalid_target'])
        assert.equal((await exchange(at, token, { [name]: at.url, scope: 'media.list' })).status, 200)
      }
    },
  ],
  [
    '2.2.1',
    'the answer has the token, its type and how it is used, and is kept by nobody',
    async (at) => {
      const token = await tokenOf(at.url, at.client)
      const { body, headers } = await exchange(at, token, { scope: 'media.list', expires_in: '60' })
      const { access_token, ...rest } = body
      assert.deepEqual(rest, {
        token_type: 'Bearer',
        expires_in: 60,
        scope: 'media.list',
        issued_token_type: ACCESS_TOKEN,
      })
      assert.equal(headers.get('cache-control'), 'no-store')
      assert.deepEqual(await effects(at, access_token), ['ok', 'SERVICE_FORBIDDEN'])
      assert.deepEqual(await effects(at, token), ['ok', 'ok'], 'the other one stays as it is')
    },
  ],
  [
    '2.2.2',
    'a subject that is none, has ended, or is of somebody else is invalid_request',
    async (at) => {
      const ended = await tokenOf(at.url, at.client)
      await at.ask('revoke', { ...at.client, token: ended })
      const foreign = await tokenOf(at.url, at.user)
      const widget = await call(at.url, 'session.startWidgetSession', { widgetId: `_${at.server.partnerId}` })
      for (const token of ['nonsense', ended, foreign, at.admin, widget.ks]) {
        const { status, body } = await exchange(at, token, { scope: 'media.list' })
        assert.deepEqual([status, body.error], [400, 'invalid_request'])
      }
    },
  ],
  [
    '2.2.2',
    'what would be wider is invalid_scope, and never cut without a word',
    async (at) => {
      const token = await tokenOf(at.url, at.client, { scope: 'media.list media.get', expires_in: '600' })
      for (const more of [
        { scope: 'media.list media.count' },
        { scope: 'full' },
        { scope: 'get-and-list' },
        { scope: 'media.list nonsense' },
        { scope: 'media.list priv:edit:*' },
        { scope: 'media.list', expires_in: '3600' },
        { scope: 'media.list priv:iprestrict:10.0.0.0/8' },
      ] as Record<string, string>[]) {
        const { status, body } = await exchange(at, token, more)
        assert.deepEqual(
          [status, body.error, body.diagnosis.cause.id],
          [400, 'invalid_scope', 'scope-wider'],
          String(more.scope),
        )
      }
    },
  ],
  [
    '2.2.2',
    'what would be the same is no narrower one',
    async (at) => {
      const token = await tokenOf(at.url, at.client, { scope: 'media.list media.get' })
      for (const more of [{}, { scope: 'media.get media.list' }] as Record<string, string>[]) {
        const { status, body } = await exchange(at, token, more)
        assert.deepEqual([status, body.error, body.diagnosis.cause.id], [400, 'invalid_scope', 'scope-not-narrower'])
      }
    },
  ],
  [
    '2.1',
    'the client has to authenticate, as the one that the subject came from',
    async (at) => {
      const token = await tokenOf(at.url, at.client)
      for (const client of [{ client_secret: 'x' }, { client_secret: '' }]) {
        const { status, body } = await exchange(at, token, { ...client, scope: 'media.list' })
        assert.deepEqual([status, body.error], [401, 'invalid_client'])
      }
    },
  ],
  [
    '5',
    'what is narrowed can be bound to one address',
    async (at) => {
      const token = await tokenOf(at.url, at.client)
      const { body } = await exchange(at, token, { scope: 'priv:iprestrict:192.0.2.7' })
      assert.match(body.scope, /priv:iprestrict:192\.0\.2\.7/)
      const from = (address: string) => ({ ...bearer(body.access_token), 'x-forwarded-for': address })
      assert.equal((await call(at.url, 'media.list', {}, from('192.0.2.8'))).code, 'INVALID_KS')
      assert.equal((await call(at.url, 'media.list', {}, from('192.0.2.7'))).objectType, 'KalturaMediaListResponse')
    },
  ],
])
