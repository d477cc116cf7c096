import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { applyAtOnce } from './lib/change.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn } from './lib/v3.ts'

const ANA = 'ana@example.org'
const BEN = 'ben@example.org'

/** Wherever the permissions of a session come from, what is offered changes that place. */
describe('a fix of a refusal', () => {
  let server: RunningServer
  let admin: string
  let made = 0

  before(async () => {
    server = await startServer()
    admin = await adminSession(server)
  })
  after(async () => server?.[Symbol.asyncDispose]())

  const ask = (action: string, params: object = {}) => call(server.url, action, { ks: admin, ...params })
  const roleWith = (permissionNames: string) => {
    made += 1
    return ask('userRole.add', { userRole: { name: `role ${made}`, permissionNames } })
  }
  const userWith = (roleIds: string, more: object = {}) => {
    made += 1
    return ask('user.add', { user: { id: `user-${made}@example.org`, roleIds, ...more } })
  }

  interface Situation {
    readonly name: string
    /** The settings of the app token. */
    token(): Promise<object>
    readonly action: string
    readonly params?: () => Promise<object>
    readonly cause: string
    /** What the last call of each fix is. */
    readonly changes: string
    /** How many fixes there are. */
    readonly count: number
  }

  const openedBy = async (ks: string): Promise<readonly string[]> =>
    (await ask('latchkey_access.compare', { a: ks, b: ks })).both
  const entryOf = async (userId: string) => (await ask('media.list', { filter: { userIdEqual: userId } })).objects[0]

  const situations: readonly Situation[] = [
    {
      name: 'an own role of the app token',
      token: async () => ({
        sessionType: 2,
        sessionPrivileges: `setrole:${(await roleWith('CONTENT_MANAGE_BASE')).id}`,
      }),
      action: 'user.list',
      cause: 'role-too-small',
      changes: 'userRole.update',
      count: 4,
    },
    {
      name: 'a role that all accounts share',
      token: async () => ({ sessionType: 2, sessionPrivileges: 'setrole:UPLOAD_BASE_ROLE' }),
      action: 'user.list',
      cause: 'role-too-small',
      changes: 'appToken.update',
      count: 4,
    },
    {
      name: 'no role at all, by setrole:null',
      token: async () => ({ sessionType: 2, sessionPrivileges: 'setrole:null,privacycontext:site' }),
      action: 'category.list',
      cause: 'role-too-small',
      changes: 'appToken.update',
      count: 5,
    },
    {
      name: 'the one own role of the user',
      token: async () => {
        const role = await roleWith('CONTENT_MANAGE_BASE')
        return { sessionType: 2, sessionUserId: (await userWith(String(role.id))).id }
      },
      action: 'user.list',
      cause: 'user-role-wins',
      changes: 'userRole.update',
      count: 4,
    },
    {
      name: 'several roles of the user',
      token: async () => {
        const roles = [await roleWith('CONTENT_MANAGE_BASE'), await roleWith('PLAYLIST_BASE')]
        return { sessionType: 2, sessionUserId: (await userWith(roles.map(({ id }) => id).join(','))).id }
      },
      action: 'user.list',
      cause: 'user-role-wins',
      changes: 'user.update',
      count: 4,
    },
    {
      name: 'a restricting role',
      token: async () => {
        const role = await roleWith(
          'ACCOUNT_BASE,ADMIN_BASE,CAPTURE_DEVICE_PERMISSION,EP_BASE,WEBCAST_PRODUCER_PERMISSION',
        )
        return { sessionType: 2, sessionPrivileges: `restrictingrole:${role.id}` }
      },
      action: 'user.list',
      cause: 'restricted-by-role',
      changes: 'appToken.update',
      count: 1,
    },
    {
      name: 'an entry of somebody else',
      token: async () => ({ sessionType: 0, sessionUserId: ANA }),
      action: 'media.update',
      params: async () => ({ entryId: (await entryOf(BEN)).id, mediaEntry: { description: 'changed' } }),
      cause: 'entry-not-owned',
      changes: 'appToken.update',
      count: 2,
    },
  ]

  for (const { name, token: settings, action, params, cause, changes, count } of situations) {
    test(`lets the call through: ${name}`, async () => {
      const wanted = (await params?.()) ?? {}
      // Each fix on a token of its own, all of them refused before anything is changed.
      const offered: { token: Answer; before: string; fix: Answer }[] = []
      for (let place = 0; place < count; place += 1) {
        const token = await addToken(server, admin, { ...(await settings()) })
        const before = (await logIn(server, token)).ks
        const refused = await call(server.url, action, { ks: before, ...wanted })
        assert.equal(refused.diagnosis?.cause.id, cause, JSON.stringify(refused))
        assert.equal(refused.diagnosis.fixes?.length, count, JSON.stringify(refused.diagnosis))
        offered.push({ token, before, fix: refused.diagnosis.fixes[place] })
      }
      for (const { token, before, fix } of offered) {
        const opened = await openedBy(before)
        const last = fix.change.at(-1)
        assert.equal(`${last.service}.${last.action}`, changes)
        const answers = await applyAtOnce(server.url, admin, fix.change)
        for (const answer of answers) assert.equal(answer.code, undefined, `${fix.id}: ${JSON.stringify(answer)}`)
        const ks = (await logIn(server, token)).ks
        const answer = await call(server.url, action, { ks, ...wanted })
        assert.notEqual(answer.objectType, 'KalturaAPIException', `${fix.id}: ${JSON.stringify(answer)}`)
        const now = await openedBy(ks)
        const gained = now.filter((name) => !opened.includes(name))
        assert.deepEqual(
          opened.filter((name) => !now.includes(name)),
          [],
          fix.id,
        )
        assert.equal(gained.includes(action), !opened.includes(action), fix.id)
        assert.equal(gained.filter((name) => name !== action).length, fix.opens, fix.id)
      }
    })
  }

  test('of a user with several roles takes none of them away where the new one could not be made', async () => {
    const roles = [await roleWith('CONTENT_MANAGE_BASE'), await roleWith('PLAYLIST_BASE')]
    const user = await userWith(roles.map(({ id }) => id).join(','))
    const token = await addToken(server, admin, { sessionType: 2, sessionUserId: user.id })
    const { ks } = await logIn(server, token)
    const { fixes } = (await call(server.url, 'user.list', { ks })).diagnosis
    await ask('userRole.add', { userRole: fixes[0].change[0].params.userRole })
    const answers = await applyAtOnce(server.url, admin, fixes[0].change)
    assert.equal(answers[0].code, 'ROLE_NAME_ALREADY_EXISTS')
    assert.equal((await ask('user.get', { userId: user.id })).roleIds, user.roleIds)
    assert.equal((await call(server.url, 'user.list', { ks })).code, 'SERVICE_FORBIDDEN')
  })

  test('is none where no permission is the cause, and the explanation says so', async () => {
    const token = await addToken(server, admin, { sessionType: 2 })
    const { ks } = await logIn(server, token)
    for (const [action, verdict] of [
      ['batch.getExclusiveJobs', 'never-open'],
      ['cuePoint_cuePoint.list', 'feature'],
      ['media.list', 'allowed'],
    ] as const) {
      const [explained] = await call(server.url, 'latchkey_access.explain', { ks, actions: action })
      assert.deepEqual([explained.verdict, explained.fixes], [verdict, []], action)
    }
    const widget = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    const refused = await call(server.url, 'user.list', { ks: widget.ks })
    assert.deepEqual([refused.diagnosis.cause.id, refused.diagnosis.fixes], ['widget-session-still-used', undefined])
  })
})
