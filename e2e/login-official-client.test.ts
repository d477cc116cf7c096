import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { attempt, kaltura, officialClient, request } from './lib/official-client.ts'
import { type RunningServer, runCli, startServer } from './lib/server.ts'
import { addToken, adminSession, call, logIn, type Refusal, sha256 } from './lib/v3.ts'

/** Code and message as the original has them; a refusal by any other name is none that its users know. */
function assertRefused(answer: { code?: unknown; message?: unknown }, code: string, message: string): void {
  assert.deepEqual({ code: answer.code, message: answer.message }, { code, message })
}

/** Where it stopped and why; the rest of a diagnosis is there too, and nothing of it is null. */
function assertDiagnosed(answer: { diagnosis?: Refusal['diagnosis'] }, stage: string, cause: string): void {
  const { diagnosis } = answer
  assert.ok(diagnosis, `no diagnosis in ${JSON.stringify(answer)}`)
  assert.deepEqual([diagnosis.stage, diagnosis.cause.id], [stage, cause])
  assert.ok(diagnosis.cause.remedy.length > 0 && diagnosis.cause.saw !== '')
  assert.match(diagnosis.requestId, /^[0-9a-z]+-[0-9a-z]+$/)
  assert.ok(Math.abs(diagnosis.serverTime - Date.now() / 1000) < 60)
  assert.ok(!JSON.stringify(diagnosis).includes('null'))
}

const LOGIN_LADDER = [
  'endpoint',
  'session-readable',
  'rate',
  'parameters',
  'session-alive',
  'account',
  'permission',
  'access-control',
  'token-known',
  'token-active',
  'hash',
  'token-in-date',
  'issued',
]

describe('the official client', () => {
  let server: RunningServer
  let admin: string

  before(async () => {
    server = await startServer({ byNpm: true })
    admin = await adminSession(server)
  })
  after(async () => server[Symbol.asyncDispose]())

  async function widgetSession(): Promise<string> {
    const widget = request('session', 'startWidgetSession', `_${server.partnerId}`)
    return (await widget.execute(officialClient(server.url))).ks
  }

  async function login(token: { id: string; token: string }): Promise<string> {
    const ks = await widgetSession()
    const start = request('appToken', 'startSession', token.id, sha256(ks + token.token))
    return (await start.execute(officialClient(server.url, ks))).ks
  }

  const appToken = (fields: object) => new (kaltura.objects.AppToken ?? Object)(fields)
  const tokens = (action: string, ...args: readonly unknown[]) =>
    attempt(request('appToken', action, ...args), officialClient(server.url, admin))

  for (const [kind, fields] of [
    ['an ADMIN token', { sessionType: 2 }],
    ['a USER token with list:*', { sessionType: 0, sessionPrivileges: 'list:*' }],
  ] as const) {
    test(`logs in with ${kind} and reads rows`, async () => {
      const token = await tokens('add', appToken({ hashType: 'SHA256', ...fields }))
      const ks = await login(token)
      const list = await request('media', 'listAction').execute(officialClient(server.url, ks))
      assert.equal(list.totalCount, 40)
      assert.equal(list.objects.length, 30)
      assert.equal(list.objects[0].objectType, 'KalturaMediaEntry')
    })
  }

  test('adds, reads, lists, changes and deletes app tokens', async () => {
    const added = await tokens(
      'add',
      appToken({ hashType: 'SHA512', sessionDuration: 600, sessionUserId: 'svc', description: 'for the test' }),
    )
    assert.match(added.id, /^0_[0-9a-z]{8}$/)
    assert.match(added.token, /^[0-9a-f]{32}$/)
    assert.deepEqual(
      [added.hashType, added.sessionDuration, added.sessionUserId, added.status],
      ['SHA512', 600, 'svc', 2],
    )
    const read = await tokens('get', added.id)
    assert.deepEqual(read, added)
    const list = await tokens('listAction', { objectType: 'KalturaAppTokenFilter', idEqual: added.id })
    assert.deepEqual([list.totalCount, list.objects[0].id], [1, added.id])
    const changed = await tokens('update', added.id, appToken({ description: 'changed' }))
    assert.deepEqual([changed.description, changed.hashType], ['changed', 'SHA512'])
    assert.equal(await tokens('deleteAction', added.id), null)
    assertRefused(
      await tokens('get', added.id),
      'APP_TOKEN_ID_NOT_FOUND',
      `Application token id "${added.id}" not found`,
    )
  })

  test('sends a fetched object back and is told which field it cannot set', async () => {
    const added = await tokens('add', appToken({}))
    const answer = await tokens('update', added.id, appToken(added))
    assertRefused(
      answer,
      'PROPERTY_VALIDATION_NOT_UPDATABLE',
      'The property "KalturaAppToken::createdAt" cannot be updated',
    )
  })

  test('uses the result of one step as the session of the next', async () => {
    const steps = new kaltura.MultiRequestBuilder()
    const current = request('permission', 'getCurrentPermissions')
    // As its users do: what a step is sent with is a plain object of its.
    Object.assign(Reflect.get(current, 'data'), { ks: '{1:result:ks}' })
    steps.add(request('session', 'startWidgetSession', `_${server.partnerId}`)).add(current)
    const [first, second] = await steps.execute(officialClient(server.url))
    assert.equal(first.partnerId, server.partnerId)
    assert.deepEqual(second.split(',').sort(), ['ALWAYS_ALLOWED_ACTIONS', 'WIDGET_SESSION_PERMISSION'])
  })

  test('gets the answers of all steps, a refused one among them', async () => {
    const steps = new kaltura.MultiRequestBuilder()
    steps.add(request('system', 'ping')).add(request('user', 'listAction'))
    steps.add(request('media', 'listAction'))
    const [ping, refused, list] = await steps.execute(
      officialClient(server.url, await login(await addToken(server, admin))),
    )
    assert.equal(ping, true)
    assertRefused(refused, 'SERVICE_FORBIDDEN', 'The access to service [user->list] is forbidden')
    assertDiagnosed(refused, 'permission', 'user-session-lacks-permission')
    assert.equal(list.objectType, 'KalturaMediaListResponse')
  })

  /** The exchange by the official client; with the value given, over the right hash of it. */
  async function start(id: string, proof: { readonly value: string } | { readonly hash: string }, ks?: string) {
    const session = ks ?? (await widgetSession())
    const tokenHash = 'hash' in proof ? proof.hash : sha256(session + proof.value)
    return attempt(request('appToken', 'startSession', id, tokenHash), officialClient(server.url, session))
  }

  test('is refused a wrong hash, with the rungs it has climbed', async () => {
    const token = await addToken(server, admin)
    const answer = await start(token.id, { hash: sha256('something else') })
    assertRefused(answer, 'INVALID_APP_TOKEN_HASH', 'Invalid application token hash')
    assertDiagnosed(answer, 'hash', 'hash-unexplained')
    assert.deepEqual(answer.diagnosis.passed, LOGIN_LADDER.slice(0, LOGIN_LADDER.indexOf('hash')))
    const shouted = await start(token.id, { hash: sha256('x').toUpperCase() })
    assertDiagnosed(shouted, 'hash', 'hash-upper-case')
  })

  test('is refused an id that there is not', async () => {
    const answer = await start('0_nonesuch', { value: 'x' })
    assertRefused(answer, 'APP_TOKEN_ID_NOT_FOUND', 'Application token id "0_nonesuch" not found')
    assertDiagnosed(answer, 'token-known', 'token-of-other-partner')
    assertDiagnosed(await start('nonesuch', { value: 'x' }), 'token-known', 'token-id-mangled')
  })

  test('is refused a deleted token, and so are the sessions that it gave', async () => {
    const token = await addToken(server, admin)
    const ks = await login(token)
    assert.equal(await tokens('deleteAction', token.id), null)
    const answer = await start(token.id, { value: token.token })
    assertRefused(answer, 'APP_TOKEN_ID_NOT_FOUND', `Application token id "${token.id}" not found`)
    assertDiagnosed(answer, 'token-known', 'token-of-other-partner')
    const dead = await attempt(request('media', 'listAction'), officialClient(server.url, ks))
    assertRefused(dead, 'INVALID_KS', 'Invalid KS "LOGOUT", Error "-6,LOGOUT"')
    assertDiagnosed(dead, 'session-alive', 'session-ended')
  })

  test('is refused an expired token, but only after its hash was found right', async () => {
    const token = await addToken(server, admin, { expiry: Math.floor(Date.now() / 1000) - 400_000_000 })
    const answer = await start(token.id, { value: token.token })
    assertRefused(answer, 'APP_TOKEN_EXPIRED', `Application token id "${token.id}" expired`)
    assertDiagnosed(answer, 'token-in-date', 'token-expired')
    assert.equal(answer.diagnosis.passed.at(-1), 'hash')
    assertDiagnosed(await start(token.id, { hash: 'f'.repeat(64) }), 'hash', 'hash-unexplained')
  })

  test('is refused a session past its end, and told to renew', async () => {
    const token = await addToken(server, admin, { sessionDuration: 0 })
    const answer = await attempt(request('media', 'listAction'), officialClient(server.url, await login(token)))
    // The original's number is -1; the word's own is one of the mended faults.
    assertRefused(answer, 'INVALID_KS', 'Invalid KS "EXPIRED", Error "-5,EXPIRED"')
    assertDiagnosed(answer, 'session-alive', 'session-expired')
  })

  test('is refused a session that is none, and its text is not repeated', async () => {
    const ks = await widgetSession()
    // Another character than the one that happens to stand there.
    const broken = `${ks.slice(0, 40)}${ks[40] === 'A' ? 'B' : 'A'}${ks.slice(41)}`
    const answer = await attempt(request('media', 'listAction'), officialClient(server.url, broken))
    assert.equal(answer.code, 'INVALID_KS')
    assert.match(answer.message, /^Invalid KS ".+", Error "-1,INVALID_STR"$/)
    assert.ok(!answer.message.includes(broken.slice(8, 40)))
    assert.equal(answer.diagnosis.stage, 'session-readable')
  })

  test('is refused every call of a blocked user', async () => {
    const token = await addToken(server, admin, { sessionUserId: 'soon-blocked' })
    const ks = await login(token)
    const blocked = await call(server.url, 'user.update', { ks: admin, userId: 'soon-blocked', user: { status: 0 } })
    assert.equal(blocked.status, 0)
    const answer = await attempt(request('media', 'listAction'), officialClient(server.url, ks))
    assertRefused(answer, 'USER_BLOCKED', 'this user is blocked')
    assertDiagnosed(answer, 'account', 'user-blocked')
  })

  test('is refused an action that takes an ADMIN session, with what is needed and what is held', async () => {
    const client = officialClient(server.url, await login(await addToken(server, admin)))
    const answer = await attempt(request('user', 'listAction'), client)
    assertRefused(answer, 'SERVICE_FORBIDDEN', 'The access to service [user->list] is forbidden')
    assertDiagnosed(answer, 'permission', 'user-session-lacks-permission')
    assert.ok(answer.diagnosis.needed.includes('ADMIN_BASE'))
    assert.deepEqual(
      answer.diagnosis.held.find(
        ({ permission }: { permission: string }) => permission === 'BASE_USER_SESSION_PERMISSION',
      ),
      { permission: 'BASE_USER_SESSION_PERMISSION', from: 'session-kind' },
    )
    for (const [action, ...args] of [
      ['add', appToken({})],
      ['get', '0_nonesuch'],
      ['listAction'],
      ['update', '0_nonesuch', appToken({})],
      ['deleteAction', '0_nonesuch'],
    ] as const)
      assert.equal((await attempt(request('appToken', action, ...args), client)).code, 'SERVICE_FORBIDDEN', action)
  })

  test('is refused with a widget session what takes the session that it was exchanged for', async () => {
    const client = officialClient(server.url, await widgetSession())
    const answer = await attempt(request('user', 'listAction'), client)
    assertRefused(answer, 'SERVICE_FORBIDDEN', 'The access to service [user->list] is forbidden')
    assertDiagnosed(answer, 'permission', 'widget-session-still-used')
  })

  test('is refused startSession without a session: the hash has not been looked at', async () => {
    const token = await addToken(server, admin)
    const exchange = request('appToken', 'startSession', token.id, 'f'.repeat(64))
    const answer = await attempt(exchange, officialClient(server.url))
    assertRefused(answer, 'SERVICE_FORBIDDEN', 'The access to service [appToken->startSession] is forbidden')
    assertDiagnosed(answer, 'permission', 'session-not-sent')
    assert.match(answer.diagnosis.cause.saw, /the hash has not been looked at/)
  })

  test('is refused a wrong secret by the one error that there is for it', async () => {
    const wrong = request('session', 'start', 'not-the-secret', '', 2, server.partnerId)
    const answer = await attempt(wrong, officialClient(server.url))
    assertRefused(answer, 'START_SESSION_ERROR', `Error while starting session for partner [${server.partnerId}]`)
    assertDiagnosed(answer, 'secret', 'partner-secret-wrong')
    const user = request('session', 'start', server.userSecret, '', 2, server.partnerId)
    assert.equal((await attempt(user, officialClient(server.url))).code, 'START_SESSION_ERROR')
  })

  test('is refused a widget that there is not', async () => {
    const answer = await attempt(request('session', 'startWidgetSession', '4242'), officialClient(server.url))
    assertRefused(answer, 'INVALID_WIDGET_ID', 'Unknown widget [4242]')
    assert.equal(answer.diagnosis.cause.id, 'widget-id-without-underscore')
  })

  test('is refused everything while its account is blocked, and nothing after', async () => {
    const env = { LATCHKEY_DATA: server.data }
    const ks = await login(await addToken(server, admin))
    assert.equal((await runCli(['partner', 'block', String(server.partnerId)], env)).code, 0)
    const answer = await attempt(request('media', 'listAction'), officialClient(server.url, ks))
    assertRefused(
      answer,
      'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
      'The access to this service is forbidden since the specified partner is blocked',
    )
    assertDiagnosed(answer, 'account', 'partner-blocked')
    assert.equal((await runCli(['partner', 'unblock', String(server.partnerId)], env)).code, 0)
    assert.equal((await call(server.url, 'media.list', { ks })).objectType, 'KalturaMediaListResponse')
  })

  test('learns which of the privileges that it asked for were dropped', async () => {
    const token = await addToken(server, admin)
    const answer = await logIn(server, token, { sessionPrivileges: 'list:*,shop:7' })
    assert.equal(answer.privileges, `sessionid:${token.id},apptoken:${token.id},shop:7`)
    assert.deepEqual(
      answer.dropped.map(({ privilege, reason }: { privilege: string; reason: string }) => [privilege, reason]),
      [['list:*', 'reserved']],
    )
  })
})
