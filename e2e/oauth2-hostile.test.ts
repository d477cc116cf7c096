import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { ACCESS_TOKEN, basic, bearer, type Client, EXCHANGE, oauth, oauthClient, tokenOf } from './lib/oauth2.ts'
import { type OauthGround, oauthGround } from './lib/oauth2-ground.ts'
import { type Answer, call, logIn } from './lib/v3.ts'

const GRANT = { grant_type: 'client_credentials' }

/** A session string of version 1, as anybody can write it who holds the account's secret. */
function writtenByHand(at: OauthGround, privileges: string): string {
  const { partnerId, adminSecret } = at.server
  const info = `${partnerId};${partnerId};${Math.floor(Date.now() / 1_000) + 600};2;1;x;${privileges};;`
  return Buffer.from(`${createHash('sha1').update(`${adminSecret}${info}`).digest('hex')}|${info}`).toString('base64')
}

/** Words of a scope, as many as a body holds. */
function words(make: (at: number) => string, most: number): string {
  let text = make(0)
  for (let at = 1; text.length < most; at += 1) text += ` ${make(at)}`
  return text
}

/**
 * Other requests wait as long as one of them holds the process. A body can be no longer, but it can come often: requests
 * of which each holds the server for a second do not end within the limit of their test.
 */
async function often<T>(run: () => Promise<T>): Promise<T> {
  for (let time = 1; time < TIMES; time += 1) await run()
  return run()
}

const TIMES = 40
const LIMIT_MS = 60_000

describe('whoever holds an app token, and means harm,', () => {
  let ground: (OauthGround & AsyncDisposable) | undefined
  before(async () => {
    ground = await oauthGround()
  })
  after(async () => ground?.[Symbol.asyncDispose]())
  const at = (): OauthGround => {
    if (ground === undefined) throw new Error('the server has not started')
    return ground
  }
  const linesOf = async ({ client_id }: Client): Promise<readonly string[]> => {
    const filter = { tokenIdEqual: client_id }
    const { objects } = await call(at().url, 'latchkey_journal.list', {
      ks: at().admin,
      filter,
      pager: { pageSize: 500 },
    })
    return objects
      .filter(({ door }: Answer) => door === 'oauth2')
      .map(({ action, outcome, cause }: Answer) => [action, outcome, cause].filter(Boolean).join(' '))
  }
  const exchange = (client: Client, subject_token: string, more: Readonly<Record<string, string>> = {}) =>
    at().ask('token', { ...client, grant_type: EXCHANGE, subject_token, subject_token_type: ACCESS_TOKEN, ...more })

  test('does not hold the server with a scope as long as a body may be', { timeout: LIMIT_MS }, async () => {
    const { client, ask } = at()
    const scope = words((n) => `priv:a${n}`, 28_000)
    const given = await often(() => ask('token', { ...GRANT, ...client, scope }))
    assert.equal(given.status, 200)
    const narrowed = await often(() =>
      exchange(client, given.body.access_token, { scope: `media.list ${scope.slice(0, 14_000)}` }),
    )
    assert.ok(narrowed.status < 500)
    for (const word of ['priv:edit:', 'media.lis', 'priv:a,b', 'latchkey_']) {
      const answer = await often(() =>
        ask('token', { ...GRANT, ...client, scope: words((n) => `${word}${n}`, 40_000) }),
      )
      assert.ok(answer.status < 500)
    }
  })

  test('does not hold the server with a session of its own making', { timeout: LIMIT_MS }, async () => {
    const { url } = at()
    for (const privileges of [
      `latchkey_actions:${'-kXa'.repeat(60_000)},latchkey_actions:${'82ZQ'.repeat(60_000)}`,
      `latchkey_parents:${Array.from({ length: 60_000 }, (_, n) => n.toString(36)).join('/')}`,
    ]) {
      const ks = writtenByHand(at(), privileges)
      await often(() => call(url, 'media.list', { ks }))
    }
  })

  test('makes with a session that is limited to some actions nothing that is not', async () => {
    const { url, admin, client } = at()
    const scope = [
      'appToken.add appToken.update appToken.get appToken.list latchkey_token.rotate latchkey_token.resume user.add',
      'user.update userRole.add userRole.update userRole.clone permission.add permission.update media.list',
    ].join(' ')
    const ks = await tokenOf(url, client, { scope })
    const { id: role } = await call(url, 'userRole.add', {
      ks: admin,
      userRole: { name: 'nearly nothing', permissionNames: 'PLAYBACK_BASE_PERMISSION' },
    })
    const beyond = async (action: string, params: object) => {
      const { code, diagnosis } = await call(url, action, { ks, ...params })
      assert.deepEqual([code, diagnosis?.cause.id], ['SERVICE_FORBIDDEN', 'token-beyond-maker'], action)
    }
    await beyond('appToken.add', { appToken: { sessionType: 2, hashType: 'SHA256' } })
    await beyond('appToken.update', { id: client.client_id, appToken: { description: 'mine' } })
    await beyond('latchkey_token.rotate', { id: client.client_id })
    await beyond('userRole.add', { userRole: { name: 'all', permissionNames: 'CONTENT_MANAGE_BASE' } })
    await beyond('userRole.update', { userRoleId: role, userRole: { permissionNames: 'CONTENT_MANAGE_BASE' } })
    const { objects } = await call(url, 'appToken.list', { ks })
    assert.ok(objects.length > 0 && objects.every((token: Answer) => token.token === undefined))
    assert.equal(
      (await call(url, 'appToken.add', { ks: admin, appToken: { sessionType: 2 } })).objectType,
      'KalturaAppToken',
    )
  })

  test('gets no fault of the server with a session of its own making, or signs that shift fields', async () => {
    const { client } = at()
    const group = `sessionid:${client.client_id},apptoken:${client.client_id}`
    for (const more of ['fo.o:1', 'fo!o', '.m:1', 'a b:1', '_e:99'])
      for (const wish of [{ scope: 'media.list' }, { expires_in: '60' }] as Record<string, string>[]) {
        const { status, body } = await exchange(client, writtenByHand(at(), `${group},${more}`), wish)
        assert.deepEqual([status, body.error], [400, 'invalid_scope'], more)
      }
  })

  test('narrows a session wherever that may be used: what it asks with is the app token', async () => {
    const { url, admin } = at()
    const client = await oauthClient(url, admin, { sessionPrivileges: 'urirestrict:/api_v3/*,actionslimit:2' })
    const { body } = await exchange(client, await tokenOf(url, client), { scope: 'media.list' })
    assert.equal((await call(url, 'media.list', {}, bearer(body.access_token))).objectType, 'KalturaMediaListResponse')
    const used = await call(url, 'media.list', {}, bearer(body.access_token))
    assert.match(used.message, /ACTIONS_LIMIT/, 'the exchange was one call')
    const elsewhere = await oauthClient(url, admin, { sessionPrivileges: 'urirestrict:/elsewhere' })
    const narrow = (await exchange(elsewhere, await tokenOf(url, elsewhere), { scope: 'media.list' })).body.access_token
    assert.match((await call(url, 'media.list', {}, bearer(narrow))).message, /URI/, 'it stays as bound as it was')
  })

  test('is told by the scope which address it has got, in its one form', async () => {
    const { url, client } = at()
    const token = await tokenOf(url, client)
    for (const [asked, got] of [
      ['2001:DB8:0::1', '2001:db8::1'],
      ['::ffff:192.0.2.7', '192.0.2.7'],
    ])
      assert.equal(
        (await exchange(client, token, { scope: `priv:iprestrict:${asked}` })).body.scope,
        `full priv:iprestrict:${got}`,
      )
  })

  test('is told what a session has, not what was asked for, where the app token fixes more', async () => {
    const { url, admin, ask } = at()
    const client = await oauthClient(url, admin, { sessionPrivileges: 'edit:0_a/0_b,list:*' })
    const scope = 'media.list priv:edit:0_a priv:edit:0_b priv:list:0_c'
    const { body } = await ask('token', { ...GRANT, ...client, scope })
    assert.equal(body.scope, 'media.list priv:edit:0_a/0_b priv:list:0_c')
    const { privileges } = await call(url, 'session.get', { ks: admin, session: body.access_token })
    assert.match(privileges, /edit:0_a\/0_b,list:0_c/)
    const narrowed = await exchange(client, body.access_token, { scope: 'priv:edit:0_a', expires_in: '60' })
    assert.equal(narrowed.body.scope, 'media.list priv:edit:0_a/0_b')
  })

  test('names each target of an exchange, of which all have to be this server', async () => {
    const { url, client, ask } = at()
    const token = await tokenOf(url, client)
    const fields = { ...client, grant_type: EXCHANGE, subject_token: token, subject_token_type: ACCESS_TOKEN }
    for (const [targets, status] of [
      [['https://elsewhere.example', url], 400],
      [[url, 'https://elsewhere.example'], 400],
      [['https://elsewhere.example', ''], 400],
      [[`${url}.elsewhere.example`], 400],
      [[url, url], 200],
      [[`${url}/`, `${url}/api_v3`], 200],
    ] as const)
      for (const name of ['resource', 'audience']) {
        const many = targets.map((target) => [name, target] as const)
        const answer = await ask('token', [...Object.entries({ ...fields, scope: 'media.list' }), ...many])
        assert.equal(answer.status, status, `${name} ${targets}`)
        if (status !== 200) assert.equal(answer.body.error, 'invalid_target')
      }
  })

  test('is told of a session that has no call left that it is not active', async () => {
    const { url, admin, ask } = at()
    const client = await oauthClient(url, admin, { sessionPrivileges: 'actionslimit:2' })
    const token = await tokenOf(url, client)
    const isActive = async (of = client, text = token) => (await ask('introspect', { ...of, token: text })).body.active
    assert.equal(await isActive(), true)
    assert.equal(await isActive(), true, 'being asked about takes no call')
    for (let call_ = 0; call_ < 2; call_ += 1) await call(url, 'media.list', { ks: token })
    assert.equal(await isActive(), false)
    const none = await oauthClient(url, admin, { sessionPrivileges: 'actionslimit:many' })
    assert.equal(await isActive(none, await tokenOf(url, none)), false, 'no number of calls is none')
    for (const parents of ['x', '\u0001', '1'.repeat(600)]) {
      const ks = writtenByHand(at(), `latchkey_parents:${parents},actionslimit:2`)
      assert.equal((await call(url, 'media.list', { ks })).objectType, 'KalturaMediaListResponse')
      assert.equal(await isActive(at().client, ks), true)
    }
  })

  test('owns each session that it has got, whatever kind the scope made of it', async () => {
    const { url, admin, ask } = at()
    const client = await oauthClient(url, admin, { sessionType: 0, sessionUserId: '' })
    const token = await tokenOf(url, client, { scope: 'media.list priv:widget:1' })
    const { body } = await ask('introspect', { ...client, token })
    assert.deepEqual([body.active, body.client_id], [true, client.client_id])
    assert.equal((await ask('revoke', { ...client, token })).status, 200)
    assert.match((await call(url, 'media.list', { ks: token })).message, /LOGOUT/)
  })

  test('leaves no line of an end that there was not', async () => {
    const { url, admin, ask } = at()
    const client = await oauthClient(url, admin)
    for (const token of ['nonsense', `${admin}x`]) assert.equal((await ask('revoke', { ...client, token })).status, 200)
    assert.deepEqual(await linesOf(client), [])
  })

  test('finds in the journal of the account what a tool asked wrongly', async () => {
    const { url, admin, ask } = at()
    const client = await oauthClient(url, admin)
    await ask('token', { ...client, grant_type: 'password' })
    await ask('token', {}, { headers: basic(client.client_id, client.client_secret) })
    assert.deepEqual(await linesOf(client), [
      'oauth2.token refused parameter-missing',
      'oauth2.token refused parameter-invalid',
    ])
    for (let count = 0; count < 60; count += 1) await ask('token', { client_id: client.client_id })
    assert.ok((await linesOf(client)).length < 30, 'and cannot be kept from it by a flood')
  })

  test('learns what is wrong with a right value, however often it is sent', async () => {
    const { url, admin, ask } = at()
    const client = await oauthClient(url, admin)
    for (let count = 0; count < 15; count += 1) {
      const { status, body } = await ask('token', { ...GRANT, ...client, client_secret: `${client.client_secret}\n` })
      assert.deepEqual([status, body.diagnosis.cause.id], [401, 'client-secret-decorated'])
    }
  })

  test('sees no secret again that was put where a scope belongs', async () => {
    const { client, user, ask, url, server } = at()
    const token = await tokenOf(url, client)
    for (const secret of [client.client_secret, token, server.adminSecret])
      for (const make of ['', 'priv:', 'priv:edit:', 'priv:a,', 'x.', 'media.list priv:edit:', 'media.list ']) {
        const given = await ask('token', { ...GRANT, ...user, scope: `${make}${secret}` })
        const narrowed = await exchange(client, token, { scope: `${make}${secret}` })
        for (const { body, text } of [given, narrowed])
          assert.ok(body.access_token !== undefined || !text.includes(secret), `${make} ${text}`)
        const { dropped = [] } = given.body.diagnosis ?? {}
        assert.ok(!JSON.stringify(dropped).includes(secret), make)
      }
    assert.ok(!server.output().stderr.includes(client.client_secret))
  })

  test('is answered in words that a person understands', async () => {
    const { user, ask, url, client, admin } = at()
    const saw = async (scope: string) => {
      const { body } = await ask('token', { ...GRANT, ...user, scope })
      return body.diagnosis.cause.saw
    }
    assert.match(await saw('priv:list:*,edit:*'), /comma.*priv:list:\* priv:edit:\*/)
    assert.match(await saw('PRIV:list:*'), /small letters/)
    assert.match(await saw('media.*'), /one by one/)
    assert.equal(await saw('priv:edit:*'), '"edit:*" can only come from the app token itself')
    assert.equal(
      await saw('priv:latchkey_actions:media.list'),
      '"latchkey_actions:media.list" is for the server alone to set',
    )
    const of = async (text: string, more: Readonly<Record<string, string>>) =>
      (await exchange(client, text, more)).body.diagnosis.cause.saw
    const token = await tokenOf(url, client)
    assert.equal(await of(token, { scope: 'priv:edit:*' }), 'priv:edit:*: the session does not have it')
    assert.match(await of(token, { expires_in: '999999' }), /^999999 seconds: the session itself ends in \d+ seconds$/)
    assert.match(await of(admin, { scope: 'media.list' }), /no app token at all/)
    assert.match(await of('nonsense', { scope: 'media.list' }), /^subject_token is 8 characters/)
    const inHeader = await call(url, 'user.list', {}, bearer('nonsense'))
    assert.match(inHeader.diagnosis.cause.saw, /^the session in the Authorization header is 8 characters/)
    assert.match((await call(url, 'user.list', { ks: 'nonsense' })).diagnosis.cause.saw, /^ks is 8 characters/)
    assert.match(await of(await tokenOf(url, user), { scope: 'media.list' }), /another app token/)
  })
})

describe('an account that gives sessions of version 1', () => {
  test('leaves out what would shift their fields, and says so, as startSession refuses it', async () => {
    await using at = await oauthGround({ LATCHKEY_KS_VERSION: '1' })
    const { url, admin, client, ask } = at
    const only = await ask('token', { ...GRANT, ...client, scope: 'priv:foo:a;9999999999' })
    assert.deepEqual([only.status, only.body.error], [400, 'invalid_scope'])
    const { status, body } = await ask('token', { ...GRANT, ...client, scope: 'media.list priv:foo:a;2 priv:bar:b' })
    assert.deepEqual([status, body.scope], [200, 'media.list priv:bar:b'])
    assert.deepEqual(
      body.diagnosis.dropped.map(({ scope, reason }: Answer) => [scope, reason]),
      [['priv:foo:a;2', 'unwritable']],
    )
    const made = await oauthClient(url, admin, { sessionPrivileges: 'privacycontext:x;y' })
    const odd = await ask('token', { ...GRANT, ...made })
    assert.deepEqual(
      [odd.status, odd.body.error, odd.body.diagnosis.cause.id],
      [400, 'unauthorized_client', 'parameter-invalid'],
    )
    const started = await logIn(at.server, { id: made.client_id, token: made.client_secret })
    assert.equal(started.code, 'INVALID_PARAMETER_CHAR')
    assert.equal((await oauth(url, 'introspect', { ...made, token: admin })).status, 200)
  })
})
