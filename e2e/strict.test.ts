import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn, post, sha256 } from './lib/v3.ts'

const MAKES = 'APP_TOKEN_BASE,APP_TOKEN_ADD,APP_TOKEN_UPDATE,APP_TOKEN_DELETE'

/** A server, its administrator, and ways to get at narrow sessions. */
function ground(policy: 'strict' | 'vendor') {
  let server: RunningServer
  let admin: string
  before(async () => {
    server = await startServer({ env: { LATCHKEY_PRIVILEGES: policy, LATCHKEY_TRUST_PROXY: '127.0.0.1' } })
    admin = await adminSession(server)
  })
  after(async () => server?.[Symbol.asyncDispose]())

  let roles = 0
  const at = {
    get server() {
      return server
    },
    get admin() {
      return admin
    },
    ask: (action: string, params: object = {}): Promise<Answer> => call(server.url, action, { ks: admin, ...params }),
    async roleWith(permissionNames: string): Promise<number> {
      roles += 1
      return (await at.ask('userRole.add', { userRole: { name: `role ${roles}`, permissionNames } })).id
    },
    start: (privileges: string, more: object = {}): Promise<string> =>
      call(server.url, 'session.start', {
        partnerId: server.partnerId,
        secret: server.adminSecret,
        type: 2,
        privileges,
        ...more,
      }),
    add: (ks: string, appToken: object): Promise<Answer> =>
      call(server.url, 'appToken.add', { ks, appToken: { hashType: 'SHA256', sessionType: 2, ...appToken } }),
  }
  return at
}

/** Code, cause and what the session is said not to hold. */
function told({ code, diagnosis }: Answer) {
  return { code, cause: diagnosis?.cause.id, saw: diagnosis?.cause.saw }
}

describe('with LATCHKEY_PRIVILEGES=strict', () => {
  const at = ground('strict')

  function assertBeyond(answer: Answer, lacks: RegExp): void {
    const { code, cause, saw } = told(answer)
    assert.deepEqual([code, cause], ['SERVICE_FORBIDDEN', 'token-beyond-maker'], JSON.stringify(answer).slice(0, 300))
    assert.match(saw, lacks)
    assert.ok(answer.diagnosis.cause.remedy.length > 0)
  }

  test('a session makes no token that opens more, and is told which actions those are', async () => {
    const narrow = await at.roleWith(MAKES)
    const wide = await at.roleWith(`${MAKES},ADMIN_BASE`)
    const ks = await at.start(`setrole:${narrow}`)
    assert.equal((await at.add(ks, { sessionPrivileges: `setrole:${narrow}` })).objectType, 'KalturaAppToken')
    assertBeyond(await at.add(ks, {}), /and \d+ more actions/)
    assertBeyond(await at.add(ks, { sessionPrivileges: `setrole:${wide}` }), /user\.|userRole\.|\w+\.\w+/)
    assertBeyond(await at.add(ks, { sessionPrivileges: 'setrole:999999' }), /the role 999999/)
    assertBeyond(await at.add(ks, { sessionPrivileges: `setrole:${narrow}, setrole:${wide}` }), /\w+\.\w+/)
  })

  test('and so for the type, the user, privileges and limits', async () => {
    const role = await at.roleWith(`${MAKES},BASE_USER_SESSION_PERMISSION`)
    const own = `setrole:${role}`
    const user = await at.start(`${own},edit:0_mine`, { type: 0, userId: 'me' })
    const mine = { sessionType: 0, sessionUserId: 'me' }
    for (const [ks, fields, lacks] of [
      [user, { ...mine, sessionPrivileges: own }, undefined],
      [user, { ...mine, sessionPrivileges: `${own},edit:0_mine` }, undefined],
      [user, { ...mine, sessionType: 2, sessionPrivileges: own }, /the type ADMIN/],
      [user, { ...mine, sessionUserId: 'you', sessionPrivileges: own }, /the user you/],
      [user, { sessionType: 0, sessionPrivileges: own }, /a user of its own choice/],
      [user, { ...mine, sessionPrivileges: `${own},edit:*` }, /the privilege edit:\*/],
      [user, { ...mine, sessionPrivileges: `${own},list:*` }, /the privilege list:\*/],
      [await at.start('iprestrict:127.0.0.1'), {}, /being without iprestrict/],
      [await at.start('actionslimit:9'), {}, /being without actionslimit/],
      [await at.start('urirestrict:/api_v3/*'), { sessionPrivileges: 'urirestrict:*' }, /being without urirestrict/],
      [await at.start('restrictingrole:4'), {}, /being without restrictingrole/],
      [await at.start(''), { sessionPrivileges: 'disableentitlement' }, /the privilege disableentitlement/],
      [await at.start(''), { sessionType: undefined }, undefined],
    ] as const) {
      const answer = await at.add(ks, fields)
      if (lacks === undefined) assert.equal(answer.objectType, 'KalturaAppToken', JSON.stringify(fields))
      else assertBeyond(answer, lacks)
    }
  })

  test('it changes, rotates, resumes and frees no token beyond itself, and may pause and delete it', async () => {
    const { url } = at.server
    const token = await addToken(at.server, at.admin, { sessionType: 2 })
    const { id } = token
    const role = await at.roleWith(MAKES)
    const ks = await at.start(`setrole:${role}`)
    for (const [action, params] of [
      ['appToken.update', { appToken: { description: 'mine' } }],
      ['appToken.update', { appToken: { sessionUserId: 'me' } }],
      ['latchkey_token.rotate', {}],
      ['latchkey_token.rotate', { overlap: 0 }],
      ['latchkey_token.resume', {}],
      ['latchkey_token.annotate', { addresses: '' }],
      ['latchkey_token.annotate', { note: 'n' }],
    ] as const) {
      const answer = await call(url, action, { ks, id, ...params })
      assertBeyond(answer, /more actions/)
      assert.match(answer.message, new RegExp(action.replace('.', '->')))
      assert.ok(!JSON.stringify(answer).includes(token.token))
    }
    const after = await at.ask('appToken.get', { id })
    assert.deepEqual([after.token, after.description, after.status], [token.token, undefined, 2])
    assert.equal((await call(url, 'latchkey_token.pause', { ks, id })).status, 1)
    const narrowed = { appToken: { sessionPrivileges: `setrole:${role}` } }
    // Narrowed, it would show its value, which is as good as ever when that is taken back.
    assertBeyond(await call(url, 'appToken.update', { ks, id, ...narrowed }), /more actions/)
    assert.equal(await call(url, 'appToken.delete', { ks, id }), null)
  })

  test('bound to addresses it makes and sets free none that may be used from elsewhere', async () => {
    const { url } = at.server
    const from = { 'x-forwarded-for': '198.51.100.7' }
    const token = await addToken(at.server, at.admin, { sessionType: 2 })
    await at.ask('latchkey_token.annotate', { id: token.id, addresses: '198.51.100.0/24' })
    const { ks: widget } = await call(url, 'session.startWidgetSession', { widgetId: `_${at.server.partnerId}` })
    const tokenHash = sha256(widget + token.token)
    const { ks } = await call(url, 'appToken.startSession', { ks: widget, id: token.id, tokenHash }, from)
    const add = await call(url, 'appToken.add', { ks, appToken: { hashType: 'SHA256', sessionType: 2 } }, from)
    assertBeyond(add, /being without latchkey_addresses/)
    for (const addresses of ['', '198.51.100.0/23', '198.51.100.0/24,192.0.2.1']) {
      const freed = await call(url, 'latchkey_token.annotate', { ks, id: token.id, addresses }, from)
      assertBeyond(freed, /being without latchkey_addresses/)
    }
    const same = await call(url, 'latchkey_token.annotate', { ks, id: token.id, addresses: '198.51.100.0/24' }, from)
    assert.deepEqual(same.addresses, ['198.51.100.0/24'])
  })

  test('of a multirequest the steps after a refused one get no token to go on with', async () => {
    const role = await at.roleWith(MAKES)
    const ks = await at.start(`setrole:${role}`)
    const [added, rotated] = await call(at.server.url, 'multirequest.x', {
      1: { service: 'appToken', action: 'add', ks, appToken: { sessionType: 2 } },
      2: { service: 'latchkey_token', action: 'rotate', ks, id: '{1:result:id}' },
    })
    assert.deepEqual([added.code, rotated.code], ['SERVICE_FORBIDDEN', 'APP_TOKEN_ID_NOT_FOUND'])
  })

  test('a request for a session only narrows', async () => {
    const token = await addToken(at.server, at.admin, { sessionType: 0, sessionPrivileges: 'edit:*' })
    const { dropped, privileges } = await logIn(at.server, token, { sessionPrivileges: '*,all:*,view:*,edit:0_a' })
    assert.deepEqual(
      dropped.map(({ privilege, reason }: Answer) => [privilege, reason]),
      [
        ['*', 'widens'],
        ['all:*', 'widens'],
        ['view:*', 'widens'],
      ],
    )
    assert.match(privileges, /,edit:0_a$/)
  })

  test('the administrator makes and changes what it likes', async () => {
    for (const fields of [
      {},
      { sessionType: 0, sessionPrivileges: 'edit:*,list:*,sview:*' },
      { sessionUserId: 'anyone' },
      { sessionType: undefined, sessionUserId: undefined },
      { sessionPrivileges: 'setrole:2' },
    ]) {
      const { id, code } = await at.add(at.admin, fields)
      assert.equal(code, undefined, JSON.stringify(fields))
      assert.equal((await at.ask('latchkey_token.rotate', { id })).id, id)
    }
  })
})

describe('with LATCHKEY_PRIVILEGES=vendor', () => {
  const at = ground('vendor')

  test('whoever may add tokens may add any, and is told in a header and a finding what that can do beyond', async () => {
    const role = await at.roleWith(MAKES)
    const ks = await at.start(`setrole:${role},actionslimit:50`)
    const appToken = { hashType: 'SHA256', sessionType: 2 }
    const response = await post(at.server.url, 'appToken.add', { ks, appToken }, { 'x-latchkey-fields': '1' })
    const token: Answer = await response.json()
    assert.match(response.headers.get('x-latchkey-warnings') ?? '', /token-beyond-maker/)
    const finding = token.warnings.find(({ cause }: Answer) => cause === 'token-beyond-maker')
    assert.equal(finding.severity, 'warning')
    assert.match(finding.saw, /more actions.*being without actionslimit/)
    const session = (await logIn(at.server, token)).ks
    assert.equal((await call(at.server.url, 'user.list', { ks: session })).objectType, 'KalturaUserListResponse')
    const updated = await post(at.server.url, 'appToken.update', { ks, id: token.id, appToken: { description: 'd' } })
    assert.match(updated.headers.get('x-latchkey-warnings') ?? '', /token-beyond-maker/)
    assert.equal('warnings' in Object(await updated.json()), false)
  })

  test('nobody is warned of a token that stays within', async () => {
    const role = await at.roleWith(MAKES)
    const ks = await at.start(`setrole:${role}`)
    for (const [session, privileges] of [
      [ks, `setrole:${role}`],
      [ks, 'setrole:null'],
      [at.admin, ''],
    ] as const) {
      const appToken = { hashType: 'SHA256', sessionType: 2, sessionUserId: 'u', sessionPrivileges: privileges }
      const response = await post(at.server.url, 'appToken.add', { ks: session, appToken })
      assert.doesNotMatch(response.headers.get('x-latchkey-warnings') ?? '', /token-beyond-maker/)
      assert.equal(Object(await response.json()).objectType, 'KalturaAppToken')
    }
  })
})

describe('a limit of calls', () => {
  test('is exact, however many come at once and at which process', async () => {
    await using directory = await temporaryDirectory()
    const data = `${directory.path}/data`
    await using one = await startServer({ data })
    await using other = await startServer({ data, adminSecret: one.adminSecret })
    const admin = await adminSession(one)
    for (const limit of [1, 7, 33, 50]) {
      const token = await addToken(one, admin, { sessionPrivileges: `actionslimit:${limit}` })
      const { ks } = await logIn(one, token)
      const answers: Answer[] = await Promise.all(
        Array.from({ length: 50 }, (_, index) => call((index % 2 ? one : other).url, 'system.ping', { ks })),
      )
      const refused = answers.filter((answer) => answer !== true)
      assert.equal(answers.length - refused.length, limit)
      for (const { code, args, diagnosis } of refused) {
        assert.deepEqual(
          [code, args.KSID, diagnosis.cause.id],
          ['INVALID_KS', 'EXCEEDED_ACTIONS_LIMIT', 'actions-limit-used-up'],
        )
      }
      for (const { url } of [one, other]) {
        assert.equal((await call(url, 'system.ping', { ks })).code, 'INVALID_KS')
      }
    }
  })

  test('is counted for each session on its own, and a refused call counts as well', async () => {
    await using server = await startServer()
    const token = await addToken(server, await adminSession(server), { sessionPrivileges: 'actionslimit:3' })
    const sessions = [(await logIn(server, token)).ks, (await logIn(server, token)).ks]
    for (const ks of sessions) {
      const codes = []
      for (const action of ['system.ping', 'user.list', 'system.ping', 'system.ping']) {
        codes.push((await call(server.url, action, { ks })).code)
      }
      assert.deepEqual(codes, [undefined, 'SERVICE_FORBIDDEN', undefined, 'INVALID_KS'])
    }
  })
})
