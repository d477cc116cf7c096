import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describeRfc, oauthGround } from './lib/oauth2-ground.ts'
import type { Answer } from './lib/v3.ts'

const PATH = '/.well-known/oauth-authorization-server'

describeRfc('RFC 8414, the metadata', [
  [
    '2',
    'the issuer is the URL that the document was asked for by',
    async ({ url }) => {
      const document: Answer = await (await fetch(`${url}${PATH}`)).json()
      assert.equal(document.issuer, url)
      const other = await fetch(`${url.replace('127.0.0.1', 'localhost')}${PATH}`)
      const named: Answer = await other.json()
      assert.equal(named.issuer, url.replace('127.0.0.1', 'localhost'))
    },
  ],
  [
    '2',
    'what is required is there',
    async ({ url }) => {
      const document: Answer = await (await fetch(`${url}${PATH}`)).json()
      for (const name of ['issuer', 'token_endpoint', 'response_types_supported']) assert.ok(name in document, name)
      assert.ok(!('authorization_endpoint' in document), 'no grant that is there uses one')
      assert.ok(document.grant_types_supported.length > 0, 'since the default would be wrong')
    },
  ],
  [
    '2',
    'each endpoint is where it says, and takes the ways to authenticate that it says',
    async ({ url, client, ask }) => {
      const document: Answer = await (await fetch(`${url}${PATH}`)).json()
      const token = (await ask('token', { grant_type: 'client_credentials', ...client })).body.access_token
      for (const kind of ['token', 'introspection', 'revocation']) {
        const endpoint: string = document[`${kind}_endpoint`]
        for (const method of document[`${kind}_endpoint_auth_methods_supported`]) {
          const { client_id, client_secret } = client
          const fields = { grant_type: 'client_credentials', token: kind === 'revocation' ? 'x' : token }
          const headers: Record<string, string> =
            method === 'client_secret_basic'
              ? { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` }
              : method === 'Bearer'
                ? { authorization: `Bearer ${token}` }
                : {}
          const body = new URLSearchParams({ ...fields, ...(method === 'client_secret_post' && client) })
          const { token: _, ...forToken } = Object.fromEntries(body)
          const sent = kind === 'token' ? new URLSearchParams(forToken) : body
          const response = await fetch(endpoint, { method: 'POST', headers, body: sent })
          assert.equal(response.status, 200, `${kind} ${method}`)
        }
      }
    },
  ],
  [
    '2',
    'every scope and every grant that it lists is taken',
    async ({ url, client, ask }) => {
      const document: Answer = await (await fetch(`${url}${PATH}`)).json()
      for (const scope of document.scopes_supported) {
        const { body } = await ask('token', { grant_type: 'client_credentials', ...client, scope })
        assert.ok(body.access_token, scope)
      }
      for (const grant_type of document.grant_types_supported) {
        assert.notEqual((await ask('token', { grant_type, ...client })).body.error, 'unsupported_grant_type')
      }
    },
  ],
  [
    '3.2',
    'it is JSON with status 200, and no list in it is empty',
    async ({ url }) => {
      const response = await fetch(`${url}${PATH}`)
      assert.equal(response.status, 200)
      assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
      const document: Answer = await response.json()
      for (const [name, value] of Object.entries(document)) {
        assert.ok(value !== null && !(Array.isArray(value) && value.length === 0), name)
      }
    },
  ],
  [
    '3.3',
    'what is no host gets no document that repeats it',
    async ({ url }) => {
      const { request } = await import('node:http')
      const status = await new Promise((resolve, reject) => {
        request(`${url}${PATH}`, { headers: { host: 'a b"<script>' } }, (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('end', () => {
            assert.ok(!text.includes('<script>'))
            resolve(response.statusCode)
          })
        })
          .on('error', reject)
          .end()
      })
      assert.equal(status, 400)
    },
  ],
])

describe('the issuer', () => {
  test('is what LATCHKEY_PUBLIC_URL says, whatever a request says', async () => {
    await using at = await oauthGround({ LATCHKEY_PUBLIC_URL: 'https://sessions.example.org' })
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', 'x-forwarded-for': '192.0.2.1' }
    const document: Answer = await (await fetch(`${at.url}${PATH}`, { headers })).json()
    assert.equal(document.issuer, 'https://sessions.example.org')
    assert.equal(document.token_endpoint, 'https://sessions.example.org/oauth2/token')
  })

  test('follows a proxy that is trusted, and no other', async () => {
    const headers = {
      'x-forwarded-host': 'sessions.example.org',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '192.0.2.1',
    }
    for (const [trusted, issuer] of [
      ['127.0.0.1', 'https://sessions.example.org'],
      ['10.0.0.1', undefined],
    ] as const) {
      await using at = await oauthGround({ LATCHKEY_TRUST_PROXY: trusted })
      const document: Answer = await (await fetch(`${at.url}${PATH}`, { headers })).json()
      assert.equal(document.issuer, issuer ?? at.url)
    }
  })
})
