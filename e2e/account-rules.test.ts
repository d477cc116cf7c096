import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { applyAtOnce } from './lib/change.ts'
import { type RunningServer, runCli, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn } from './lib/v3.ts'

describe("an account's own rules", () => {
  let server: RunningServer
  let admin: string

  before(async () => {
    // The loopback address reaches us as IPv4, or as such in IPv6: both are meant.
    server = await startServer({ env: { LATCHKEY_INTERNAL_ADDRESSES: '127.0.0.0/8' } })
    admin = await adminSession(server)
  })
  after(async () => {
    await server?.[Symbol.asyncDispose]()
  })

  const cli = (...args: readonly string[]) =>
    runCli(['partner', ...args], {
      LATCHKEY_DATA: server.data,
      LATCHKEY_ADMIN_SECRET: '',
      LATCHKEY_USER_SECRET: '',
    })
  async function rules(...args: readonly string[]): Promise<Answer> {
    const { code, stdout, stderr } = await cli('rules', String(server.partnerId), ...args, '--json')
    assert.equal(code, 0, stderr)
    return JSON.parse(stdout)[0].rules
  }
  const ask = (action: string, params: object = {}) => call(server.url, action, { ks: admin, ...params })
  const isOpen = async (action: string, ks: string) =>
    (await call(server.url, action, { ks })).objectType !== 'KalturaAPIException'
  const makeRole = async (name: string, permissionNames: string): Promise<number> =>
    (await ask('userRole.add', { userRole: { name, permissionNames } })).id
  const userSession = (privileges = '', userId = 'ada') =>
    call(server.url, 'session.start', {
      partnerId: server.partnerId,
      secret: server.adminSecret,
      type: 0,
      userId,
      privileges,
    })

  test('blocked actions are refused by name, told as such, and open again when the rule is gone', async () => {
    assert.equal(await isOpen('media.list', admin), true)
    assert.deepEqual((await rules('--block', 'Media.*, *.rotate')).blockedActions, ['media.*', '*.rotate'])
    assert.equal(await isOpen('media.list', admin), true, 'not in force without the feature')
    await cli('feature', String(server.partnerId), 'FEATURE_LIMIT_ALLOWED_ACTIONS', 'on')

    const refused = await ask('media.list')
    assert.equal(refused.code, 'SERVICE_FORBIDDEN')
    assert.match(refused.message, /media->list/)
    assert.equal(refused.diagnosis.stage, 'permission')
    assert.equal(refused.diagnosis.cause.id, 'partner-blocked')
    assert.match(refused.diagnosis.cause.saw, /media\.\*/)
    assert.deepEqual(refused.diagnosis.fixes ?? [], [])
    assert.equal(await isOpen('baseEntry.list', admin), true)

    const explained = await ask('latchkey_access.explain', { actions: 'media.list,baseEntry.list,media.delete' })
    assert.deepEqual(
      explained.map(({ action, effect, reason }: Answer) => [action, effect, reason]),
      [
        ['media.list', 'deny', 'partner-blocked'],
        ['baseEntry.list', 'allow', undefined],
        ['media.delete', 'deny', 'partner-blocked'],
      ],
    )
    const token = await addToken(server, admin, { sessionType: 2 })
    const { services } = await ask('latchkey_access.reach', { tokenId: token.id })
    assert.ok(!services.some(({ service }: Answer) => service === 'media'))
    assert.ok(services.some(({ service }: Answer) => service === 'baseEntry'))
    const matrix = await ask('latchkey_access.matrix', { tokenId: token.id, services: 'media' })
    const cells: Answer[] = Object.values(matrix.rows[0].cells)
    assert.ok(cells.length > 10 && cells.every((cell) => cell === 'deny' || cell === 'never'))
    const lint = await ask('latchkey_access.lint', { tokenId: token.id, actions: 'media.list' })
    assert.ok(lint.findings.some(({ cause }: Answer) => cause === 'partner-blocked'))

    assert.equal(await rules('--block', ''), undefined)
    assert.equal(await isOpen('media.list', admin), true)
    await cli('feature', String(server.partnerId), 'FEATURE_LIMIT_ALLOWED_ACTIONS', 'off')
  })

  test('a read-only account reads, lets tokens log in, and changes nothing', async () => {
    const token = await addToken(server, admin, { sessionType: 2 })
    assert.equal((await cli('read-only', String(server.partnerId))).code, 0)
    const { ks } = await logIn(server, token)
    assert.equal(await isOpen('media.list', ks), true)
    for (const action of ['appToken.add', 'user.add', 'userRole.add', 'baseEntry.delete', 'latchkey_token.pause']) {
      const refused = await call(server.url, action, {
        ks,
        appToken: { hashType: 'SHA256' },
        user: { id: 'grace' },
        userRole: { name: 'no' },
        entryId: '0_none',
        id: token.id,
      })
      assert.equal(refused.code, 'SERVICE_FORBIDDEN', `${action}: ${JSON.stringify(refused)}`)
      assert.match(refused.diagnosis.cause.saw, /read-only/, action)
    }
    assert.equal((await cli('unblock', String(server.partnerId))).code, 0)
    assert.equal(
      (await call(server.url, 'appToken.add', { ks, appToken: { hashType: 'SHA256' } })).objectType,
      'KalturaAppToken',
    )
  })

  test('roles by kind of session take the place of the base sets, at the next call', async () => {
    const [readers, counters] = [await makeRole('readers', 'ADMIN_BASE'), await makeRole('counters', 'APP_TOKEN_BASE')]
    const user = await userSession()
    const { ks: widget } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    assert.deepEqual([await isOpen('media.list', user), await isOpen('user.list', user)], [true, false])

    await rules('--user-roles', `${readers},${counters}`, '--widget-role', String(readers))
    assert.deepEqual(
      [await isOpen('media.list', user), await isOpen('user.list', user), await isOpen('appToken.list', user)],
      [false, true, true],
    )
    assert.deepEqual([await isOpen('media.list', widget), await isOpen('user.list', widget)], [false, true])
    assert.equal(await isOpen('media.list', admin), true)
    const held = await call(server.url, 'media.list', { ks: user })
    assert.deepEqual(held.diagnosis.held.map(({ from }: Answer) => from).sort(), [
      'always',
      'always',
      'session-kind',
      'session-kind',
    ])

    await ask('userRole.delete', { userRoleId: counters })
    const lost = await call(server.url, 'user.list', { ks: user })
    assert.equal(lost.code, 'INVALID_OBJECT_ID')
    assert.equal(lost.diagnosis.cause.id, 'role-unknown')
    assert.match(lost.diagnosis.cause.saw, new RegExp(`account has the role ${counters}`))
    assert.equal(await rules('--clear'), undefined)
    assert.equal(await isOpen('media.list', user), true)
  })

  test('a fix of a refusal by such a role makes a role for the token, which then is let in', async () => {
    const readers = await makeRole('kind readers', 'ADMIN_BASE')
    const token = await addToken(server, admin, { sessionType: 2 })
    // Named by its role, so that the account's own for ADMIN sessions does not count for it.
    const maker = await userSession(`setrole:${await stockAdmin()}`, 'maker')
    await rules('--admin-role', String(readers))
    try {
      const { ks } = await logIn(server, token)
      const refused = await call(server.url, 'media.list', { ks })
      assert.equal(refused.diagnosis.cause.id, 'role-too-small')
      const held = refused.diagnosis.held.find(({ permission }: Answer) => permission === 'ADMIN_BASE')
      assert.equal(held.from, `role:${readers}`)
      const [fix] = refused.diagnosis.fixes
      assert.ok(fix)
      for (const answer of await applyAtOnce(server.url, maker, fix.change)) {
        assert.notEqual(answer.objectType, 'KalturaAPIException', JSON.stringify(answer))
      }
      const mended = (await logIn(server, token)).ks
      assert.deepEqual([await isOpen('media.list', mended), await isOpen('user.list', mended)], [true, true])
    } finally {
      await rules('--clear')
    }
  })

  async function stockAdmin(): Promise<number> {
    const { objects } = await ask('userRole.list', { pager: { pageSize: 500 } })
    return objects.find(({ systemName }: Answer) => systemName === 'Publisher Administrator').id
  }

  test('a secondary role counts for every session, whatever it names, and no token is offered another', async () => {
    const small = await makeRole('small', 'APP_TOKEN_BASE')
    const token = await addToken(server, admin, { sessionType: 2, sessionPrivileges: `setrole:${await stockAdmin()}` })
    const wide = (await logIn(server, token)).ks
    assert.equal(await isOpen('user.list', wide), true)
    await rules('--secondary-role', String(small))
    try {
      for (const ks of [admin, wide, await userSession()]) {
        assert.deepEqual([await isOpen('user.list', ks), await isOpen('appToken.list', ks)], [false, true])
      }
      const refused = await call(server.url, 'user.list', { ks: wide })
      assert.equal(
        refused.diagnosis.held.find(({ permission }: Answer) => permission === 'APP_TOKEN_BASE').from,
        `role:${small}`,
      )
      // Only what changes that role would help.
      for (const { change } of refused.diagnosis.fixes) {
        for (const { service, action, params } of change) {
          assert.ok(`${service}.${action}` === 'permission.add' || params.userRoleId === small, JSON.stringify(change))
        }
      }
      const reach = await call(server.url, 'latchkey_access.reach', { ks: wide, tokenId: token.id })
      assert.ok(!reach.services.some(({ service, read }: Answer) => service === 'user' && read.includes('list')))
      assert.ok(reach.services.some(({ service, read }: Answer) => service === 'appToken' && read.includes('list')))
      const [told] = await call(server.url, 'latchkey_access.explain', {
        ks: wide,
        tokenId: token.id,
        actions: 'user.list',
      })
      assert.deepEqual([told.effect, told.reason], ['deny', 'permission-missing'])
    } finally {
      await rules('--clear')
    }
    assert.equal(await isOpen('user.list', wide), true)
  })

  test('a list of its own takes the place of what is always allowed', async () => {
    const role = await makeRole('nothing', 'ADMIN_BASE')
    const ks = await userSession(`setrole:${role}`)
    assert.equal(await isOpen('system.getVersion', ks), true)
    await rules('--always', 'APP_TOKEN_BASE')
    assert.deepEqual([await isOpen('system.getVersion', ks), await isOpen('appToken.list', ks)], [false, true])
    assert.equal((await call(server.url, 'system.getVersion')).objectType, undefined, 'without a session it stays')
    await rules('--clear')
    assert.equal(await isOpen('system.getVersion', ks), true)
  })

  test('calls from internal addresses hold what is always allowed from there, and those from elsewhere do not', async () => {
    const held = (url: string) => call(url, 'permission.getCurrentPermissions')
    assert.match(await held(server.url), /ALWAYS_ALLOWED_FROM_INTERNAL_IP_ACTIONS/)
    await using other = await startServer({
      env: { LATCHKEY_INTERNAL_ADDRESSES: '192.0.2.0/24,2001:db8::/32', LATCHKEY_TRUST_PROXY: '127.0.0.1' },
    })
    assert.doesNotMatch(await held(other.url), /INTERNAL/)
    const from = (address: string) =>
      call(other.url, 'permission.getCurrentPermissions', {}, { 'x-forwarded-for': address })
    assert.match(await from('192.0.2.7'), /INTERNAL/)
    assert.match(await from('2001:db8::7'), /INTERNAL/)
    assert.doesNotMatch(await from('192.0.3.7'), /INTERNAL/)
    const [told] = await call(other.url, 'latchkey_access.explain', {
      ks: await userSessionOf(other),
      actions: 'system.getHealthCheck',
      context: { address: '192.0.2.9' },
    })
    assert.equal(told.effect, 'allow')
  })

  const userSessionOf = ({ url, partnerId, adminSecret }: RunningServer) =>
    call(url, 'session.start', { partnerId, secret: adminSecret, type: 0, userId: 'ada' })

  test('the command refuses what would lock everybody out or mean nothing, and changes nothing then', async () => {
    const id = String(server.partnerId)
    for (const args of [
      ['--admin-role', '999999'],
      ['--user-roles', '1,x'],
      ['--secondary-role', '-1'],
      ['--block', 'media'],
      ['--block', '(a+)+.x'],
      ['--always', 'NOT_A_PERMISSION'],
      ['--clear', '--block', 'media.*'],
      [],
    ]) {
      const { code, stderr } = await cli('rules', id, ...args)
      assert.notEqual(code, 0, args.join(' '))
      assert.doesNotMatch(stderr, /unexpected fault/, args.join(' '))
    }
    assert.doesNotMatch((await cli('show', id)).stdout, /rules/)
    const bad = await runCli(['partner', 'list'], { LATCHKEY_DATA: server.data, LATCHKEY_INTERNAL_ADDRESSES: '10.1' })
    assert.notEqual(bad.code, 0)
    assert.match(bad.stderr, /internalAddresses|LATCHKEY_INTERNAL_ADDRESSES/)
  })

  test('the journal has each change of the rules', async () => {
    const { objects } = await ask('latchkey_journal.list', { filter: {}, pager: { pageSize: 100 } })
    assert.ok(objects.filter(({ action }: Answer) => action === 'partner rules').length >= 8)
  })
})
