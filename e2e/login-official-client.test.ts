import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { attempt, kaltura, officialClient, request } from './lib/official-client.ts'
import { type RunningServer, runCli, startServer } from './lib/server.ts'
import { addToken, adminSession, call, logIn, sha256 } from './lib/v3.ts'

/** Code and message as the original has them; a refusal by any other name is none that its users know. */
function assertRefused(answer: { code?: unknown; message?: unknown }, code: string, message: string): void {
  assert.deepEqual({ code: answer.code, message: answer.message }, { code, message })
}

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

  test('is refused a wrong hash, with the rungs it has climbed', async () => {
    const token = await addToken(server, admin)
    const client = officialClient(server.url, await widgetSession())
    const start = request('appToken', 'startSession', token.id, sha256('something else'))
    assertRefused(await attempt(start, client), 'INVALID_APP_TOKEN_HASH', 'Invalid application token hash')
    const refusal = await logIn(server, token, { tokenHash: sha256('something else') })
    assert.equal(refusal.diagnosis.stage, 'hash')
    assert.deepEqual(refusal.diagnosis.passed.slice(-2), ['token-known', 'token-active'])
    assert.equal(refusal.diagnosis.cause.id, 'hash-unexplained')
  })

  test('is refused an id that there is not', async () => {
    const answer = await logIn(server, { id: '0_nonesuch', token: 'x' })
    assertRefused(answer, 'APP_TOKEN_ID_NOT_FOUND', 'Application token id "0_nonesuch" not found')
    assert.equal(answer.diagnosis.cause.id, 'token-of-other-partner')
  })

  test('is refused a deleted token, and so are the sessions that it gave', async () => {
    const token = await addToken(server, admin)
    const ks = await login(token)
    await tokens('deleteAction', token.id)
    assertRefused(await logIn(server, token), 'APP_TOKEN_ID_NOT_FOUND', `Application token id "${token.id}" not found`)
    const answer = await call(server.url, 'permission.getCurrentPermissions', { ks })
    assertRefused(answer, 'INVALID_KS', 'Invalid KS "LOGOUT", Error "-6,LOGOUT"')
    assert.equal(answer.diagnosis.cause.id, 'session-ended')
  })

  test('is refused an expired token, after its hash was found right', async () => {
    const token = await addToken(server, admin, { expiry: Math.floor(Date.now() / 1000) - 400_000_000 })
    const answer = await logIn(server, token)
    assertRefused(answer, 'APP_TOKEN_EXPIRED', `Application token id "${token.id}" expired`)
    assert.ok(answer.diagnosis.passed.includes('hash'))
    const wrong = await logIn(server, token, { tokenHash: 'f'.repeat(64) })
    assert.equal(wrong.code, 'INVALID_APP_TOKEN_HASH', 'the hash is judged before the expiry')
  })

  test('is refused every call of a blocked user', async () => {
    const token = await addToken(server, admin, { sessionUserId: 'soon-blocked' })
    const ks = await login(token)
    const blocked = await call(server.url, 'user.update', { ks: admin, userId: 'soon-blocked', user: { status: 0 } })
    assert.equal(blocked.status, 0)
    assertRefused(await call(server.url, 'media.list', { ks }), 'USER_BLOCKED', 'this user is blocked')
  })

  test('is refused an action that takes an ADMIN session, with what is needed and what is held', async () => {
    const token = await addToken(server, admin)
    const ks = await login(token)
    assertRefused(
      await attempt(request('user', 'listAction'), officialClient(server.url, ks)),
      'SERVICE_FORBIDDEN',
      'The access to service [user->list] is forbidden',
    )
    const { diagnosis } = await call(server.url, 'user.list', { ks })
    assert.equal(diagnosis.cause.id, 'user-session-lacks-permission')
    assert.ok(diagnosis.needed.includes('ADMIN_BASE'))
    assert.ok(
      diagnosis.held.some(
        (held: { permission: string; from: string }) =>
          held.permission === 'BASE_USER_SESSION_PERMISSION' && held.from === 'session-kind',
      ),
    )
  })

  test('is refused startSession without a session: the hash has not been looked at', async () => {
    const token = await addToken(server, admin)
    const answer = await call(server.url, 'appToken.startSession', { id: token.id, tokenHash: 'f'.repeat(64) })
    assertRefused(answer, 'SERVICE_FORBIDDEN', 'The access to service [appToken->startSession] is forbidden')
    assert.equal(answer.diagnosis.cause.id, 'session-not-sent')
    assert.match(answer.diagnosis.cause.saw, /the hash has not been looked at/)
  })

  test('is refused everything while its account is blocked, and nothing after', async () => {
    const env = { LATCHKEY_DATA: server.data }
    const ks = await login(await addToken(server, admin))
    assert.equal((await runCli(['partner', 'block', String(server.partnerId)], env)).code, 0)
    assertRefused(
      await call(server.url, 'media.list', { ks }),
      'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
      'The access to this service is forbidden since the specified partner is blocked',
    )
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
