import assert from 'node:assert/strict'
import { bearer, oauth, tokenOf } from './lib/oauth2.ts'
import { describeRfc, type OauthGround } from './lib/oauth2-ground.ts'
import { type Answer, call, post } from './lib/v3.ts'

const HTTP = { 'x-latchkey-status': 'http' }

function json(response: Response): Promise<Answer> {
  return response.json()
}

/** Status and challenge of a call. */
async function challenged(
  { url }: OauthGround,
  action: string,
  headers: Readonly<Record<string, string>>,
  params: object = {},
): Promise<{ readonly status: number; readonly challenge: string; readonly text: string }> {
  const response = await post(url, action, { ...params }, headers)
  const challenge = response.headers.get('www-authenticate') ?? ''
  return { status: response.status, challenge, text: await response.text() }
}

describeRfc('RFC 6750, Bearer', [
  [
    '2.1',
    'the session is taken from the Authorization header, whatever the case of the scheme',
    async ({ url, client }) => {
      const token = await tokenOf(url, client)
      for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
        const answer = await call(url, 'media.list', {}, { authorization: `${scheme} ${token}` })
        assert.equal(answer.objectType, 'KalturaMediaListResponse', scheme)
      }
    },
  ],
  [
    '2.1',
    'it counts in every step of a multirequest, and in every form of a call',
    async ({ url, client }) => {
      const headers = bearer(await tokenOf(url, client))
      const steps = { 1: { service: 'media', action: 'list' }, 2: { service: 'media', action: 'count' } }
      const response = await fetch(`${url}/api_v3/service/multirequest`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ format: 1, ...steps }),
      })
      const [list, count]: Answer = await response.json()
      assert.equal(list.objectType, 'KalturaMediaListResponse')
      assert.equal(count, list.totalCount)
      const got = await fetch(`${url}/api_v3/?service=media&action=list&format=1`, { headers })
      assert.equal((await json(got)).objectType, 'KalturaMediaListResponse')
    },
  ],
  [
    '2',
    'two ways with different sessions are refused, naming both places and neither session',
    async (at) => {
      const [one, two] = [await tokenOf(at.url, at.client), await tokenOf(at.url, at.user)]
      const { challenge, text } = await challenged(at, 'media.list', bearer(one), { ks: two })
      assert.match(challenge, /error="invalid_request"/)
      const { code, diagnosis } = JSON.parse(text)
      assert.deepEqual([code, diagnosis.cause.id], ['INVALID_KS', 'sessions-differ'])
      assert.match(diagnosis.cause.saw, /Authorization header.*ks/)
      for (const session of [one, two]) assert.ok(!`${challenge}${text}`.includes(session.slice(8, 24)))
      const same = await call(at.url, 'media.list', { ks: one }, bearer(one))
      assert.equal(same.objectType, 'KalturaMediaListResponse', 'the same twice is one')
    },
  ],
  [
    '2.2, 2.3',
    'access_token in a body or a URL is no session',
    async ({ url, client }) => {
      const token = await tokenOf(url, client)
      assert.equal((await call(url, 'user.list', { access_token: token })).code, 'SERVICE_FORBIDDEN')
    },
  ],
  [
    '2.3',
    'a session in the URL works, and is answered with a warning',
    async ({ url, client }) => {
      const token = encodeURIComponent(await tokenOf(url, client))
      for (const path of [
        `/api_v3/?service=media&action=list&format=1&ks=${token}`,
        `/api_v3/service/media/action/list/format/1/ks/${token}`,
      ]) {
        const response = await fetch(`${url}${path}`)
        assert.equal((await json(response)).objectType, 'KalturaMediaListResponse')
        assert.equal(response.headers.get('x-latchkey-warnings'), 'session-in-url')
      }
      const multi = await fetch(
        `${url}/api_v3/service/multirequest?format=1&1:service=media&1:action=list&1:ks=${token}`,
      )
      assert.equal(multi.headers.get('x-latchkey-warnings'), 'session-in-url')
      const quiet = await post(url, 'media.list', { ks: decodeURIComponent(token) })
      assert.equal(quiet.headers.get('x-latchkey-warnings'), null)
    },
  ],
  [
    '3',
    'a call without a session is answered with a challenge that has no error code, where statuses are asked for',
    async (at) => {
      const { status, challenge } = await challenged(at, 'user.list', HTTP)
      assert.deepEqual([status, challenge], [403, 'Bearer realm="latchkey"'])
      const legacy = await challenged(at, 'user.list', {})
      assert.deepEqual([legacy.status, legacy.challenge], [200, ''], 'for clients of the original nothing changes')
    },
  ],
  [
    '3',
    'every 401 has a challenge',
    async (at) => {
      const { status, challenge } = await challenged(at, 'media.list', HTTP, { ks: 'nonsense' })
      assert.deepEqual([status, challenge], [401, 'Bearer realm="latchkey"'])
    },
  ],
  [
    '3.1',
    'a session that is malformed, of somebody else, expired or ended is invalid_token with 401',
    async (at) => {
      const ended = await tokenOf(at.url, at.client)
      await oauth(at.url, 'revoke', { ...at.client, token: ended })
      const brief = await call(at.url, 'session.start', {
        partnerId: at.server.partnerId,
        secret: at.server.adminSecret,
        type: 2,
        expiry: -10,
      })
      for (const token of ['nonsense', '"quoted"', 'two words', ended, brief, `${ended}x`]) {
        const { status, challenge, text } = await challenged(at, 'media.list', { ...HTTP, ...bearer(token) })
        assert.equal(status, 401, token)
        assert.match(challenge, /^Bearer realm="latchkey", error="invalid_token", error_description="[^"\\]+"$/)
        assert.equal(JSON.parse(text).code, 'INVALID_KS')
        assert.equal((await challenged(at, 'media.list', bearer(token))).status, 200, 'the legacy status stays')
      }
    },
  ],
  [
    '3.1',
    'a session whose scope is too small is insufficient_scope with 403, naming the scope that would do',
    async (at) => {
      const token = await tokenOf(at.url, at.client, { scope: 'media.list' })
      const { status, challenge, text } = await challenged(at, 'media.count', { ...HTTP, ...bearer(token) })
      assert.equal(status, 403)
      assert.match(challenge, /error="insufficient_scope".*, scope="media\.count"$/)
      assert.equal(JSON.parse(text).diagnosis.cause.id, 'scope-too-small')
      const wider = await tokenOf(at.url, at.client, { scope: `media.list ${/scope="(.*)"/.exec(challenge)?.[1]}` })
      assert.equal(typeof (await call(at.url, 'media.count', {}, bearer(wider))), 'number')
      const legacy = await challenged(at, 'media.count', bearer(token))
      assert.deepEqual([legacy.status, /insufficient_scope/.test(legacy.challenge)], [200, true])
    },
  ],
  [
    '3.1',
    'where the app token itself gives too little no scope is named, since none would do',
    async (at) => {
      const token = await tokenOf(at.url, at.user)
      const { status, challenge } = await challenged(at, 'user.list', { ...HTTP, ...bearer(token) })
      assert.equal(status, 403)
      assert.match(challenge, /error="insufficient_scope"/)
      assert.doesNotMatch(challenge, /scope="/)
    },
  ],
  [
    '3.1',
    'what has nothing to do with the session is no challenge',
    async (at) => {
      const headers = bearer(await tokenOf(at.url, at.client))
      for (const action of ['media.nonsense', 'permissionItem.add', 'metadata_metadata.list']) {
        assert.equal((await challenged(at, action, headers)).challenge, '', action)
      }
      const basic = { authorization: `Basic ${btoa('a:b')}` }
      assert.equal((await challenged(at, 'user.list', basic)).challenge, '', 'another scheme is passed over')
    },
  ],
  [
    '5.3',
    'answers with sessions in them are kept by nobody on the way',
    async ({ url, client }) => {
      const response = await post(url, 'media.list', {}, bearer(await tokenOf(url, client)))
      assert.match(response.headers.get('cache-control') ?? '', /no-store/)
    },
  ],
])
