import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn, post } from './lib/v3.ts'

/** Texts of all elements of a name in an XML document, in their order. */
function textsIn(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text)
}

describe('questions about access, over the wire', () => {
  let server: RunningServer
  let admin: string
  let widget: string
  /** Of a USER token without a role. */
  let user: string
  let userToken: { readonly id: string; readonly token: string }

  before(async () => {
    server = await startServer()
    admin = await adminSession(server)
    widget = (await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })).ks
    userToken = await addToken(server, admin, { sessionUserId: 'ana@example.org' })
    user = (await logIn(server, userToken)).ks
  })
  after(async () => server?.[Symbol.asyncDispose]())

  const about = (action: string, params: object = {}): Promise<Answer> =>
    call(server.url, `latchkey_access.${action}`, { ks: admin, ...params })
  const refusal = ({ code, args, diagnosis }: Answer) => [
    code,
    args?.FIELD_NAME ?? args?.PARAM_NAME,
    diagnosis?.cause.id,
  ]

  test('actions come as a text, as a list, by a form and by the URL, in any case, and are answered in their order', async () => {
    const asText = await about('explain', { ks: user, actions: 'media.list, USER.LIST,appToken.startSession' })
    assert.deepEqual(
      asText.map(({ objectType, action, effect }: Answer) => [objectType, action, effect]),
      [
        ['LatchkeyExplanation', 'media.list', 'allow'],
        ['LatchkeyExplanation', 'user.list', 'deny'],
        ['LatchkeyExplanation', 'appToken.startSession', 'allow'],
      ],
    )
    const names = ['media.list', 'user.list', 'appToken.startSession']
    assert.deepEqual(await about('explain', { ks: user, actions: names }), asText)
    const path = `${server.url}/api_v3/service/latchkey_access/action/explain`
    const query = new URLSearchParams({ ks: user, format: '1', actions: names.join(',') })
    assert.deepEqual(await (await fetch(`${path}?${query}`)).json(), asText)
    const form = new URLSearchParams([
      ['ks', user],
      ['format', '1'],
      ...names.map((name, index) => [`actions[${index}]`, name]),
    ])
    assert.deepEqual(await (await fetch(path, { method: 'POST', body: form })).json(), asText)
  })

  test('an explanation says why, what is needed, what is held and from where, and what would help', async () => {
    const [list, remove, mine] = await about('explain', { ks: user, actions: 'user.list,media.delete,session.get' })
    assert.deepEqual(
      [list.reason, list.needed.includes('ADMIN_BASE'), list.verdict],
      ['permission-missing', true, 'session-type'],
    )
    assert.ok(list.held.some(({ permission, from }: Answer) => permission && from === 'session-kind'))
    assert.ok(list.held.some(({ permission, from }: Answer) => permission && from === 'always'))
    assert.match(list.text, /user\.list/)
    assert.ok(list.advice.length > 20)
    assert.ok(list.fixes.length > 0)
    for (const { id, title, opens, change } of list.fixes) {
      assert.ok(id && title && Number.isInteger(opens))
      for (const { service, action, params } of change) assert.ok(service && action && params)
    }
    assert.deepEqual([remove.effect, remove.openedBy !== undefined], ['allow', true])
    assert.deepEqual('fixes' in mine ? mine.effect : '', 'deny')
    const opens = list.fixes.map((fix: Answer) => fix.opens)
    assert.deepEqual(
      opens,
      opens.toSorted((a: number, b: number) => a - b),
    )
  })

  test('and agrees with what becomes of the call', async () => {
    const ids = await call(server.url, 'media.list', { ks: admin, pager: { pageSize: 500 } })
    const entryOf = (owner: string) => ids.objects.find(({ userId }: Answer) => userId === owner).id
    const [own, foreign] = [entryOf('ana@example.org'), entryOf('ben@example.org')]
    for (const ks of [user, widget, admin]) {
      for (const [action, params, context] of [
        ['media.list', {}, {}],
        ['user.list', {}, {}],
        ['category.list', {}, {}],
        ['appToken.list', {}, {}],
        ['permission.getCurrentPermissions', {}, {}],
        ['media.update', { entryId: own, mediaEntry: { description: 'd' } }, { entryId: own }],
        ['media.update', { entryId: foreign, mediaEntry: { description: 'd' } }, { entryId: foreign }],
      ] as const) {
        const [told] = await about('explain', { ks, actions: action, context })
        const answer = await call(server.url, action, { ks, ...params })
        const isRefused = answer.objectType === 'KalturaAPIException'
        assert.equal(told.effect, isRefused ? 'deny' : 'allow', action)
        if (isRefused && told.reason === 'permission-missing') {
          assert.deepEqual(told.needed, answer.diagnosis.needed, action)
          assert.deepEqual(told.held, answer.diagnosis.held, action)
          assert.deepEqual(told.fixes.length > 0 ? told.fixes : undefined, answer.diagnosis.fixes, action)
        }
      }
    }
  })

  test('a matrix has a row a service and a word for each of its actions', async () => {
    const all = await about('matrix', { ks: user })
    assert.equal(all.objectType, 'LatchkeyMatrix')
    const words = new Set(all.rows.flatMap(({ cells }: Answer) => Object.values(cells)))
    assert.deepEqual([...words].sort(), ['allow', 'deny', 'never', 'own'])
    const cellOf = (matrix: Answer, service: string, action: string) =>
      matrix.rows.find((row: Answer) => row.service === service)?.cells[action]
    assert.deepEqual(
      ['list', 'update', 'delete'].map((action) => cellOf(all, 'media', action)),
      ['allow', 'own', 'own'],
    )
    assert.equal(cellOf(all, 'user', 'list'), 'deny')
    assert.ok(all.rows.length > 80)
    for (const { cells } of all.rows) for (const action of Object.keys(cells)) assert.ok(all.columns.includes(action))
    assert.deepEqual(all.columns, [...new Set(all.columns)].sort())
    for (const services of ['media,USER', ['media', 'user']]) {
      const two = await about('matrix', { ks: user, services })
      assert.deepEqual(
        two.rows,
        ['media', 'user'].map((name) => all.rows.find(({ service }: Answer) => service === name)),
      )
    }
    const byToken = await about('matrix', { tokenId: userToken.id, services: 'media' })
    assert.equal(cellOf(byToken, 'media', 'update'), 'own')
    const byRole = await about('matrix', { roleId: 2, services: 'user' })
    assert.equal(cellOf(byRole, 'user', 'list'), 'allow')
    const { cells } = byRole.rows[0]
    const actions = Object.keys(cells).filter((name) => /^(?:get|list|add|delete)$/.test(name))
    for (const told of await about('explain', { roleId: 2, actions: actions.map((name) => `user.${name}`) })) {
      const word = cells[told.action.split('.')[1]]
      assert.equal(told.effect === 'allow', word === 'allow' || word === 'own', told.action)
      assert.ok(
        told.held.some(({ from }: Answer) => from === 'role:2'),
        'it is told of the role, not of the session that asks',
      )
    }
  })

  test('a suggestion is made by name and exactly, and its calls make a token that opens just that', async () => {
    const suggested = await about('suggest', { ks: widget, actions: 'user.list,category.list,report.nonsense' })
    assert.equal(suggested.objectType, 'LatchkeySuggestion')
    assert.ok(suggested.named.permissions.length > 0 && suggested.named.proven)
    assert.deepEqual(suggested.exact.surplus, [])
    assert.deepEqual(
      suggested.impossible.map(({ action, reason }: Answer) => [action, reason]),
      [['report.nonsense', 'unknown']],
    )
    const steps = suggested.change.map(({ service, action, params }: Answer) => ({ service, action, ...params }))
    const answers = await call(server.url, 'multirequest.x', { ks: admin, ...Object.assign({}, ['', ...steps]) })
    const token = answers.at(-1)
    assert.equal(token.objectType, 'KalturaAppToken')
    const { ks } = await logIn(server, token)
    assert.equal((await call(server.url, 'user.list', { ks })).objectType, 'KalturaUserListResponse')
    assert.equal((await call(server.url, 'category.list', { ks })).objectType, 'KalturaCategoryListResponse')
    assert.equal((await call(server.url, 'media.list', { ks })).code, 'SERVICE_FORBIDDEN')
    const reach = await about('reach', { ks })
    const opened = reach.services.flatMap(({ service, read, write, delete: gone }: Answer) =>
      [...read, ...write, ...gone].map((action) => `${service}.${action}`),
    )
    assert.deepEqual(
      opened.filter((name: string) => !suggested.always.includes(name)).sort(),
      ['category.list', 'user.list'].filter((name) => !suggested.always.includes(name)),
    )
  })

  test('a reach says what, for whom, for how long and from where', async () => {
    const { id } = await addToken(server, admin, {
      sessionUserId: 'ana@example.org',
      sessionDuration: 3_600,
      sessionPrivileges: 'iprestrict:10.0.0.1',
    })
    await call(server.url, 'latchkey_token.annotate', { ks: admin, id, addresses: '10.0.0.0/8' })
    const reach = await about('reach', { tokenId: id })
    assert.deepEqual(
      [reach.objectType, reach.users.actsAs, reach.users.userId, reach.users.entries],
      ['LatchkeyReach', 'one-user', 'ana@example.org', 'own'],
    )
    assert.deepEqual([reach.lifetime.sessionSeconds, reach.addresses.allowed], [3_600, ['10.0.0.0/8', '10.0.0.1']])
    assert.match(reach.lifetime.text, /1 hour/)
    const count = (kind: string) => reach.services.reduce((sum: number, row: Answer) => sum + row[kind].length, 0)
    assert.deepEqual([reach.read, reach.write, reach.delete], [count('read'), count('write'), count('delete')])
    const wide = await about('reach', { tokenId: (await addToken(server, admin, { sessionType: 2 })).id })
    assert.ok(wide.write > reach.write && wide.shrink.to < wide.shrink.from)
    // About itself without a name.
    const own = await about('reach', { ks: user })
    assert.equal(own.users.userId, 'ana@example.org')
  })

  test('a comparison takes session strings, token ids and role ids', async () => {
    const wide = await addToken(server, admin, { sessionType: 2 })
    const byIds = await about('compare', { a: wide.id, b: userToken.id })
    assert.deepEqual([byIds.objectType, byIds.onlyB], ['LatchkeyComparison', []])
    assert.ok(byIds.onlyA.includes('user.list') && byIds.both.includes('media.list'))
    const sessions = await about('compare', { a: (await logIn(server, wide)).ks, b: user })
    assert.deepEqual(sessions, byIds)
    const same = await about('compare', { a: 2, b: '2' })
    assert.deepEqual([same.onlyA, same.onlyB, same.both.length > 0], [[], [], true])
    // Its own session and its own token are nobody else.
    assert.deepEqual((await about('compare', { ks: user, a: user, b: userToken.id })).onlyA, [])
  })

  test('a lint speaks of tokens that there are, and of those that are only thought of', async () => {
    const stored = await about('lint', { tokenId: userToken.id, actions: ['user.list'] })
    assert.equal(stored.objectType, 'LatchkeyLint')
    assert.match(stored.summary, /USER session.*ana@example\.org/)
    const [first] = stored.findings
    assert.deepEqual(Object.keys(first).sort(), ['cause', 'docs', 'remedy', 'saw', 'severity', 'title'])
    for (const [appToken, causes] of [
      [{ sessionDuration: 300 }, ['session-duration-too-short']],
      [{ hashType: 'MD5' }, ['hash-type-weak']],
      [{ expiry: Date.now() }, ['token-expiry-unit']],
      [{ sessionPrivileges: 'setrole:99999' }, ['role-unknown']],
      [{ sessionPrivileges: 'CONTENT_MANAGE_BASE' }, ['permission-name-as-privilege']],
      [{ sessionPrivileges: 'iprestrict:10.0.0.0/24' }, ['ip-restriction']],
      [{ sessionPrivileges: 'list:*, edit:*' }, ['privilege-blank']],
      [{ sessionPrivileges: 'edit:a,edit:b' }, ['privilege-duplicate']],
      [{ sessionType: 2 }, ['admin-without-role']],
      [{}, ['holder-chooses-identity']],
    ] as const satisfies readonly (readonly [object, readonly string[]])[]) {
      // Of roles only whoever may ask about others is told.
      const ks = causes.some((cause) => cause === 'role-unknown') ? admin : widget
      const { findings } = await about('lint', { ks, appToken })
      const found = findings.map(({ cause }: Answer) => cause)
      for (const cause of causes) assert.ok(found.includes(cause), `${JSON.stringify(appToken)}: ${found}`)
      const severities = findings.map(({ severity }: Answer) => ['error', 'warning', 'note'].indexOf(severity))
      assert.deepEqual(severities, severities.toSorted())
    }
  })

  test('any session asks about itself, also a widget’s; without one nobody does', async () => {
    for (const [action, params] of [
      ['explain', { actions: 'media.list' }],
      ['matrix', { services: 'media' }],
      ['suggest', { actions: 'media.list' }],
      ['lint', { appToken: {} }],
    ] as const) {
      for (const ks of [widget, user, admin]) assert.equal((await about(action, { ks, ...params })).code, undefined)
      const refused = await call(server.url, `latchkey_access.${action}`, params)
      assert.deepEqual([refused.code, refused.diagnosis.cause.id], ['SERVICE_FORBIDDEN', 'session-not-sent'])
    }
    assert.deepEqual(refusal(await about('reach', { ks: widget })), [
      'MISSING_MANDATORY_PARAMETER',
      'tokenId',
      'parameter-missing',
    ])
    assert.equal((await about('lint', { ks: widget })).code, 'MISSING_MANDATORY_PARAMETER')
    assert.equal((await about('lint', { ks: user })).code, undefined)
  })

  test('about others only whoever holds APP_TOKEN_BASE asks, and is told so', async () => {
    const other = await addToken(server, admin, { sessionType: 2 })
    for (const ks of [widget, user]) {
      for (const tokenId of [other.id, '0_notthere']) {
        for (const [action, params] of [
          ['explain', { tokenId, actions: 'media.list' }],
          ['explain', { roleId: 2, actions: 'media.list' }],
          ['matrix', { tokenId }],
          ['matrix', { roleId: 2 }],
          ['reach', { tokenId }],
          ['compare', { a: tokenId, b: tokenId }],
          ['compare', { a: admin, b: 2 }],
          ['lint', { tokenId }],
        ] as const) {
          const refused = await about(action, { ks, ...params })
          assert.equal(refused.code, 'SERVICE_FORBIDDEN', action)
          assert.deepEqual(refused.diagnosis.needed, ['APP_TOKEN_BASE'])
          assert.match(refused.diagnosis.cause.saw, /APP_TOKEN_BASE/)
        }
      }
    }
    for (const [action, params, code] of [
      ['reach', { tokenId: '0_notthere' }, 'APP_TOKEN_ID_NOT_FOUND'],
      ['matrix', { roleId: 987_654 }, 'INVALID_OBJECT_ID'],
      ['explain', { roleId: 987_654, actions: 'media.list' }, 'INVALID_OBJECT_ID'],
      ['compare', { a: 'no session', b: 2 }, 'INVALID_KS'],
      ['compare', { a: 2 }, 'MISSING_MANDATORY_PARAMETER'],
    ] as const) {
      assert.equal((await about(action, params)).code, code)
    }
  })

  test('names that there are not are refused by what was received, with what is near or accepted', async () => {
    for (const [action, params, name, saw] of [
      ['explain', { actions: 'media.lst' }, 'actions', /media\.lst.*media\.list/],
      ['explain', { actions: ['media.list', 'nonsense'] }, 'actions', /nonsense/],
      ['explain', { actions: 'media' }, 'actions', /media/],
      ['lint', { appToken: {}, actions: 'usr.list' }, 'actions', /usr\.list/],
      ['matrix', { services: 'medium' }, 'services', /medium/],
      ['suggest', { preset: 'get-and-lost' }, 'preset', /get-and-lost.*get-and-list, upload, recent-calls, full/s],
      ['suggest', { preset: 'get-and-list', services: ['media', 'usr'] }, 'services', /usr/],
    ] as const) {
      const refused = await about(action, params)
      assert.deepEqual(refusal(refused), ['INVALID_FIELD_VALUE', name, 'parameter-invalid'])
      assert.match(refused.diagnosis.cause.saw, saw)
    }
    for (const action of ['explain', 'suggest'])
      assert.deepEqual(refusal(await about(action)).slice(0, 2), ['MISSING_MANDATORY_PARAMETER', 'actions'])
    const many = Array.from({ length: 101 }, () => 'media.list')
    const refused = await about('explain', { actions: many })
    assert.equal(refused.code, 'INVALID_FIELD_VALUE')
    assert.match(refused.diagnosis.cause.saw, /100/)
    assert.equal((await about('explain', { actions: many.slice(1) })).length, 100)
  })

  test('no odd input brings it to a fault', async () => {
    const odd = [
      '',
      ' ',
      ',',
      '.',
      '..',
      'a.b',
      '__proto__.constructor',
      'constructor.toString',
      '\u0001',
      '🙂.list',
      'x'.repeat(5_000),
    ]
    for (const text of odd) {
      for (const [action, params] of [
        ['explain', { actions: text }],
        ['explain', { actions: [text, { a: text }, null, [text]] }],
        ['explain', { actions: 'media.update', context: { address: text, uri: text, entryId: text } }],
        ['explain', { actions: 'media.list', context: text }],
        ['explain', { actions: 'media.list', tokenId: text }],
        ['matrix', { services: text }],
        ['matrix', { roleId: text }],
        ['explain', { roleId: text, actions: 'media.list' }],
        ['suggest', { actions: text, preset: text, services: text }],
        ['suggest', { actions: text }],
        ['reach', { tokenId: text }],
        ['compare', { a: text, b: text }],
        ['lint', { appToken: { sessionPrivileges: text, sessionUserId: text, expiry: text } }],
        ['lint', { appToken: text, tokenId: text }],
      ] as const) {
        const answer = await about(action, params)
        assert.ok(
          !['INTERNAL_SERVERL_ERROR', 'SERVICE_UNAVAILABLE'].includes(answer.code),
          `${action} ${JSON.stringify(params)}`,
        )
      }
    }
    assert.doesNotMatch(server.output().stderr, /"msg":"fault"/)
  })

  test('answers come in XML', async () => {
    const xml = async (action: string, params: object) => {
      const text = await (
        await post(server.url, `latchkey_access.${action}`, { ks: user, ...params, format: 2 })
      ).text()
      assert.match(text, /^<\?xml [^>]*\?><xml><result>.*<\/result><executionTime>[\d.]+<\/executionTime><\/xml>$/s)
      return text
    }
    const explained = await xml('explain', { actions: 'media.list,user.list' })
    assert.deepEqual(textsIn(explained, 'action').slice(0, 1), ['media.list'])
    assert.deepEqual(textsIn(explained, 'effect'), ['allow', 'deny'])
    assert.match(explained, /<needed><item>ADMIN_BASE<\/item>|<needed>(?:<item>\w+<\/item>)*<item>ADMIN_BASE<\/item>/)
    assert.match(explained, /<fixes><item>.*<service>appToken<\/service><action>update<\/action>.*<\/fixes>/s)
    const matrix = await xml('matrix', { services: 'media' })
    assert.match(matrix, /<service>media<\/service><cells>.*<list>allow<\/list>.*<\/cells>/s)
    const suggested = await xml('suggest', { actions: 'user.list' })
    assert.match(
      suggested,
      /<change><item>.*<service>permission<\/service><action>add<\/action><params>.*<permissionItemsIds>[\d,]+</s,
    )
    const reach = await xml('reach', {})
    assert.ok(Number(textsIn(reach, 'read')[0]) > 0)
    const compared = await xml('compare', { a: user, b: userToken.id })
    assert.match(compared, /<onlyA><\/onlyA>|<onlyA\/>/)
    const linted = await xml('lint', { appToken: { hashType: 'MD5' } })
    assert.ok(textsIn(linted, 'cause').includes('hash-type-weak'))
    const refused = await (
      await post(server.url, 'latchkey_access.explain', { ks: user, actions: 'x', format: 2 })
    ).text()
    assert.match(refused, /<error>.*<code>INVALID_FIELD_VALUE<\/code>.*<diagnosis>.*<id>parameter-invalid<\/id>/s)
  })

  test('answers come in PHP’s own format', async () => {
    const php = async (action: string, params: object) =>
      (await post(server.url, `latchkey_access.${action}`, { ks: user, ...params, format: 3 })).text()
    const explained = await php('explain', { actions: 'media.list,user.list' })
    assert.match(
      explained,
      /^a:2:\{i:0;O:19:"LatchkeyExplanation":\d+:\{.*s:6:"effect";s:5:"allow";.*i:1;.*s:6:"effect";s:4:"deny";/s,
    )
    assert.match(await php('matrix', { services: 'media' }), /s:5:"cells";a:\d+:\{.*s:4:"list";s:5:"allow";/s)
    assert.match(await php('reach', {}), /s:4:"read";i:\d+;/)
    assert.match(await php('compare', { a: user, b: user }), /s:5:"onlyA";a:0:\{\}/)
    assert.match(await php('lint', { appToken: {} }), /s:8:"findings";a:\d+:\{i:0;/)
    assert.match(await php('suggest', { actions: 'user.list' }), /s:18:"permissionItemsIds";s:\d+:"[\d,]+";/)
  })

  test('in a multirequest each step asks, and later steps use what earlier ones answered', async () => {
    const [added, reach, matrix, explained, linted, compared, refused] = await call(server.url, 'multirequest.x', {
      ks: admin,
      1: { service: 'appToken', action: 'add', appToken: { hashType: 'SHA256', sessionType: 2 } },
      2: { service: 'latchkey_access', action: 'reach', tokenId: '{1:result:id}' },
      3: { service: 'latchkey_access', action: 'matrix', tokenId: '{1:result:id}', services: 'user' },
      4: { service: 'latchkey_access', action: 'explain', tokenId: '{1:result:id}', actions: 'user.list' },
      5: { service: 'latchkey_access', action: 'lint', tokenId: '{1:result:id}' },
      6: { service: 'latchkey_access', action: 'compare', a: '{1:result:id}', b: '{1:result:id}' },
      7: { service: 'latchkey_access', action: 'explain', tokenId: '{1:result:id}', actions: '{2:result:objectType}' },
    })
    assert.ok(added.id && reach.read > 200, `${reach.read} reads`)
    assert.equal(matrix.rows[0].cells.list, 'allow')
    assert.equal(explained[0].effect, 'allow')
    assert.ok(linted.findings.some(({ cause }: Answer) => cause === 'admin-without-role'))
    assert.deepEqual(compared.onlyA, [])
    assert.equal(refused.code, 'INVALID_FIELD_VALUE')
    assert.match(refused.diagnosis.cause.saw, /LatchkeyReach/)
  })

  test('a paused token is told to open nothing, and why', async () => {
    const { id } = await addToken(server, admin, { sessionType: 2 })
    await call(server.url, 'latchkey_token.pause', { ks: admin, id })
    const [told] = await about('explain', { tokenId: id, actions: 'media.list' })
    assert.deepEqual([told.effect, told.reason], ['deny', 'revoked'])
    assert.match(told.text, /paused/)
    const { findings, summary } = await about('lint', { tokenId: id })
    assert.equal(findings[0].cause, 'token-disabled')
    assert.match(summary, /paused/)
  })

  test('no answer holds the value of a token, or a session string', async () => {
    const asked = await Promise.all([
      about('explain', { tokenId: userToken.id, actions: 'media.list,user.list' }),
      about('matrix', { tokenId: userToken.id }),
      about('reach', { tokenId: userToken.id }),
      about('compare', { a: user, b: userToken.id }),
      about('lint', { tokenId: userToken.id }),
    ])
    const text = JSON.stringify(asked)
    for (const secret of [userToken.token, user, admin]) assert.ok(!text.includes(secret))
  })
})
