import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { ACCESS_TOKEN, EXCHANGE } from './lib/oauth2.ts'
import { type OauthGround, oauthGround } from './lib/oauth2-ground.ts'
import type { Answer } from './lib/v3.ts'

/** As far as this test uses it; the package has no types of its own. */
interface SimpleOauth2 {
  readonly ClientCredentials: new (
    options: object,
  ) => {
    getToken(params: object): Promise<{
      readonly token: Answer
      expired(window?: number): boolean
      revoke(type: 'access_token'): Promise<void>
    }>
  }
}

const simple: SimpleOauth2 = createRequire(import.meta.url)('simple-oauth2')
const curl = promisify(execFile)

/** Clients that nobody here wrote, which know of the server what its metadata document says and no more. */
describe('clients of OAuth2 from elsewhere', () => {
  let ground: (OauthGround & AsyncDisposable) | undefined
  before(async () => {
    ground = await oauthGround()
  })
  after(async () => ground?.[Symbol.asyncDispose]())
  const at = (): OauthGround => {
    if (ground === undefined) throw new Error('the server has not started')
    return ground
  }
  const resource = () => new URL(`${at().url}/api_v3/service/media/action/list?format=1`)

  for (const [name, authentication] of [
    ['by Basic', openid.ClientSecretBasic],
    ['in the body', openid.ClientSecretPost],
  ] as const) {
    test(`openid-client gets, uses, asks about, narrows and ends a session, ${name}`, async () => {
      const { url, client } = at()
      const config = await openid.discovery(
        new URL(url),
        client.client_id,
        undefined,
        authentication(client.client_secret),
        { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
      )
      const tokens = await openid.clientCredentialsGrant(config, { scope: 'media.list media.get' })
      assert.deepEqual([tokens.token_type, tokens.scope, tokens.expires_in], ['bearer', 'media.get media.list', 86_400])
      // What the client says is left, by then: the second may have turned since the answer was made.
      const left = tokens.expiresIn() ?? 0
      assert.ok(left > 86_000 && left <= 86_400, String(left))
      const listed: Answer = await (
        await openid.fetchProtectedResource(config, tokens.access_token, resource(), 'GET')
      ).json()
      assert.equal(listed.objectType, 'KalturaMediaListResponse')
      const narrowed = await openid.genericGrantRequest(config, EXCHANGE, {
        subject_token: tokens.access_token,
        subject_token_type: ACCESS_TOKEN,
        scope: 'media.list',
      })
      assert.equal(narrowed.scope, 'media.list')
      const told = await openid.tokenIntrospection(config, narrowed.access_token)
      assert.deepEqual([told.active, told.scope, told.client_id], [true, 'media.list', client.client_id])
      await openid.tokenRevocation(config, tokens.access_token)
      assert.equal((await openid.tokenIntrospection(config, narrowed.access_token)).active, false)
    })
  }

  test('openid-client tells its user what is wrong, in our words', async () => {
    const { url, client } = at()
    const config = await openid.discovery(new URL(url), client.client_id, `${client.client_secret}\n`, undefined, {
      algorithm: 'oauth2',
      execute: [openid.allowInsecureRequests],
    })
    let told: Promise<Answer> = Promise.resolve()
    await assert.rejects(openid.clientCredentialsGrant(config), (error: unknown) => {
      // It looks at the challenge first, and leaves the body to whoever asks.
      assert.ok(error instanceof openid.WWWAuthenticateChallengeError)
      told = error.response.json()
      return true
    })
    const { error, error_description, diagnosis } = await told
    assert.equal(error, 'invalid_client')
    assert.match(error_description, /a line end around client_secret/)
    assert.ok(diagnosis.cause.remedy.length > 0)
    const other = await openid.discovery(new URL(url), client.client_id, client.client_secret, undefined, {
      algorithm: 'oauth2',
      execute: [openid.allowInsecureRequests],
    })
    await assert.rejects(openid.clientCredentialsGrant(other, { scope: 'media.lits' }), (refused: unknown) => {
      assert.ok(refused instanceof openid.ResponseBodyError)
      assert.deepEqual([refused.error, refused.status], ['invalid_scope', 400])
      assert.match(refused.error_description ?? '', /media\.list is close/)
      return true
    })
  })

  test('oauth4webapi gets, narrows and ends a session', async () => {
    const { url, client } = at()
    const issuer = new URL(url)
    const insecure = { [oauth.allowInsecureRequests]: true }
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
    const as = await oauth.processDiscoveryResponse(issuer, discovered)
    const own = { client_id: client.client_id }
    const auth = oauth.ClientSecretBasic(client.client_secret)
    const parameters = new URLSearchParams({ scope: 'get-and-list' })
    const granted = await oauth.clientCredentialsGrantRequest(as, own, auth, parameters, insecure)
    const tokens = await oauth.processClientCredentialsResponse(as, own, granted)
    const scopes = new Set(tokens.scope?.split(' '))
    assert.ok(scopes.has('media.list') && scopes.size > 100 && !scopes.has('media.delete'))
    const listed = await oauth.protectedResourceRequest(
      tokens.access_token,
      'GET',
      resource(),
      undefined,
      undefined,
      insecure,
    )
    const list: Answer = await listed.json()
    assert.ok(list.totalCount > 0)
    const exchange = { subject_token: tokens.access_token, subject_token_type: ACCESS_TOKEN, scope: 'media.list' }
    const response = await oauth.genericTokenEndpointRequest(as, own, auth, EXCHANGE, exchange, insecure)
    assert.equal((await oauth.processGenericTokenEndpointResponse(as, own, response)).scope, 'media.list')
    const introspected = await oauth.introspectionRequest(as, own, auth, tokens.access_token, insecure)
    assert.equal((await oauth.processIntrospectionResponse(as, own, introspected)).active, true)
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, own, auth, tokens.access_token, insecure))
    const headers = new Headers({ 'x-latchkey-status': 'http' })
    // It reads the challenge of RFC 6750 by itself.
    await assert.rejects(
      oauth.protectedResourceRequest(tokens.access_token, 'GET', resource(), headers, undefined, insecure),
      (error: unknown) => {
        assert.ok(error instanceof oauth.WWWAuthenticateChallengeError)
        const [challenge] = error.cause
        assert.deepEqual([challenge?.scheme, challenge?.parameters.error], ['bearer', 'invalid_token'])
        return true
      },
    )
  })

  for (const authorizationMethod of ['header', 'body']) {
    test(`simple-oauth2 gets and ends a session, with the secret in the ${authorizationMethod}`, async () => {
      const { url, client } = at()
      const document: Answer = await (await fetch(`${url}/.well-known/oauth-authorization-server`)).json()
      const pathOf = (endpoint: string) => new URL(endpoint).pathname
      const flow = new simple.ClientCredentials({
        client: { id: client.client_id, secret: client.client_secret },
        auth: {
          tokenHost: document.issuer,
          tokenPath: pathOf(document.token_endpoint),
          revokePath: pathOf(document.revocation_endpoint),
        },
        options: { authorizationMethod },
      })
      const granted = await flow.getToken({ scope: ['media.list', 'media.get'] })
      assert.equal(granted.token.scope, 'media.get media.list')
      assert.deepEqual([granted.expired(), granted.expired(90_000)], [false, true])
      const headers = { authorization: `Bearer ${granted.token.access_token}` }
      const list = async (): Promise<Answer> => (await fetch(resource(), { headers })).json()
      assert.equal((await list()).objectType, 'KalturaMediaListResponse')
      await granted.revoke('access_token')
      assert.equal((await list()).code, 'INVALID_KS')
    })
  }

  test('curl gets a session and uses it', async () => {
    const { url, client } = at()
    const quiet = ['--silent', '--show-error', '--fail-with-body']
    const { client_id, client_secret } = client
    const got = await curl('curl', [
      ...quiet,
      '--user',
      `${client_id}:${client_secret}`,
      '--data',
      'grant_type=client_credentials',
      '--data-urlencode',
      'scope=media.list priv:list:*',
      `${url}/oauth2/token`,
    ])
    const token: Answer = JSON.parse(got.stdout)
    assert.equal(token.scope, 'media.list')
    const used = await curl('curl', [...quiet, '--oauth2-bearer', token.access_token, resource().href])
    const list: Answer = JSON.parse(used.stdout)
    assert.equal(list.objectType, 'KalturaMediaListResponse')
  })
})
