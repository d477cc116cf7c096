import assert from 'node:assert/strict'
import { basic, bearer, oauthClient, tokenOf } from './lib/oauth2.ts'
import { describeRfc, type OauthGround } from './lib/oauth2-ground.ts'
import { call } from './lib/v3.ts'

const GRANT = { grant_type: 'client_credentials' }

async function error(
  { ask }: OauthGround,
  ...args: Parameters<OauthGround['ask']> extends [unknown, ...infer Rest] ? Rest : never
) {
  const { status, body } = await ask('token', ...args)
  return [status, body?.error]
}

describeRfc('RFC 6749, the framework', [
  [
    '2.3.1',
    'the secret is taken by HTTP Basic',
    async ({ ask, client }) => {
      const { status, body } = await ask('token', GRANT, { headers: basic(client.client_id, client.client_secret) })
      assert.deepEqual([status, body.token_type], [200, 'Bearer'])
    },
  ],
  [
    '2.3.1',
    'id and secret are percent-decoded behind Basic',
    async ({ ask, client }) => {
      const all = (text: string) => text.replaceAll(/./g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
      const { client_id, client_secret } = client
      const authorization = `Basic ${btoa(`${all(client_id)}:${all(client_secret)}`)}`
      assert.equal((await ask('token', GRANT, { headers: { authorization } })).status, 200)
    },
  ],
  [
    '2.3.1',
    'the secret may be in the body, and in no case in the URL',
    async (at) => {
      assert.equal((await at.ask('token', { ...GRANT, ...at.client })).status, 200)
      const query = `?${new URLSearchParams({ ...at.client })}`
      assert.deepEqual(await error(at, GRANT, { query }), [400, 'invalid_request'])
      assert.deepEqual(await error(at, { ...GRANT, ...at.client }, { query: '?client_id=0_aaaaaaaa' }), [
        400,
        'invalid_request',
      ])
    },
  ],
  [
    '2.3',
    'more than one way to authenticate in a request is refused',
    async (at) => {
      const headers = basic(at.client.client_id, at.client.client_secret)
      assert.deepEqual(await error(at, { ...GRANT, ...at.client }, { headers }), [400, 'invalid_request'])
      const other = { client_id: at.user.client_id }
      assert.deepEqual(await error(at, { ...GRANT, ...other }, { headers }), [400, 'invalid_request'])
      const same = { client_id: at.client.client_id }
      assert.equal(
        (await at.ask('token', { ...GRANT, ...same }, { headers })).status,
        200,
        'naming itself is no second way',
      )
    },
  ],
  [
    '2.3.1',
    'whoever guesses is slowed down, and the owner is not',
    async (at) => {
      const target = await oauthClient(at.url, at.admin)
      const answers = []
      for (let count = 0; count < 15; count += 1) {
        answers.push(await at.ask('token', { ...GRANT, ...target, client_secret: `guess ${count}` }))
      }
      assert.equal(answers[0]?.status, 401)
      const last = answers.at(-1)
      assert.equal(last?.status, 429)
      assert.match(last?.headers.get('retry-after') ?? '', /^\d+$/)
      assert.equal((await at.ask('token', { ...GRANT, ...target })).status, 200)
    },
  ],
  [
    '3.2',
    'the token endpoint takes POST only',
    async ({ ask }) => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD']) {
        const { status, headers } = await ask('token', {}, { method })
        assert.deepEqual([status, headers.get('allow')], [405, 'POST'], method)
      }
    },
  ],
  [
    '3.2',
    'a parameter without a value is as if it were left out',
    async (at) => {
      assert.deepEqual(await error(at, { grant_type: '', ...at.client }), [400, 'invalid_request'])
      const headers = basic(at.client.client_id, at.client.client_secret)
      const { status } = await at.ask('token', { ...GRANT, client_secret: '', scope: '' }, { headers })
      assert.equal(status, 200)
    },
  ],
  [
    '3.2',
    'a parameter that nobody knows is passed over',
    async ({ ask, client }) => {
      const { status } = await ask('token', { ...GRANT, ...client, tenant: 'x', __proto: 'y', audience: 'z' })
      assert.equal(status, 200)
    },
  ],
  [
    '3.2',
    'a parameter that is there twice is refused',
    async (at) => {
      const fields = [...Object.entries({ ...GRANT, ...at.client })]
      for (const again of ['grant_type', 'scope', 'client_secret', 'expires_in', 'whatever']) {
        const twice = [...fields, [again, 'a'], [again, 'a']] as [string, string][]
        assert.deepEqual(await error(at, twice), [400, 'invalid_request'], again)
      }
    },
  ],
  [
    '3.3',
    'the scope that was granted is told, where it is another one than was asked for',
    async ({ ask, user }) => {
      const { body } = await ask('token', { ...GRANT, ...user, scope: 'media.list user.delete' })
      assert.equal(body.scope, 'media.list')
      assert.equal(body.diagnosis.dropped[0].scope, 'user.delete')
    },
  ],
  [
    '3.3',
    'without a scope there is a default, and it is told',
    async ({ ask, user }) => assert.equal((await ask('token', { ...GRANT, ...user })).body.scope, 'full'),
  ],
  [
    '3.3',
    'the order of a scope does not matter, and case does not make another one',
    async ({ ask, user }) => {
      const granted = async (scope: string) => (await ask('token', { ...GRANT, ...user, scope })).body.scope
      assert.equal(await granted('media.list media.get'), 'media.get media.list')
      assert.equal(await granted('MEDIA.get media.LIST'), 'media.get media.list')
    },
  ],
  [
    '4.4.2',
    'grant_type is client_credentials, and its parameters are in a form in UTF-8',
    async (at) => {
      assert.deepEqual(await error(at, { ...at.client }), [400, 'invalid_request'])
      const body = JSON.stringify({ ...GRANT, ...at.client })
      for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x']) {
        const headers = { 'content-type': type }
        assert.deepEqual(await error(at, {}, { body, headers }), [400, 'invalid_request'], type)
      }
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
      assert.equal((await at.ask('token', { ...GRANT, ...at.client }, { headers })).status, 200)
    },
  ],
  [
    '4.4.2',
    'the client has to authenticate',
    async (at) => {
      for (const fields of [GRANT, { ...GRANT, client_id: at.client.client_id }]) {
        assert.deepEqual(await error(at, fields), [401, 'invalid_client'])
      }
    },
  ],
  [
    '4.4.3',
    'no refresh token is given',
    async ({ ask, client }) => assert.ok(!('refresh_token' in (await ask('token', { ...GRANT, ...client })).body)),
  ],
  [
    '5.1',
    'the answer has access_token, token_type and expires_in, in JSON, and nothing keeps it',
    async ({ ask, user, url }) => {
      const { body, headers } = await ask('token', { ...GRANT, ...user })
      assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in', 'scope'])
      assert.equal(body.expires_in, 600)
      assert.match(headers.get('content-type') ?? '', /^application\/json/)
      assert.deepEqual([headers.get('cache-control'), headers.get('pragma')], ['no-store', 'no-cache'])
      const answer = await call(url, 'media.list', {}, bearer(body.access_token))
      assert.equal(answer.objectType, 'KalturaMediaListResponse')
    },
  ],
  [
    '5.1',
    'expires_in is true to the second',
    async ({ ask, user, url }) => {
      const from = Math.floor(Date.now() / 1_000)
      const token = await tokenOf(url, user, { expires_in: '77' })
      const until = Math.ceil(Date.now() / 1_000)
      const { body } = await ask('introspect', { ...user, token })
      const { body: other } = await ask('token', { ...GRANT, ...user, expires_in: '77' })
      assert.equal(other.expires_in, 77)
      const startedAt = body.exp - 77
      assert.ok(from <= startedAt && startedAt <= until, `${startedAt} is not in ${from} to ${until}`)
    },
  ],
  [
    '5.2',
    'invalid_client is 401 with a challenge for the scheme that was used',
    async ({ ask }) => {
      const { status, headers, body } = await ask('token', GRANT, { headers: basic('0_aaaaaaaa', 'x') })
      assert.deepEqual([status, body.error], [401, 'invalid_client'])
      assert.match(headers.get('www-authenticate') ?? '', /^Basic realm="/)
      for (const authorization of ['Basic', 'Basic !', 'Basic eA==', 'Digest a', 'Bearer abc', 'nonsense here']) {
        assert.deepEqual((await ask('token', GRANT, { headers: { authorization } })).status, 401, authorization)
      }
    },
  ],
  [
    '5.2',
    'a grant type that there is not is unsupported_grant_type',
    async (at) => {
      for (const grant_type of ['password', 'authorization_code', 'refresh_token', 'CLIENT_CREDENTIALS', 'x']) {
        assert.deepEqual(await error(at, { ...at.client, grant_type }), [400, 'unsupported_grant_type'], grant_type)
      }
    },
  ],
  [
    '5.2',
    'a scope that is unknown, malformed or beyond what may be given is invalid_scope',
    async (at) => {
      for (const scope of ['nonsense', 'user.delete', 'a"b', 'a\\b', 'media.list\nmedia.get', 'é']) {
        assert.deepEqual(await error(at, { ...GRANT, ...at.user, scope }), [400, 'invalid_scope'], scope)
      }
    },
  ],
  [
    '5.2',
    'error and error_description hold no signs but those allowed, and nothing keeps the answer',
    async ({ ask, user }) => {
      for (const fields of [
        {},
        GRANT,
        { ...GRANT, ...user, client_secret: '"\\\u20ac' },
        { ...GRANT, ...user, scope: 'user.delete "\\' },
        { ...GRANT, client_id: '\u0001', client_secret: '\u20ac' },
      ]) {
        const { body, headers } = await ask('token', fields)
        assert.match(body.error, /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
        assert.match(body.error_description, /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
        assert.equal(headers.get('cache-control'), 'no-store')
        assert.match(headers.get('content-type') ?? '', /^application\/json/)
      }
    },
  ],
  [
    '10.3',
    'what is given can do no more than it says',
    async ({ url, client }) => {
      const token = await tokenOf(url, client, { scope: 'media.list' })
      assert.equal((await call(url, 'media.list', {}, bearer(token))).objectType, 'KalturaMediaListResponse')
      assert.equal((await call(url, 'media.count', {}, bearer(token))).code, 'SERVICE_FORBIDDEN')
      assert.equal((await call(url, 'system.ping', { ks: token })).code, 'SERVICE_FORBIDDEN', 'by whatever door')
    },
  ],
])
