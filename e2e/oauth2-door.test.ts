import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { ACCESS_TOKEN, basic, bearer, EXCHANGE, oauth, oauthClient, tokenOf } from './lib/oauth2.ts'
import { type OauthGround, oauthGround } from './lib/oauth2-ground.ts'
import { randomOf } from './lib/random.ts'
import { type Answer, call, logIn } from './lib/v3.ts'

const GRANT = { grant_type: 'client_credentials' }
/** Comes from elsewhere, as a proxy says that is trusted. */
const outside = (address = '192.0.2.1') => ({ 'x-forwarded-for': address, 'x-forwarded-proto': 'https' })

describe('the OAuth2 door', () => {
  let ground: (OauthGround & AsyncDisposable) | undefined
  before(async () => {
    ground = await oauthGround()
  })
  after(async () => ground?.[Symbol.asyncDispose]())
  const at = (): OauthGround => {
    if (ground === undefined) throw new Error('the server has not started')
    return ground
  }
  const causeOf = async (fields: Record<string, string>, headers: Record<string, string> = {}, query?: string) => {
    const { body } = await at().ask('token', { ...GRANT, ...fields }, { headers, query })
    return [body.error, body.diagnosis?.cause.id]
  }

  test('tells a stranger the same of an id that there is and of one that there is not', async () => {
    const { client, ask } = at()
    const answers = []
    for (const client_id of [client.client_id, '0_zzzzzzzz']) {
      const { status, body } = await ask('token', { ...GRANT, client_id, client_secret: 'f'.repeat(32) })
      const { requestId: _, serverTime: __, ...diagnosis } = body.diagnosis
      answers.push({ status, ...body, diagnosis })
    }
    assert.deepEqual(answers[0], answers[1])
  })

  test('tells the holder of the right value what is wrong with it, and what its token is', async () => {
    const { url, admin } = at()
    const own = await oauthClient(url, admin)
    const { client_secret: value } = own
    for (const [client_secret, cause] of [
      [`${value}\r\n`, 'client-secret-decorated'],
      [`'${value}'`, 'client-secret-decorated'],
      [value.toUpperCase(), 'client-secret-decorated'],
    ] as const)
      assert.deepEqual(await causeOf({ ...own, client_secret }), ['invalid_client', cause])
    assert.deepEqual(await causeOf({ ...own, partner_id: '7' }), ['invalid_client', 'token-of-other-partner'])
    await call(url, 'latchkey_token.pause', { ks: admin, id: own.client_id })
    assert.deepEqual(await causeOf({ ...own }), ['invalid_client', 'token-disabled'])
    assert.deepEqual(await causeOf({ ...own, client_secret: 'x' }), ['invalid_client', 'client-credentials-wrong'])
    const over = await oauthClient(url, admin, { expiry: 1_700_000_000 })
    assert.deepEqual(await causeOf({ ...over }), ['invalid_client', 'token-expired'])
  })

  test('says what the request alone shows, to anybody', async () => {
    const { client } = at()
    const { client_id: id, client_secret: value } = client
    const plain = (text: string) => ({ authorization: `Basic ${btoa(text)}` })
    for (const [fields, headers, cause] of [
      [{ client_id: value, client_secret: id }, {}, 'client-id-as-secret'],
      [{ client_id: id, client_secret: id }, {}, 'client-id-as-secret'],
      [{ client_id: id }, {}, 'client-credentials-missing'],
      [{}, plain(`${id}:100%sure`), 'client-secret-not-encoded'],
      [{}, plain(`${id}:a/b=c d`), 'client-secret-not-encoded'],
      [{}, plain(`${id}:`), 'client-credentials-missing'],
      [{ client_assertion: 'x' }, {}, 'client-credentials-missing'],
    ] as const)
      assert.deepEqual(await causeOf(fields, headers), ['invalid_client', cause], JSON.stringify(fields))
    assert.deepEqual(await causeOf({ ...client }, basic(id, value)), ['invalid_request', 'client-credentials-twice'])
    assert.deepEqual(await causeOf({ ...client }, {}, '?client_secret=x'), ['invalid_request', 'secret-in-url'])
    const json = { 'content-type': 'application/json' }
    assert.deepEqual(await causeOf({ ...client }, json), ['invalid_request', 'body-not-form'])
    for (const scope of ['user.lits', 'nothing'])
      assert.deepEqual(await causeOf({ ...client, scope }), ['invalid_scope', 'scope-beyond-token'])
  })

  test('gives nothing that startSession does not give: a request cannot bring in what the token has not', async () => {
    const { url, user } = at()
    const asked =
      'priv:setrole:PLAYBACK_BASE_ROLE priv:edit:* priv:_e:99 priv:sessionid:x priv:latchkey_parents:x priv:sview:*'
    const { body } = await oauth(url, 'token', { ...GRANT, ...user, scope: `media.list ${asked}` })
    assert.equal(body.scope, 'media.list')
    assert.deepEqual(body.diagnosis.dropped.map(({ scope }: Answer) => scope).sort(), asked.split(' ').sort())
    for (const { text } of body.diagnosis.dropped) assert.ok(text.length > 10)
  })

  test('keeps a line of what was issued, narrowed, refused and ended, and of nothing else', async () => {
    const { url, admin, ask } = at()
    const own = await oauthClient(url, admin)
    const agent = { 'user-agent': 'etl/1.0' }
    const token = (await ask('token', { ...GRANT, ...own }, { headers: agent })).body.access_token
    const exchange = { grant_type: EXCHANGE, subject_token: token, subject_token_type: ACCESS_TOKEN }
    await ask('token', { ...own, ...exchange, scope: 'media.list' })
    await ask('introspect', { ...own, token })
    await ask('token', { ...GRANT, ...own, client_secret: 'x' })
    await ask('token', { ...GRANT, ...own, scope: 'nonsense' })
    await ask('revoke', { ...own, token })
    const { objects } = await call(url, 'latchkey_journal.list', { ks: admin, filter: { tokenIdEqual: own.client_id } })
    const lines = objects
      .filter(({ door }: Answer) => door === 'oauth2')
      .map(({ action, outcome, cause, code }: Answer) => [action, outcome, cause, code].filter(Boolean).join(' '))
    assert.deepEqual(lines.toReversed(), [
      'oauth2.token issued',
      'oauth2.exchange issued',
      'oauth2.token refused client-credentials-wrong invalid_client',
      'oauth2.token refused scope-beyond-token invalid_scope',
      'oauth2.revoke revoked',
    ])
    const issued = objects.findLast(({ door }: Answer) => door === 'oauth2')
    assert.deepEqual([issued.address, issued.client], ['127.0.0.1', 'etl/1.0'])
    const usage = await call(url, 'latchkey_token.usage', { ks: admin, id: own.client_id })
    assert.equal(usage.issued, 2)
  })

  test('lets nobody lock an owner out, and tells whoever guesses how long to wait', async () => {
    const { url, admin, ask } = at()
    const own = await oauthClient(url, admin)
    const from = (address: string) => ({ headers: outside(address) })
    const guess = (address: string) => ask('token', { ...GRANT, ...own, client_secret: 'guess' }, from(address))
    let last = await guess('192.0.2.9')
    for (let count = 0; count < 80; count += 1) last = await guess('192.0.2.9')
    assert.deepEqual(
      [last.status, last.body.error, last.body.diagnosis.cause.id],
      [429, 'temporarily_unavailable', 'too-many-wrong-secrets'],
    )
    assert.ok(Number(last.headers.get('retry-after')) > 0)
    assert.equal((await guess('198.51.100.1')).status, 401, 'others are not made to wait for it')
    for (const address of ['192.0.2.9', '198.51.100.1']) {
      const { status } = await ask('token', { ...GRANT, ...own }, from(address))
      assert.equal(status, 200, 'the right value counts at once, also beside the one who guesses')
    }
    const { objects } = await call(url, 'latchkey_journal.list', {
      ks: admin,
      filter: { tokenIdEqual: own.client_id },
      pager: { pageSize: 500 },
    })
    const refused = objects.filter(({ outcome }: Answer) => outcome === 'refused')
    assert.ok(refused.length < 15, `the journal is not flooded: ${refused.length} lines`)
  })

  test('starts no more sessions a minute than the app token may, and says when to come again', async () => {
    const { url, admin, ask } = at()
    const own = await oauthClient(url, admin)
    await call(url, 'latchkey_token.annotate', { ks: admin, id: own.client_id, startsPerMinute: 1 })
    assert.equal((await ask('token', { ...GRANT, ...own })).status, 200)
    const { status, headers, body } = await ask('token', { ...GRANT, ...own })
    assert.deepEqual([status, headers.get('retry-after'), body.diagnosis.cause.id], [429, '60', 'too-many-starts'])
  })

  test('takes no secret over plain HTTP from elsewhere, whoever says that it was not plain', async () => {
    const { client, ask } = at()
    const plain = { 'x-forwarded-for': '192.0.2.1' }
    for (const [endpoint, fields] of [
      ['token', GRANT],
      ['introspect', { token: 'x' }],
      ['revoke', { token: 'x' }],
    ] as const) {
      const { status, body } = await ask(endpoint, { ...fields, ...client }, { headers: plain })
      assert.deepEqual(
        [status, body.error, body.diagnosis.cause.id],
        [400, 'invalid_request', 'secret-over-plain-http'],
      )
      const secure = await ask(endpoint, { ...fields, ...client }, { headers: outside() })
      assert.equal(secure.status, 200)
    }
    const lied = await ask(
      'token',
      { ...GRANT, ...client },
      { headers: { ...plain, 'x-forwarded-proto': 'https, http' } },
    )
    assert.equal(lied.status, 400)
  })

  test('looks the same to a page of another origin as if it were not there', async () => {
    const { url } = at()
    for (const endpoint of ['token', 'introspect', 'revoke']) {
      const { headers } = await fetch(`${url}/oauth2/${endpoint}`, {
        method: 'OPTIONS',
        headers: { origin: 'https://page.example', 'access-control-request-method': 'POST' },
      })
      assert.equal(headers.get('access-control-allow-origin'), null)
    }
    const { headers } = await fetch(`${url}/.well-known/oauth-authorization-server`)
    assert.equal(headers.get('access-control-allow-origin'), '*')
  })

  test('answers a body that is too large, and goes on', async () => {
    const { client, ask } = at()
    const { status, body } = await ask('token', { ...GRANT, ...client, scope: 'x'.repeat(200_000) })
    assert.deepEqual([status, body.diagnosis.cause.id], [413, 'request-too-large'])
    assert.equal((await ask('token', { ...GRANT, ...client })).status, 200)
  })

  test('holds a session with a scope to it behind every other door', async () => {
    const { url, client } = at()
    const token = await tokenOf(url, client, { scope: 'media.list appToken.get appToken.add widget.add' })
    const forbidden = async (action: string, params: object = {}) =>
      (await call(url, action, { ks: token, ...params })).code
    for (const action of [
      'media.get',
      'system.ping',
      'session.get',
      'session.end',
      'baseEntry.list',
      'partner.getInfo',
    ])
      assert.equal(await forbidden(action, { entryId: '0_none' }), 'SERVICE_FORBIDDEN', action)
    assert.equal(await forbidden('latchkey_access.explain', { actions: 'media.list' }), 'SERVICE_FORBIDDEN')
    const own = await call(url, 'appToken.get', { ks: token, id: client.client_id })
    assert.deepEqual([own.id, 'token' in own], [client.client_id, false], 'the value would be a way around the scope')
    const asks = await tokenOf(url, client, { scope: 'media.list latchkey_access.explain latchkey_access.matrix' })
    const explained = await call(url, 'latchkey_access.explain', { ks: asks, actions: 'media.list,media.count' })
    assert.deepEqual(
      explained.map(({ effect, reason }: Answer) => [effect, reason]),
      [
        ['allow', undefined],
        ['deny', 'out-of-scope'],
      ],
    )
    const { rows } = await call(url, 'latchkey_access.matrix', { ks: asks, services: 'media' })
    assert.deepEqual([rows[0].cells.list, rows[0].cells.count], ['allow', 'deny'])
    const multi = await fetch(`${url}/api_v3/service/multirequest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(token) },
      body: JSON.stringify({
        format: 1,
        1: { service: 'media', action: 'list' },
        2: { service: 'media', action: 'count' },
      }),
    })
    const [list, count]: Answer = await multi.json()
    assert.deepEqual([list.objectType, count.code], ['KalturaMediaListResponse', 'SERVICE_FORBIDDEN'])
  })

  test('gives the same as startSession, to the privilege', async () => {
    const { url, admin, server } = at()
    const made = await call(url, 'appToken.add', {
      ks: admin,
      appToken: { hashType: 'SHA256', sessionType: 0, sessionUserId: 'ada', sessionPrivileges: 'list:*,edit:0_a' },
    })
    const { ks } = await logIn(server, made, { userId: 'eve', type: 2 })
    const token = await tokenOf(url, { client_id: made.id, client_secret: made.token })
    const [one, two] = [
      await call(url, 'session.get', { ks: admin, session: ks }),
      await call(url, 'session.get', { ks: admin, session: token }),
    ]
    assert.deepEqual({ ...one, expiry: 0 }, { ...two, expiry: 0 })
  })

  test('never faults, and repeats nothing secret, whatever is sent', async () => {
    const { url, client, server } = at()
    const token = await tokenOf(url, client)
    const random = randomOf(20_261_124)
    const { pick, chance, text } = random
    const names = [
      'grant_type',
      'client_id',
      'client_secret',
      'scope',
      'subject_token',
      'subject_token_type',
      'requested_token_type',
      'token',
      'token_type_hint',
      'expires_in',
      'partner_id',
      'resource',
      'audience',
      'actor_token',
      '__proto__',
      'constructor',
    ]
    const values = [
      'client_credentials',
      EXCHANGE,
      ACCESS_TOKEN,
      client.client_id,
      client.client_secret,
      token,
      'media.list',
      'get-and-list',
      'full',
      'priv:list:*',
      'priv:',
      '0',
      '-1',
      '1e9',
      '99999999999',
      '\0',
      'é',
      `${client.client_secret}\n`,
      '"',
      '',
    ]
    const headersOf = (): Record<string, string> => ({
      ...(chance(0.3) && {
        authorization:
          pick(['Basic', 'Bearer', 'x']) +
          (chance(0.8)
            ? ` ${pick([btoa('a:b'), btoa(`${client.client_id}:${client.client_secret}`), token, '!!', ''])}`
            : ''),
      }),
      ...(chance(0.1) && {
        'content-type': pick([
          'application/json',
          'x',
          '',
          'application/x-www-form-urlencoded;',
          'text/plain;charset=',
        ]),
      }),
      ...(chance(0.1) && {
        'x-forwarded-for': pick(['x', '::1', '192.0.2.1, 10.0.0.1']),
        'x-forwarded-proto': pick(['https', 'x']),
      }),
    })
    for (let count = 0; count < 700; count += 1) {
      const fields: [string, string][] = Array.from({ length: random.below(7) }, () => [
        chance(0.9) ? pick(names) : text().toWellFormed(),
        chance(0.9) ? pick(values) : text().toWellFormed(),
      ])
      if (chance(0.6)) fields.unshift(['grant_type', pick(['client_credentials', EXCHANGE])], ...Object.entries(client))
      const body = chance(0.1) ? text().toWellFormed() : undefined
      const endpoint = pick(['token', 'introspect', 'revoke'] as const)
      const seen = await oauth(url, endpoint, fields, { headers: headersOf(), body })
      const what = JSON.stringify({ endpoint, fields, body })
      assert.ok(seen.status < 500, `${seen.status} ${what}`)
      assert.equal(seen.headers.get('cache-control'), 'no-store', what)
      assert.ok(!seen.text.includes(client.client_secret), what)
      if (seen.status !== 200) {
        assert.ok(typeof seen.body.error === 'string' && seen.body.diagnosis.cause.remedy.length > 0, what)
        assert.ok(!`${seen.text}${seen.headers.get('www-authenticate')}`.includes(token.slice(10, 60)), what)
      }
    }
    const { stderr } = server.output()
    assert.ok(!stderr.includes(client.client_secret) && !stderr.includes(token.slice(10, 60)))
    assert.ok(!stderr.includes('"msg":"fault"'))
  })
})

describe('plain HTTP', () => {
  const [own] = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)

  test('from another machine is refused, and taken where a setting allows it', {
    skip: own === undefined,
  }, async () => {
    for (const [setting, status] of [
      ['loopback', 400],
      ['allow', 200],
    ] as const) {
      await using at = await oauthGround({
        LATCHKEY_HOST: '0.0.0.0',
        LATCHKEY_OAUTH2_PLAIN_HTTP: setting,
        LATCHKEY_TRUST_PROXY: '203.0.113.1',
      })
      const port = new URL(at.url).port
      const { status: seen } = await oauth(`http://${own?.address}:${port}`, 'token', { ...GRANT, ...at.client })
      assert.equal(seen, status, setting)
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1' }
      const lied = await oauth(`http://${own?.address}:${port}`, 'token', { ...GRANT, ...at.client }, { headers })
      assert.equal(lied.status, status, 'what an address says that is not trusted changes nothing')
    }
  })
})
