import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startPostgres } from '../packages/store/test/postgres-server.ts'
import { filesBelow, holds } from './lib/planted.ts'
import { type RunningServer, runCli, startServer, temporaryDirectory } from './lib/server.ts'
import { type Account, type Answer, addToken, adminSession, call, logIn, post, sha256 } from './lib/v3.ts'

const KEYS = ['action', 'at', 'door', 'objectType', 'outcome', 'partnerId', 'requestId']

/** Lines of the journal, as an account reads them. */
function journalOf({ url }: Pick<Account, 'url'>, ks: string) {
  const list = (filter: object = {}, pager: object = {}): Promise<Answer> =>
    call(url, 'latchkey_journal.list', { ks, filter, pager })
  /** Of one request: what it left. */
  const linesOf = async (requestId: string): Promise<readonly Answer[]> =>
    (await list({ requestIdEqual: requestId })).objects
  return { list, linesOf }
}

describe('the journal', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>
  let one: RunningServer
  let other: RunningServer
  let admin: string
  let journal: ReturnType<typeof journalOf>

  before(async () => {
    directory = await temporaryDirectory()
    const env = { LATCHKEY_TRUST_PROXY: '127.0.0.1' }
    one = await startServer({ data: `${directory.path}/data`, env })
    other = await startServer({ data: `${directory.path}/data`, adminSecret: one.adminSecret, env })
    admin = await adminSession(one)
    journal = journalOf(one, admin)
  })
  after(async () => {
    await other?.[Symbol.asyncDispose]()
    await one?.[Symbol.asyncDispose]()
    await directory?.[Symbol.asyncDispose]()
  })

  const ask = (action: string, params: object = {}) => call(one.url, action, { ks: admin, ...params })

  /** Makes a call and says what it left in the journal, without what every line has. */
  async function left(action: string, params: object, url = one.url): Promise<readonly Answer[]> {
    const response = await post(url, action, { clientTag: 'teller', ...params }, { 'x-forwarded-for': '192.0.2.44' })
    const requestId = response.headers.get('x-latchkey-request') ?? ''
    await response.text()
    const lines = await journal.linesOf(requestId)
    return lines.map(({ at, requestId: id, partnerId, door, address, client, objectType, ...line }) => {
      assert.deepEqual(
        [id, partnerId, door, address, client, objectType],
        [requestId, one.partnerId, 'v3', '192.0.2.44', 'teller', 'LatchkeyJournalLine'],
      )
      assert.ok(Math.abs(at - Date.now() / 1_000) < 60)
      return line
    })
  }

  test('has a line for every session that is issued, by whatever way', async () => {
    const { partnerId, adminSecret, userSecret } = one
    const widgetId = `_${partnerId}`
    const token = await addToken(one, admin)
    const { ks } = await call(one.url, 'session.startWidgetSession', { widgetId })
    const proof = { ks, id: token.id, tokenHash: sha256(ks + token.token) }
    for (const [action, params, line] of [
      ['session.start', { partnerId, secret: adminSecret, type: 2 }, {}],
      ['session.start', { partnerId, secret: userSecret, userId: 'me' }, { actor: 'me' }],
      ['session.startWidgetSession', { widgetId }, {}],
      ['appToken.startSession', proof, { actor: token.id, tokenId: token.id }],
    ] as const) {
      for (const { url } of [one, other]) {
        assert.deepEqual(await left(action, params, url), [{ action, outcome: 'issued', ...line }])
      }
    }
  })

  test('has a line for every refusal, with its code and cause, by whom and for which token', async () => {
    const { partnerId } = one
    const token = await addToken(one, admin, { sessionUserId: 'me' })
    const nameless = await addToken(one, admin)
    const { ks: widget } = await call(one.url, 'session.startWidgetSession', { widgetId: `_${partnerId}` })
    const { ks } = await logIn(one, token)
    const { ks: nobody } = await logIn(one, nameless)
    const mine = { actor: 'me', tokenId: token.id }
    const rows = [
      ['user.list', { ks }, { ...mine, code: 'SERVICE_FORBIDDEN', cause: 'user-session-lacks-permission' }],
      [
        'user.list',
        { ks: nobody },
        {
          actor: nameless.id,
          tokenId: nameless.id,
          code: 'SERVICE_FORBIDDEN',
          cause: 'user-session-lacks-permission',
        },
      ],
      ['user.list', { ks: widget }, { code: 'SERVICE_FORBIDDEN', cause: 'widget-session-still-used' }],
      [
        'appToken.startSession',
        { ks: widget, id: token.id, tokenHash: 'a'.repeat(64) },
        { tokenId: token.id, code: 'INVALID_APP_TOKEN_HASH' },
      ],
      [
        'appToken.startSession',
        { ks: widget, id: '0_notthere', tokenHash: 'a'.repeat(64) },
        { tokenId: '0_notthere', code: 'APP_TOKEN_ID_NOT_FOUND' },
      ],
      ['appToken.startSession', { ks: widget, id: token.token, tokenHash: 'x' }, { code: 'APP_TOKEN_ID_NOT_FOUND' }],
      ['media.get', { ks, entryId: '0_none' }, { ...mine, code: 'ENTRY_ID_NOT_FOUND', cause: 'object-not-found' }],
      [
        'appToken.get',
        { ks: admin, id: '0_notthere' },
        { actor: 'operator', tokenId: '0_notthere', code: 'APP_TOKEN_ID_NOT_FOUND' },
      ],
      ['session.start', { partnerId, secret: 'wrong', type: 2 }, { code: 'START_SESSION_ERROR' }],
      // Refused before permissions are looked at.
      ['media.get', { ks }, { ...mine, code: 'MISSING_MANDATORY_PARAMETER', cause: 'parameter-missing' }],
      ['media.list', { partnerId, language: 'xyz' }, { code: 'INVALID_LANGUAGE_CODE', cause: 'parameter-invalid' }],
      ['media.list', { ks: 'rubbish', partnerId }, { code: 'INVALID_KS' }],
      ['media.list', { partnerId }, { code: 'SERVICE_FORBIDDEN', cause: 'session-not-sent' }],
      ['user.update', { ks: admin, userId: 'gone', user: {} }, { actor: 'operator', code: 'INVALID_USER_ID' }],
    ] as const
    for (const [action, params, line] of rows) {
      const [found, ...more] = await left(action, params)
      assert.deepEqual([found?.action, found?.outcome, more], [action, 'refused', []])
      const { action: _, outcome: __, cause, ...rest } = found
      const { cause: expected = cause, ...others } = { cause, ...line }
      assert.deepEqual([rest, cause], [others, expected], action)
      assert.match(String(cause), /^[a-z-]{5,}$/)
    }
  })

  test('has a line for every end of a session or token, and every change of what gives rights', async () => {
    const token = await addToken(one, admin)
    const { ks } = await logIn(one, token)
    const item = (await ask('permissionItem.list', { pager: { pageSize: 1 } })).objects[0]
    const role = await ask('userRole.add', { userRole: { name: 'journalled' } })
    await ask('user.add', { user: { id: 'there' } })
    const permission = { name: 'JOURNALLED', permissionItemsIds: String(item.id) }
    const rows: readonly (readonly [string, object, string | RegExp | undefined, object?])[] = [
      ['appToken.add', { appToken: {} }, /^appToken 0_[0-9a-z]{8}$/],
      ['appToken.update', { id: token.id, appToken: { description: 'd' } }, `appToken ${token.id}`],
      ['latchkey_token.annotate', { id: token.id, note: 'n' }, `appToken ${token.id}`],
      ['latchkey_token.rotate', { id: token.id }, `appToken ${token.id}`],
      ['latchkey_token.rotate', { id: token.id, finish: true }, `appToken ${token.id}`],
      ['latchkey_token.pause', { id: token.id }, `appToken ${token.id}`],
      ['latchkey_token.resume', { id: token.id }, `appToken ${token.id}`],
      ['user.add', { user: { id: 'new' } }, 'user new'],
      ['user.update', { userId: 'there', user: { status: 0 } }, 'user there'],
      ['user.delete', { userId: 'there' }, 'user there'],
      ['userRole.add', { userRole: { name: 'another' } }, /^userRole \d+$/],
      ['userRole.update', { userRoleId: role.id, userRole: { description: 'd' } }, `userRole ${role.id}`],
      ['userRole.clone', { userRoleId: role.id }, /^userRole \d+$/],
      ['userRole.delete', { userRoleId: role.id }, `userRole ${role.id}`],
      ['permission.add', { permission }, /^permission \d+$/],
      ['permission.update', { permissionName: 'JOURNALLED', permission: { status: 2 } }, /^permission \d+$/],
      ['permission.delete', { permissionName: 'JOURNALLED' }, /^permission \d+$/],
      ['widget.add', { widget: {} }, /^widget \w+$/],
    ]
    for (const [action, params, object] of rows) {
      const [line, ...more] = await left(action, { ks: admin, ...params })
      assert.deepEqual([line?.action, line?.outcome, line?.actor, more], [action, 'changed', 'operator', []])
      if (typeof object === 'string') assert.equal(line.object, object, action)
      else assert.match(String(line.object), object ?? /./, action)
      const isOfToken = String(line.object).startsWith('appToken ')
      assert.equal(line.tokenId, isOfToken ? line.object.slice('appToken '.length) : undefined, action)
    }
    assert.deepEqual(await left('session.end', { ks }), [
      { action: 'session.end', outcome: 'revoked', actor: token.id, tokenId: token.id },
    ])
    const gone = { action: 'appToken.delete', outcome: 'revoked', actor: 'operator', object: `appToken ${token.id}` }
    assert.deepEqual(await left('appToken.delete', { ks: admin, id: token.id }), [{ ...gone, tokenId: token.id }])
  })

  test('has none for what is allowed and changes no rights: that is only counted', async () => {
    const token = await addToken(one, admin, { sessionType: 2 })
    const { ks } = await logIn(one, token)
    const calls = [
      ['system.ping', {}],
      ['media.list', {}],
      ['media.add', { entry: { name: 'x' } }],
      ['appToken.list', {}],
      ['appToken.get', { id: token.id }],
      ['user.list', {}],
      ['session.get', {}],
      ['latchkey_access.matrix', { services: 'media' }],
      ['latchkey_token.usage', { id: token.id }],
      ['latchkey_journal.list', {}],
    ] as const
    for (const [action, params] of calls) assert.deepEqual(await left(action, { ks, ...params }), [], action)
    const usage = await ask('latchkey_token.usage', { id: token.id })
    assert.deepEqual([usage.issued, usage.calls, usage.refusedByCause], [1, calls.length, {}])
  })

  test('has a line for each step of a multirequest that earned one, under the id of the one request', async () => {
    const response = await post(one.url, 'multirequest.', {
      1: { service: 'session', action: 'startWidgetSession', widgetId: `_${one.partnerId}` },
      2: { service: 'media', action: 'list', ks: '{1:result:ks}' },
      3: { service: 'user', action: 'list', ks: '{1:result:ks}' },
      4: { service: 'user', action: 'add', ks: admin, user: { id: 'by-steps' } },
      5: { service: 'user', action: 'add', ks: admin, user: { id: 'by-steps' } },
    })
    const lines = await journal.linesOf(response.headers.get('x-latchkey-request') ?? '')
    assert.deepEqual(
      lines.map(({ action, outcome }) => `${action} ${outcome}`),
      ['user.add refused', 'user.add changed', 'user.list refused', 'session.startWidgetSession issued'],
    )
  })

  test('tells which value of a rotated token was shown', async () => {
    const token = await addToken(one, admin)
    const rotated = await ask('latchkey_token.rotate', { id: token.id })
    await logIn(one, token)
    await logIn(other, rotated)
    const { objects } = await journal.list({ tokenIdEqual: token.id, outcomeEqual: 'issued' })
    assert.deepEqual(
      objects.map(({ value }: Answer) => value),
      [undefined, 'previous'],
    )
  })

  test('is filtered by each of its fields and by several, and cut into pages, the newest first', async () => {
    const token = await addToken(one, admin, { sessionUserId: 'filter' })
    const sessions = []
    // At one of them: what two wrote in the same second is in no order.
    for (let count = 0; count < 3; count += 1) sessions.push((await logIn(one, token)).ks)
    for (const ks of sessions) await call(one.url, 'user.list', { ks })
    await call(one.url, 'media.get', { ks: sessions[0], entryId: '0_none' })
    await call(one.url, 'session.end', { ks: sessions[0] })
    const ofToken = { tokenIdEqual: token.id }
    const all = await journal.list(ofToken)
    assert.deepEqual([all.objectType, all.totalCount, all.objects.length], ['LatchkeyJournalListResponse', 9, 9])
    assert.deepEqual(
      all.objects.map(({ action }: Answer) => action),
      [
        'session.end',
        'media.get',
        ...Array(3).fill('user.list'),
        ...Array(3).fill('appToken.startSession'),
        'appToken.add',
      ],
    )
    const times: number[] = all.objects.map(({ at }: Answer) => at)
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    )
    for (const [filter, count] of [
      [{ outcomeEqual: 'issued' }, 3],
      [{ outcomeIn: 'issued, revoked' }, 4],
      [{ outcomeIn: 'refused', outcomeEqual: 'issued' }, 0],
      [{ outcomeEqual: 'unheard-of' }, 0],
      [{ actionEqual: 'user.list' }, 3],
      [{ actionIn: 'user.list,media.get' }, 4],
      [{ causeEqual: 'object-not-found' }, 1],
      [{ causeIn: 'object-not-found,user-session-lacks-permission' }, 4],
      [{ actorEqual: 'filter' }, 5],
      [{ actorEqual: 'filter', outcomeEqual: 'refused', actionEqual: 'media.get' }, 1],
      [{ atGreaterThanOrEqual: times.at(-1), atLessThanOrEqual: times[0] }, 9],
      [{ atLessThanOrEqual: (times.at(-1) ?? 0) - 1 }, 0],
      [{ atGreaterThanOrEqual: 1 + (times[0] ?? 0) }, 0],
      [{ requestIdEqual: all.objects[1].requestId }, 1],
      [{ requestIdEqual: 'none' }, 0],
    ] as const) {
      const found = await journal.list({ ...ofToken, ...filter })
      assert.deepEqual([found.totalCount, found.objects.length], [count, count], JSON.stringify(filter))
    }
    const paged: Answer[] = []
    for (let pageIndex = 1; pageIndex <= 3; pageIndex += 1) {
      const page = await journal.list(ofToken, { pageSize: 4, pageIndex })
      assert.equal(page.totalCount, 9)
      paged.push(...page.objects)
    }
    assert.deepEqual(paged, all.objects)
    const beyond = await journal.list(ofToken, { pageSize: 4, pageIndex: 4 })
    assert.deepEqual([beyond.totalCount, beyond.objects], [9, []])
    assert.equal((await journalOf(other, admin).list(ofToken)).totalCount, 9)
  })

  test('has no fields but its own, and those only where they apply', async () => {
    const { objects } = await journal.list({}, { pageSize: 500 })
    const known = [...KEYS, 'actor', 'address', 'cause', 'client', 'code', 'object', 'tokenId', 'value']
    for (const line of objects) {
      for (const key of KEYS) assert.ok(key in line, key)
      for (const [key, value] of Object.entries(line)) {
        assert.ok(known.includes(key), key)
        assert.ok(value !== null && value !== '', key)
      }
      assert.equal('cause' in line, line.outcome === 'refused')
    }
  })

  test('is in XML and PHP, too', async () => {
    const params = { ks: admin, pager: { pageSize: 1 }, filter: { outcomeEqual: 'issued' } }
    const xml = await (await post(one.url, 'latchkey_journal.list', { ...params, format: 2 })).text()
    assert.match(xml, /<objectType>LatchkeyJournalListResponse<\/objectType>.*<item><objectType>LatchkeyJournalLine</s)
    assert.match(xml, /<at>\d+<\/at><requestId>[\w-]+<\/requestId><partnerId>4242<\/partnerId>.*<outcome>issued</s)
    const php = await (await post(one.url, 'latchkey_journal.list', { ...params, format: 3 })).text()
    assert.match(php, /s:7:"outcome";s:6:"issued";/)
  })

  test('is read by whoever may read app tokens, and by nobody else', async () => {
    const sessionWith = async (permissionNames: string) => {
      const role = await ask('userRole.add', { userRole: { name: `reads by ${permissionNames}`, permissionNames } })
      const privileges = { sessionType: 2, sessionPrivileges: `setrole:${role.id}` }
      return (await logIn(one, await addToken(one, admin, privileges))).ks
    }
    const { ks: widget } = await call(one.url, 'session.startWidgetSession', { widgetId: `_${one.partnerId}` })
    const user = (await logIn(one, await addToken(one, admin))).ks
    for (const [ks, isLet] of [
      [admin, true],
      [await sessionWith('APP_TOKEN_BASE'), true],
      [await sessionWith('CONTENT_MANAGE_BASE,ADMIN_BASE'), false],
      [user, false],
      [widget, false],
      [undefined, false],
    ] as const) {
      const answer = await call(one.url, 'latchkey_journal.list', ks === undefined ? {} : { ks })
      assert.equal(answer.code, isLet ? undefined : 'SERVICE_FORBIDDEN')
      if (!isLet) assert.ok(answer.diagnosis.needed.includes('APP_TOKEN_BASE'))
      // And whoever may read it may read app tokens.
      const tokens = await call(one.url, 'appToken.list', ks === undefined ? {} : { ks })
      assert.equal(tokens.code, answer.code)
    }
  })

  test('shows an account its own lines only, also of what others try on it', async () => {
    const LATCHKEY_DATA = one.data
    const secret = 'd'.repeat(32)
    const env = { LATCHKEY_DATA, LATCHKEY_ADMIN_SECRET: secret, LATCHKEY_USER_SECRET: 'e'.repeat(32) }
    const made = await runCli(['partner', 'create', '5151', 'second'], env)
    assert.equal(made.code, 0, made.stderr)
    const second = { url: one.url, partnerId: 5151, adminSecret: secret }
    const theirs = await adminSession(second)
    const theirToken = await addToken(second, theirs, { sessionUserId: 'their-user' })
    await logIn(second, theirToken)
    const ourToken = await addToken(one, admin)
    // With the other's id, by the own session: refused in the own account.
    await ask('appToken.get', { id: theirToken.id })
    await ask('latchkey_token.pause', { id: theirToken.id })
    const ofOurs = await journal.list({}, { pageSize: 500 })
    assert.ok(ofOurs.objects.every(({ partnerId }: Answer) => partnerId === one.partnerId))
    const ofTheirs = await journalOf(one, theirs).list({}, { pageSize: 500 })
    assert.ok(ofTheirs.objects.every(({ partnerId }: Answer) => partnerId === 5151))
    assert.equal((await journalOf(one, theirs).list({ tokenIdEqual: ourToken.id })).totalCount, 0)
    const tried = await journal.list({ tokenIdEqual: theirToken.id })
    assert.deepEqual(
      tried.objects.map(({ outcome, actor }: Answer) => [outcome, actor]),
      Array(2).fill(['refused', 'operator']),
    )
    assert.equal(
      (await call(one.url, 'latchkey_journal.list', { ks: admin, partnerId: 5151 })).code,
      'SERVICE_FORBIDDEN',
    )
    // Their usage knows nothing of what was tried by others on their ids.
    const { usage } = { usage: await call(one.url, 'latchkey_token.usage', { ks: theirs, id: theirToken.id }) }
    assert.deepEqual([usage.issued, usage.refusedByCause], [1, {}])
  })

  test('has a line for what is done to an account from the command line', async () => {
    for (const args of [
      ['feature', '4242', 'SOME_PLUGIN_PERMISSION', 'on'],
      ['block', '4242'],
      ['unblock', '4242'],
    ]) {
      assert.equal((await runCli(['partner', ...args], { LATCHKEY_DATA: one.data })).code, 0)
    }
    const actionIn = 'partner feature,partner block,partner unblock'
    const { objects } = await journal.list({ actionIn, outcomeEqual: 'changed' })
    assert.deepEqual(
      objects.map(({ action, door, object }: Answer) => [action, door, object]).sort(),
      ['block', 'feature', 'unblock'].map((command) => [`partner ${command}`, 'cli', 'partner 4242']),
    )
    const create = ['token', 'create', 'by hand', '--preset', 'full', '--partner-id', '4242', '--json']
    const made = await runCli(create, { LATCHKEY_DATA: one.data })
    assert.equal(made.code, 0, made.stderr)
    const { objects: adding } = await journal.list({ actionIn: 'appToken.add' })
    const { door, client } = adding.find(({ door }: Answer) => door !== 'v3') ?? {}
    assert.deepEqual(
      [door, client?.split('/')[0]],
      ['cli', 'latchkey-cli'],
      'it went by way of a server in its own process',
    )
  })

  test('holds no value, hash, secret or session string, whatever field of a call they are put into', async () => {
    const { partnerId, adminSecret, userSecret, url } = one
    const token = await addToken(one, admin)
    const { ks: widget } = await call(url, 'session.startWidgetSession', { widgetId: `_${partnerId}` })
    const hash = sha256(widget + token.token)
    const { ks } = await call(url, 'appToken.startSession', { ks: widget, id: token.id, tokenHash: hash })
    const rotated = await ask('latchkey_token.rotate', { id: token.id })
    const secrets = [token.token, rotated.token, hash, widget, ks, admin, adminSecret, userSecret]
    for (const secret of secrets) {
      const calls: readonly (readonly [string, Record<string, unknown>])[] = [
        ['appToken.startSession', { ks: widget, id: secret, tokenHash: secret, clientTag: secret }],
        ['appToken.startSession', { ks: widget, id: token.id, tokenHash: `${secret}x`, clientTag: `tag ${secret}` }],
        ['appToken.get', { ks: admin, id: secret }],
        ['latchkey_token.rotate', { ks: admin, id: secret }],
        ['latchkey_token.annotate', { ks: admin, id: token.id, addresses: secret, clientTag: `a=${secret}&b` }],
        ['session.start', { partnerId, secret: `${secret}x`, clientTag: `${secret}:${secret}` }],
        ['session.startWidgetSession', { widgetId: secret }],
        ['media.list', { ks: `${secret}x`, clientTag: JSON.stringify({ ks: secret }) }],
        ['media.get', { ks, entryId: secret }],
        [`media.${secret.slice(0, 30)}`, { ks }],
        [`${secret.slice(0, 30)}.list`, { ks }],
        ['userRole.delete', { ks: admin, userRoleId: secret }],
        ['permission.delete', { ks: admin, permissionName: secret }],
        ['latchkey_access.explain', { ks: admin, actions: secret }],
        ['latchkey_access.compare', { ks: admin, a: secret, b: secret }],
        ['latchkey_journal.list', { ks: secret, filter: { actorEqual: secret } }],
      ]
      for (const [action, params] of calls) {
        await post(url, action, params, { 'x-request-id': secret, 'user-agent': secret, 'x-forwarded-for': secret })
      }
    }
    const lines = await journal.list({ outcomeEqual: 'refused' }, { pageSize: 500 })
    assert.ok(lines.totalCount > 80)
    const files = await filesBelow(one.data)
    const journals = files.filter(([name]) => name.endsWith('.jsonl') || /journal/.test(name))
    const texts = [...files, ['the answer', JSON.stringify(lines)] as const]
    assert.ok(journals.length > 0 || files.some(([, content]) => content.includes('appToken.startSession')))
    for (const secret of secrets) {
      for (const [name, content] of texts) assert.ok(!holds(content, secret), `${name} holds ${secret}`)
    }
  })
})

describe('what was answered is in the journal', () => {
  test('after kill -9 at any time, however many calls were under way', async () => {
    await using directory = await temporaryDirectory()
    const data = `${directory.path}/data`
    let adminSecret: string | undefined
    const answered: string[] = []
    const rounds = 4
    for (let round = 0; round < rounds; round += 1) {
      await using server = await startServer({ data, ...(adminSecret !== undefined && { adminSecret }) })
      adminSecret = server.adminSecret
      const admin = await adminSession(server)
      const token = await addToken(server, admin)
      const { ks } = await call(server.url, 'session.startWidgetSession', { widgetId: '_4242' })
      const params = { ks, id: token.id, tokenHash: sha256(ks + token.token) }
      const calls = ['appToken.startSession', 'user.list', 'appToken.update', 'appToken.get'] as const
      let open = 0
      await Promise.all(
        Array.from({ length: 24 }, async (_, index) => {
          const action = calls[index % calls.length] ?? 'user.list'
          const own = action === 'appToken.update' ? { ks: admin, appToken: { description: `${index}` } } : {}
          // Of an id that there is not it is refused.
          const id = action === 'appToken.get' ? '0_notthere' : token.id
          for (;;) {
            const response = await post(server.url, action, { ...params, ...own, id }).catch(() => undefined)
            if (response === undefined) return
            answered.push(response.headers.get('x-latchkey-request') ?? '')
            open += 1
            // In the midst of all the others.
            if (open === 60 + round * 7) process.kill(server.pid, 'SIGKILL')
          }
        }),
      )
      assert.equal((await server.stop()).signal, 'SIGKILL')
    }
    await using server = await startServer({ data, ...(adminSecret !== undefined && { adminSecret }) })
    const { list } = journalOf(server, await adminSession(server))
    const kept = new Set<string>()
    for (let pageIndex = 1; ; pageIndex += 1) {
      const { objects } = await list({}, { pageSize: 500, pageIndex })
      for (const { requestId } of objects) kept.add(requestId)
      if (objects.length === 0) break
    }
    assert.ok(answered.length >= 60 * rounds)
    assert.deepEqual(
      answered.filter((id) => !kept.has(id)),
      [],
    )
  })

  test('when the disk is waited for, too, and after a stop that is none of ours', async () => {
    await using directory = await temporaryDirectory()
    const data = `${directory.path}/data`
    const env = { LATCHKEY_JOURNAL_SYNC: 'always' }
    const first = await startServer({ data, env })
    const admin = await adminSession(first)
    const token = await addToken(first, admin)
    const logins = await Promise.all(Array.from({ length: 30 }, () => logIn(first, token)))
    assert.ok(logins.every(({ objectType }) => objectType === 'KalturaSessionInfo'))
    await first.stop('SIGKILL')
    await using second = await startServer({ data, env, adminSecret: first.adminSecret })
    const { list } = journalOf(second, admin)
    assert.equal((await list({ tokenIdEqual: token.id, outcomeEqual: 'issued' })).totalCount, 30)
  })

  test('on disk in files that only their owner reads, and counted calls outlive a stop', async () => {
    await using directory = await temporaryDirectory()
    const data = `${directory.path}/data`
    const first = await startServer({ data })
    const admin = await adminSession(first)
    const token = await addToken(first, admin)
    const { ks } = await logIn(first, token)
    for (let count = 0; count < 20; count += 1) await call(first.url, 'system.ping', { ks })
    await first.stop()
    const entries = await readdir(data, { recursive: true, withFileTypes: true })
    const lines = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(async ({ parentPath, name }) => (await readFile(join(parentPath, name))).toString('latin1')),
    )
    assert.ok(lines.some((content) => content.includes('"action":"appToken.startSession"')))
    await using second = await startServer({ data, adminSecret: first.adminSecret })
    const usage = await call(second.url, 'latchkey_token.usage', { ks: admin, id: token.id })
    assert.deepEqual([usage.issued, usage.calls], [1, 20])
  })

  test('on PostgreSQL as well, across processes and restarts', async () => {
    await using postgres = await startPostgres()
    const LATCHKEY_DATABASE_URL = await postgres.createDatabase('journal')
    await using directory = await temporaryDirectory()
    for (const sync of ['turn', 'always']) {
      const wishes = {
        data: `${directory.path}/data`,
        adminSecret: 'a'.repeat(32),
        env: { LATCHKEY_DATABASE_URL, LATCHKEY_JOURNAL_SYNC: sync },
      }
      const first = await startServer(wishes)
      const admin = await adminSession(first)
      const token = await addToken(first, admin, { sessionType: 2 })
      const rotated = await call(first.url, 'latchkey_token.rotate', { ks: admin, id: token.id })
      const { ks } = await logIn(first, token, { clientTag: 'etl' })
      await logIn(first, { ...token, token: rotated.token })
      await call(first.url, 'user.list', { ks })
      await call(first.url, 'user.get', { ks, userId: 'none' })
      await first.stop(sync === 'turn' ? 'SIGTERM' : 'SIGKILL')
      await using second = await startServer(wishes)
      const { list } = journalOf(second, admin)
      const { objects, totalCount } = await list({ tokenIdEqual: token.id })
      assert.deepEqual(
        objects.map(({ action, outcome, value }: Answer) => [action, outcome, value]),
        [
          ['user.get', 'refused', undefined],
          ['appToken.startSession', 'issued', undefined],
          ['appToken.startSession', 'issued', 'previous'],
          ['latchkey_token.rotate', 'changed', undefined],
          ['appToken.add', 'changed', undefined],
        ],
      )
      assert.equal(totalCount, 5)
      const usage = await call(second.url, 'latchkey_token.usage', { ks: admin, id: token.id })
      assert.deepEqual([usage.issued, usage.refusedByCause['object-not-found']], [2, 1])
      assert.equal(usage.previousValue[0].client, 'etl')
      if (sync === 'turn') assert.equal(usage.calls, 1)
    }
  })
})
