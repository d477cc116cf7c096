import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, startServer } from './lib/server.ts'
import { addToken, adminSession, call, logIn } from './lib/v3.ts'

const ANA = 'ana@example.org'

describe('the sandbox', () => {
  let server: RunningServer
  let admin: string

  before(async () => {
    server = await startServer()
    admin = await adminSession(server)
  })
  after(async () => server[Symbol.asyncDispose]())

  async function sessionOf(fields: object): Promise<string> {
    return (await logIn(server, await addToken(server, admin, { ...fields }))).ks
  }
  const list = (ks: string, params: object = {}) => call(server.url, 'media.list', { ks, ...params })

  test('a USER session sees its own entries only, all of them with list:*, none without a user', async () => {
    const own = await list(await sessionOf({ sessionUserId: ANA }), { pager: { pageSize: 500 } })
    assert.ok(own.totalCount > 0 && own.totalCount < 40)
    assert.ok(own.objects.every((entry: { userId: string }) => entry.userId === ANA))
    assert.equal((await list(await sessionOf({ sessionUserId: ANA, sessionPrivileges: 'list:*' }))).totalCount, 40)
    const nobody = await list(await sessionOf({}))
    assert.deepEqual([nobody.totalCount, nobody.objects], [0, []])
  })

  test('an id in the filter lifts the limit for list, but not for count', async () => {
    const ks = await sessionOf({ sessionUserId: ANA })
    const all = await list(admin, { pager: { pageSize: 500 } })
    const other = all.objects.find((entry: { userId: string }) => entry.userId !== ANA)
    assert.equal((await list(ks, { filter: { idEqual: other.id } })).totalCount, 1)
    assert.equal(await call(server.url, 'media.count', { ks, filter: { idEqual: other.id } }), 0)
  })

  for (const orderBy of [undefined, '+name', '-createdAt', '+updatedAt,-name'])
    test(`pages do not overlap and together hold everything, ordered by ${orderBy ?? 'nothing'}`, async () => {
      const ids: string[] = []
      for (const pageIndex of [1, 2, 3, 4, 5, 6]) {
        const page = await list(admin, { pager: { pageSize: 7, pageIndex }, ...(orderBy && { filter: { orderBy } }) })
        assert.equal(page.totalCount, 40)
        assert.equal(page.objects.length, pageIndex < 6 ? 7 : 5)
        ids.push(...page.objects.map((entry: { id: string }) => entry.id))
      }
      assert.equal(new Set(ids).size, 40)
      const whole = await list(admin, { pager: { pageSize: 100_000 }, ...(orderBy && { filter: { orderBy } }) })
      assert.deepEqual(
        whole.objects.map((entry: { id: string }) => entry.id),
        ids,
      )
    })

  test('the same limits hold for every service of entries, and a widget session owns none', async () => {
    const ks = await sessionOf({ sessionUserId: ANA })
    const own = await call(server.url, 'media.count', { ks })
    assert.ok(own > 0 && own < 40)
    assert.equal((await call(server.url, 'baseEntry.list', { ks })).totalCount, own)
    assert.equal(await call(server.url, 'baseEntry.count', { ks }), own)
    assert.equal(await call(server.url, 'media.count', { ks: admin }), 40)
    const { ks: widget } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    assert.equal((await list(widget)).totalCount, 0)
    assert.equal(
      (await call(server.url, 'media.get', { ks: widget, entryId: (await list(admin)).objects[0].id })).code,
      undefined,
    )
  })

  test('an entry of another user is deleted by nobody but its owner, an ADMIN session or who may edit it', async () => {
    const ks = await sessionOf({ sessionUserId: ANA })
    const { id } = await call(server.url, 'media.add', { ks: admin, entry: { name: 'not hers', mediaType: 1 } })
    const { id: own } = await call(server.url, 'media.add', { ks, entry: { name: 'hers', mediaType: 1 } })
    const remove = (session: string, entryId: string) => call(server.url, 'baseEntry.delete', { ks: session, entryId })
    assert.equal((await remove(ks, id)).args.ERR_CODE, '-4')
    assert.equal(await remove(ks, own), null)
    assert.equal(await remove(await sessionOf({ sessionPrivileges: 'edit:*' }), id), null)
    assert.equal((await call(server.url, 'media.get', { ks: admin, entryId: id })).code, 'ENTRY_ID_NOT_FOUND')
  })

  test('changing an entry of another user takes the privilege for that very entry', async () => {
    const all = await list(admin, { pager: { pageSize: 500 } })
    const [entry, another] = all.objects.filter(({ userId }: { userId: string }) => userId !== ANA)
    const update = (ks: string, entryId: string) =>
      call(server.url, 'media.update', { ks, entryId, mediaEntry: { description: 'changed' } })
    const refused = await update(await sessionOf({ sessionUserId: ANA }), entry.id)
    assert.equal(refused.message, 'Invalid KS "", Error "-4,INVALID_TYPE"')
    assert.deepEqual([refused.diagnosis.stage, refused.diagnosis.cause.id], ['ownership', 'entry-not-owned'])
    const ks = await sessionOf({ sessionUserId: ANA, sessionPrivileges: `edit:${entry.id}` })
    assert.equal((await update(ks, entry.id)).description, 'changed')
    assert.equal((await update(ks, another.id)).args.ERR_CODE, '-4')
    assert.equal(
      (await update(await sessionOf({ sessionUserId: ANA, sessionPrivileges: 'edit:*' }), another.id)).description,
      'changed',
    )
  })

  test('entries and categories can be added, changed and deleted', async () => {
    const category = await call(server.url, 'category.add', { ks: admin, category: { name: 'mine' } })
    const entry = await call(server.url, 'media.add', {
      ks: admin,
      entry: { name: 'new', mediaType: 1, categoriesIds: String(category.id) },
    })
    assert.deepEqual([entry.name, entry.categories, entry.status, entry.userId], ['new', 'mine', '7', 'operator'])
    assert.equal((await call(server.url, 'baseEntry.get', { ks: admin, entryId: entry.id })).id, entry.id)
    const child = await call(server.url, 'category.add', {
      ks: admin,
      category: { name: 'below', parentId: category.id },
    })
    assert.equal(child.fullName, 'mine>below')
    assert.equal(
      (await call(server.url, 'category.update', { ks: admin, id: category.id, category: { name: 'yours' } })).fullName,
      'yours',
    )
    assert.equal((await call(server.url, 'category.get', { ks: admin, id: child.id })).fullName, 'yours>below')
    assert.equal(await call(server.url, 'category.delete', { ks: admin, id: category.id }), null)
    assert.equal((await call(server.url, 'category.get', { ks: admin, id: child.id })).code, 'CATEGORY_NOT_FOUND')
    assert.equal(await call(server.url, 'media.delete', { ks: admin, entryId: entry.id }), null)
    assert.equal(
      (await call(server.url, 'media.get', { ks: admin, entryId: entry.id })).message,
      `Entry id "${entry.id}" not found`,
    )
  })

  test('an allowed action of the catalogue that is not in the sandbox passes every gate and says so', async () => {
    const answer = await call(server.url, 'flavorAsset.list', { ks: admin })
    assert.equal(answer.code, 'SERVICE_DOES_NOT_EXISTS')
    assert.deepEqual([answer.diagnosis.stage, answer.diagnosis.cause.id], ['action', 'not-in-sandbox'])
    assert.match(answer.diagnosis.cause.saw, /not in the sandbox/)
    const ks = await sessionOf({ sessionUserId: ANA })
    assert.equal((await call(server.url, 'flavorAsset.get', { ks, id: 'x' })).code, 'SERVICE_FORBIDDEN')
  })

  test('a user is added, read, listed, changed and deleted with its tokens and their sessions', async () => {
    const add = (user: object) => call(server.url, 'user.add', { ks: admin, user })
    assert.equal((await add({ id: 'carla', email: 'carla@example.org' })).status, 1)
    assert.equal((await add({ id: 'carla' })).message, 'User with id [carla] already exists in system')
    assert.equal((await add({ id: 'no blanks' })).message, 'value in field [id] is not valid')
    assert.equal((await call(server.url, 'user.list', { ks: admin, filter: { idEqual: 'carla' } })).totalCount, 1)
    assert.equal(
      (await call(server.url, 'user.update', { ks: admin, userId: 'carla', user: { fullName: 'Carla C' } })).fullName,
      'Carla C',
    )
    const token = await addToken(server, admin, { sessionUserId: 'carla' })
    const { ks } = await logIn(server, token)
    assert.equal((await call(server.url, 'user.get', { ks })).id, 'carla')
    assert.equal(
      (await call(server.url, 'user.get', { ks, userId: ANA })).code,
      'CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION',
    )
    await call(server.url, 'user.delete', { ks: admin, userId: 'carla' })
    assert.equal((await call(server.url, 'media.list', { ks })).args.KSID, 'LOGOUT')
    assert.equal((await logIn(server, token)).code, 'APP_TOKEN_ID_NOT_FOUND')
    assert.equal((await call(server.url, 'user.get', { ks: admin, userId: 'carla' })).message, 'Invalid user id')
  })

  test('of equal categories that are added at once, one is made, and the others are told that it is there', async () => {
    const add = () => call(server.url, 'category.add', { ks: admin, category: { name: 'at once' } })
    const answers = await Promise.all(Array.from({ length: 10 }, add))
    assert.equal(answers.filter(({ code }) => code === undefined).length, 1)
    const refused = answers.find(({ code }) => code !== undefined)
    assert.deepEqual(
      [refused.code, refused.message, refused.diagnosis.cause.id],
      ['DUPLICATE_CATEGORY', 'The category "at once" already exists', 'value-taken'],
    )
  })

  test('each filter narrows a list, also one with a comma in it, and several narrow it together', async () => {
    const entry = await call(server.url, 'media.add', { ks: admin, entry: { name: 'one, with a comma ' } })
    const named = await list(admin, { filter: { nameEqual: 'one, with a comma ' } })
    assert.deepEqual(
      named.objects.map(({ id }: { id: string }) => id),
      [entry.id],
    )
    assert.equal((await list(admin, { filter: { nameEqual: 'one' } })).totalCount, 0)
    const categories = (await call(server.url, 'category.list', { ks: admin })).objects
    const [first, second] = categories.filter(({ fullName }: { fullName: string }) =>
      ['lectures', 'product'].includes(fullName),
    )
    const count = async (filter: object) => (await list(admin, { filter })).totalCount
    const both = await count({ categoriesIdsMatchOr: `${first.id},${second.id}` })
    const one = await count({ categoriesMatchOr: first.fullName })
    assert.ok(one > 0 && both > one)
    assert.equal(
      await count({ categoriesIdsMatchOr: `${first.id},${second.id}`, categoriesMatchOr: first.fullName }),
      one,
    )
    assert.equal(await count({ categoriesIdsMatchOr: `${second.id}`, categoriesMatchOr: first.fullName }), 0)
    assert.equal(await count({ creatorIdEqual: ANA }), await count({ userIdEqual: ANA }))
  })

  test('a user who bears the id 0 has no say over widget sessions', async () => {
    await call(server.url, 'user.add', { ks: admin, user: { id: '0', status: 0 } })
    const token = await addToken(server, admin)
    assert.equal((await logIn(server, token)).objectType, 'KalturaSessionInfo')
  })

  test('asking about a session that cannot be read is told apart from calling with one', async () => {
    const answer = await call(server.url, 'session.get', { ks: admin, session: 'garbage' })
    assert.equal(answer.message, 'Invalid KS "7 characters", Error "-1,INVALID_STR"')
    assert.deepEqual([answer.diagnosis.stage, answer.diagnosis.cause.id], ['parameters', 'parameter-invalid'])
    assert.match(answer.diagnosis.cause.saw, /"session"/)
  })

  test('a deleted entry is in no list, not even by its status', async () => {
    const entry = await call(server.url, 'media.add', { ks: admin, entry: { name: 'soon gone' } })
    await call(server.url, 'media.delete', { ks: admin, entryId: entry.id })
    const found = await list(admin, { filter: { idEqual: entry.id, statusEqual: '3' } })
    assert.equal(found.totalCount, 0)
  })

  test('partner.getInfo tells no secret', async () => {
    const info = await call(server.url, 'partner.getInfo', { ks: admin })
    assert.equal(info.id, server.partnerId)
    assert.ok(!JSON.stringify(info).includes(server.adminSecret) && !('adminSecret' in info) && !('secret' in info))
  })
})
