import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, runCli, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn } from './lib/v3.ts'

const ABSENT = '0_notthere'
const HIDES = 'entitlement-hides-entries'

describe('an account with entitlement on', () => {
  let server: RunningServer
  let lifted: string
  /** Ids of the entries planted below, by name. */
  const ids = new Map<string, string>()
  const categories = new Map<string, number>()

  const idOf = (name: string) => ids.get(name) ?? ''
  const start = (privileges: string, more: object = {}): Promise<string> =>
    call(server.url, 'session.start', {
      partnerId: server.partnerId,
      secret: server.adminSecret,
      type: 2,
      privileges,
      ...more,
    })
  const feature = async (state: 'on' | 'off') => {
    const args = ['partner', 'feature', String(server.partnerId), 'FEATURE_ENTITLEMENT', state]
    const { code, stderr } = await runCli(args, { LATCHKEY_DATA: server.data })
    assert.equal(code, 0, stderr)
  }

  before(async () => {
    server = await startServer()
    await feature('on')
    lifted = await start('disableentitlement')
    for (const context of ['board', 'press', undefined]) {
      const category = { name: context ?? 'open', ...(context && { privacyContext: context }) }
      const { id } = await call(server.url, 'category.add', { ks: lifted, category })
      categories.set(context ?? 'open', id)
    }
    for (const [name, userId, contexts, entitledUsersEdit] of [
      ['everywhere', 'ana', [], ''],
      ['in the open', 'ana', ['open'], ''],
      ['of the board', 'ana', ['board'], ''],
      ['of the press', 'ben', ['press'], ''],
      ['of both', 'ben', ['board', 'press'], ''],
      ['of the board and open', 'ben', ['open', 'board'], ''],
      ['shared with cleo', 'ben', ['board'], 'cleo,dan'],
    ] as const) {
      const categoriesIds = contexts.map((context) => categories.get(context)).join(',')
      const entry = {
        objectType: 'KalturaMediaEntry',
        mediaType: 1,
        name,
        userId,
        categoriesIds,
        entitledUsersEdit,
        tags: 'planted',
      }
      const added = await call(server.url, 'media.add', { ks: lifted, entry })
      ids.set(name, added.id)
    }
  })
  after(async () => server?.[Symbol.asyncDispose]())

  const planted = { tagsLike: 'planted' }

  /** Names that a session sees, which every way of looking has to agree on. */
  async function seenBy(ks: string): Promise<readonly string[]> {
    const everyId = { idIn: [...ids.values()].join(',') }
    for (const service of ['media', 'baseEntry']) {
      const { objects, totalCount } = await call(server.url, `${service}.list`, { ks, filter: everyId })
      const listed = objects.map(({ name }: Answer) => name)
      assert.equal(totalCount, listed.length)
      const one = await call(server.url, `${service}.list`, { ks, filter: everyId, pager: { pageSize: 1 } })
      assert.equal(one.totalCount, totalCount)
      for (const [name, id] of ids) {
        const entry = await call(server.url, `${service}.get`, { ks, entryId: id })
        if (listed.includes(name)) assert.equal(entry.name, name)
        else assert.deepEqual([entry.code, entry.diagnosis.cause.id], ['ENTRY_ID_NOT_FOUND', HIDES], name)
      }
      if (service === 'baseEntry') return listed.sort()
    }
    return []
  }

  const OPEN = ['everywhere', 'in the open']
  const BOARD = ['of the board', 'of both', 'of the board and open', 'shared with cleo']
  const PRESS = ['of the press', 'of both']
  const ALL = [...new Set([...OPEN, ...BOARD, ...PRESS])]

  for (const [about, privileges, more, expected] of [
    ['an ADMIN session, which is no exception', '', {}, OPEN],
    ['entitlement lifted', 'disableentitlement', {}, ALL],
    ['lifted, but switched on after all', 'disableentitlement,enableentitlement', {}, OPEN],
    ['lifted by what has a value, and so is no switch', 'disableentitlement:1', {}, OPEN],
    ['lifted for one entry', 'disableentitlementforentry:@press', {}, [...OPEN, 'of the press']],
    ['lifted for several', 'disableentitlementforentry:@press/@board', {}, [...OPEN, 'of the press', 'of the board']],
    ['the context of one', 'privacycontext:board', {}, [...OPEN, ...BOARD]],
    ['the context of another', 'privacycontext:press', {}, [...OPEN, ...PRESS]],
    ['a context that is only alike', 'privacycontext:boar', {}, OPEN],
    ['a context in another case', 'privacycontext:BOARD', {}, OPEN],
    ['no context by a star', 'privacycontext:*', {}, OPEN],
    ['the owner’s', '', { userId: 'ana' }, [...OPEN, 'of the board']],
    ['a co-editor’s', '', { userId: 'cleo' }, [...OPEN, 'shared with cleo']],
    ['that of one whose name is only part of a co-editor’s', '', { userId: 'cle' }, OPEN],
    ['a USER’s with the right to list', 'list:*', { type: 0, userId: 'x' }, OPEN],
    ['a USER’s own', '', { type: 0, userId: 'ana' }, [...OPEN, 'of the board']],
    ['a USER’s with a context', 'list:*,privacycontext:press', { type: 0, userId: 'x' }, [...OPEN, ...PRESS]],
  ] as const) {
    test(`shows ${privileges || 'no privileges'} (${about}) just what that lets it see`, async () => {
      const filled = privileges.replace('@press', idOf('of the press')).replace('@board', idOf('of the board'))
      assert.deepEqual(await seenBy(await start(filled, more)), [...new Set<string>(expected)].sort())
    })
  }

  test('lists and counts without ids alike, by category, and in pages', async () => {
    for (const [privileges, expected] of [
      ['', OPEN],
      ['privacycontext:board', [...OPEN, ...BOARD]],
      ['disableentitlement', ALL],
    ] as const) {
      const ks = await start(privileges)
      const listed = await call(server.url, 'media.list', { ks, filter: planted })
      assert.deepEqual(listed.objects.map(({ name }: Answer) => name).sort(), expected.toSorted())
      assert.equal(await call(server.url, 'media.count', { ks, filter: planted }), expected.length)
      assert.equal(await call(server.url, 'baseEntry.count', { ks, filter: planted }), expected.length)
      const pages: string[] = []
      for (let pageIndex = 1; pageIndex <= expected.length; pageIndex += 1) {
        const page = await call(server.url, 'media.list', { ks, filter: planted, pager: { pageSize: 1, pageIndex } })
        assert.equal(page.totalCount, expected.length)
        pages.push(page.objects[0].name)
      }
      assert.deepEqual(pages.toSorted(), expected.toSorted())
      const filter = { categoriesIdsMatchOr: String(categories.get('board')) }
      const ofBoard = await call(server.url, 'media.list', { ks, filter })
      assert.equal(ofBoard.totalCount, expected === OPEN ? 0 : BOARD.length)
    }
  })

  test('a USER session without the right to list sees its own, and counts no others', async () => {
    const ks = await start('', { type: 0, userId: 'ana' })
    const listed = await call(server.url, 'media.list', { ks, filter: planted })
    assert.deepEqual(
      listed.objects.map(({ name }: Answer) => name).sort(),
      ['everywhere', 'in the open', 'of the board'].sort(),
    )
    assert.equal(await call(server.url, 'media.count', { ks, filter: planted }), 3)
  })

  test('an entry that is hidden and one that is not there are answered word for word alike', async () => {
    const hidden = idOf('of the press')
    for (const [privileges, more] of [
      ['', {}],
      ['list:*', { type: 0, userId: 'x' }],
      ['edit:*,list:*', { type: 0, userId: 'x' }],
      ['', { type: 0, userId: 'ana' }],
      ['privacycontext:board', { type: 0 }],
      ['view:*,widget:1', { type: 0, userId: '0' }],
    ] as const) {
      const ks = await start(privileges, more)
      for (const service of ['media', 'baseEntry']) {
        const name = service === 'media' ? 'mediaEntry' : 'baseEntry'
        for (const [action, params] of [
          ['get', {}],
          ['update', { [name]: { objectType: 'KalturaMediaEntry', name: 'taken over' } }],
          ['delete', {}],
        ] as const) {
          const answers = []
          for (const entryId of [hidden, ABSENT]) {
            const { diagnosis, ...refused } = await call(server.url, `${service}.${action}`, { ks, entryId, ...params })
            const { requestId: _, serverTime: __, ...about } = diagnosis
            answers.push(JSON.stringify({ ...refused, about }).replaceAll(entryId, '@'))
          }
          assert.equal(answers[0], answers[1])
          if (String(answers[0]).includes('SERVICE_FORBIDDEN')) continue
          assert.match(String(answers[0]), new RegExp(`ENTRY_ID_NOT_FOUND.*${HIDES}`))
        }
      }
    }
    assert.equal((await call(server.url, 'media.get', { ks: lifted, entryId: hidden })).name, 'of the press')
  })

  test('explanations tell hidden and absent entries apart as little', async () => {
    const ks = await start('list:*,edit:*', { type: 0, userId: 'x' })
    const told = []
    for (const entryId of [idOf('of the press'), ABSENT]) {
      const explained = await call(server.url, 'latchkey_access.explain', {
        ks,
        actions: 'media.update,media.delete',
        context: { entryId },
      })
      told.push(JSON.stringify(explained).replaceAll(entryId, '@'))
    }
    assert.equal(told[0], told[1])
    assert.match(String(told[0]), /entry-not-visible/)
  })

  test('whoever sees an entry changes it by the same rules as ever', async () => {
    const update = async (ks: string, name: string) =>
      call(server.url, 'media.update', { ks, entryId: idOf(name), mediaEntry: { description: 'seen' } })
    assert.equal((await update(await start('privacycontext:board'), 'of the board')).description, 'seen')
    assert.equal((await update(await start('', { type: 0, userId: 'ana' }), 'of the board')).description, 'seen')
    assert.equal((await update(await start('', { type: 0, userId: 'cleo' }), 'shared with cleo')).description, 'seen')
    const foreign = await update(await start('privacycontext:board', { type: 0, userId: 'x' }), 'of the board')
    assert.deepEqual([foreign.code, foreign.diagnosis.cause.id], ['INVALID_KS', 'entry-not-owned'])
    const editor = await start('privacycontext:board,edit:*', { type: 0, userId: 'x' })
    assert.equal((await update(editor, 'of the board')).description, 'seen')
    assert.equal((await update(editor, 'of the press')).code, 'ENTRY_ID_NOT_FOUND')
  })

  test('whoever puts an entry out of its own sight is told that it is done', async () => {
    const ks = await start('')
    const entry = { objectType: 'KalturaMediaEntry', mediaType: 1, name: 'moving', userId: 'ben' }
    const { id } = await call(server.url, 'media.add', { ks, entry })
    const mediaEntry = { categoriesIds: String(categories.get('board')) }
    const moved = await call(server.url, 'media.update', { ks, entryId: id, mediaEntry })
    assert.deepEqual([moved.id, moved.categoriesIds], [id, String(categories.get('board'))])
    assert.equal((await call(server.url, 'media.get', { ks, entryId: id })).code, 'ENTRY_ID_NOT_FOUND')
    assert.equal((await call(server.url, 'media.get', { ks: lifted, entryId: id })).id, id)
    assert.equal(await call(server.url, 'media.delete', { ks: lifted, entryId: id }), null)
  })

  test('a session of an app token sees by what the token holds, and no request adds to that', async () => {
    const admin = await adminSession(server)
    const token = await addToken(server, admin, { sessionType: 2, sessionPrivileges: 'privacycontext:board' })
    for (const sessionPrivileges of [
      '',
      'disableentitlement',
      'privacycontext:press',
      'disableentitlementforentry:x',
      '*',
      ' disableentitlement',
      'all:*',
    ]) {
      const { ks } = await logIn(server, token, { sessionPrivileges })
      assert.deepEqual(await seenBy(ks), [...OPEN, ...BOARD].sort(), sessionPrivileges)
    }
    const chosen = await addToken(server, admin, { sessionType: 2, sessionPrivileges: 'privacycontext:*' })
    const { ks } = await logIn(server, chosen, { sessionPrivileges: 'privacycontext:press' })
    assert.deepEqual(await seenBy(ks), [...OPEN, ...PRESS].sort())
  })

  test('a widget session sees what everybody does, and more only by what its widget was given', async () => {
    const startWidget = async (widgetId: string): Promise<string> =>
      (await call(server.url, 'session.startWidgetSession', { widgetId })).ks
    assert.deepEqual(await seenBy(await startWidget(`_${server.partnerId}`)), OPEN.toSorted())
    const byAdmin = await call(server.url, 'widget.add', { ks: lifted, widget: { privacyContext: 'board' } })
    assert.deepEqual(await seenBy(await startWidget(byAdmin.id)), [...OPEN, ...BOARD].sort())
    // Anybody starts a session of a widget, so that a USER session could let itself in.
    const user = await start('', { type: 0, userId: 'x' })
    const refused = await call(server.url, 'widget.add', { ks: user, widget: { privacyContext: 'board' } })
    assert.equal(refused.code, 'PROPERTY_VALIDATION_NO_INSERT_PERMISSION')
    assert.match(refused.message, /privacyContext/)
    const member = await start('privacycontext:board', { type: 0, userId: 'x' })
    const own = await call(server.url, 'widget.add', { ks: member, widget: { privacyContext: 'board' } })
    assert.deepEqual(await seenBy(await startWidget(own.id)), [...OPEN, ...BOARD].sort())
    const other = await call(server.url, 'widget.add', { ks: member, widget: { privacyContext: 'press' } })
    assert.equal(other.code, 'PROPERTY_VALIDATION_NO_INSERT_PERMISSION')
  })

  test('switched off shows everybody all again at the next call, and on hides it again', async () => {
    const ks = await start('')
    const widget = (await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })).ks
    const seen = async () => {
      const names = []
      for (const session of [ks, widget]) {
        const entry = await call(server.url, 'media.get', { ks: session, entryId: idOf('of the press') })
        names.push(entry.name ?? entry.code)
      }
      return names
    }
    assert.deepEqual(await seen(), ['ENTRY_ID_NOT_FOUND', 'ENTRY_ID_NOT_FOUND'])
    await feature('off')
    assert.deepEqual(await seen(), ['of the press', 'of the press'])
    const absent = await call(server.url, 'media.get', { ks, entryId: ABSENT })
    assert.deepEqual([absent.code, absent.diagnosis.cause.id], ['ENTRY_ID_NOT_FOUND', 'object-not-found'])
    await feature('on')
    assert.deepEqual(await seen(), ['ENTRY_ID_NOT_FOUND', 'ENTRY_ID_NOT_FOUND'])
  })
})
