import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ACTIONS, actionsOf, type CatalogueAction, effectOf, findAction, nameOf, SERVICES } from '@latchkey/core'
import { REGISTRY } from '@latchkey/wire'
import { applyAtOnce } from './lib/change.ts'
import { attempt, officialClient, request } from './lib/official-client.ts'
import { changingCalls, makeTargets, otherParameters, type Targets, tokenReadingCalls } from './lib/plausible.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { tablesOf } from './lib/tables.ts'
import { type Answer, adminSession, call, logIn, post } from './lib/v3.ts'

const ALWAYS_COUNT = 86
/** Everything that has a name: the 772, and what is closed to everybody, or another name of one of them, or ours. */
const CALLABLE: readonly CatalogueAction[] = SERVICES.flatMap((service) => actionsOf(service))
const ENDS_THE_SESSION = 'session.end'
const AT_ONCE = 100

interface Matrix {
  readonly rows: readonly { readonly service: string; readonly cells: Readonly<Record<string, string>> }[]
}

/** Not read by their names, and yet nothing of the account is changed by them: sessions are handed out, not stored. */
const CHANGE_NOTHING = [
  'appToken.startSession',
  ENDS_THE_SESSION,
  'session.impersonate',
  'session.start',
  'session.startWidgetSession',
]

describe('a token of the preset get-and-list', () => {
  let server: RunningServer
  let admin: string
  let targets: Targets

  before(async () => {
    server = await startServer()
    admin = await adminSession(server)
    targets = await makeTargets(server, admin)
  })
  after(async () => server?.[Symbol.asyncDispose]())

  const ask = (action: string, params: object = {}) => call(server.url, action, { ks: admin, ...params })
  const suggested = (services?: string) => ask('latchkey_access.suggest', { preset: 'get-and-list', services })

  async function tokenFor(services?: string): Promise<{ suggestion: Answer; token: Answer; ks: string }> {
    const suggestion = await suggested(services)
    const answers = await applyAtOnce(server.url, admin, suggestion.change)
    const token = answers.at(-1)
    assert.equal(token.objectType, 'KalturaAppToken', JSON.stringify(answers))
    return { suggestion, token, ks: (await logIn(server, token)).ks }
  }

  /** What the session itself is told of every action. */
  async function cellsOf(ks: string): Promise<ReadonlyMap<string, string>> {
    const { rows }: Matrix = await call(server.url, 'latchkey_access.matrix', { ks })
    return new Map(
      rows.flatMap(({ service, cells }) =>
        Object.entries(cells).map(([action, cell]) => [`${service}.${action}`, cell] as const),
      ),
    )
  }

  const isRead = ({ service, action }: { service: string; action: string }) => {
    const found = findAction(service, action)
    return found !== undefined && effectOf(found) === 'read'
  }
  const isOpen = (cell: string | undefined) => cell === 'allow' || cell === 'own'

  function parametersOf(name: string): object {
    return { ...changingCalls(targets), ...tokenReadingCalls(targets) }[name] ?? otherParameters(name, targets)
  }

  for (const [chosen, services] of [
    ['the services media, category and user', 'media,category,user'],
    ['all services', undefined],
  ] as const) {
    describe(`for ${chosen}`, () => {
      let suggestion: Answer
      let token: Answer
      let ks: string
      let openByRight: ReadonlySet<string>

      before(async () => {
        ;({ suggestion, token, ks } = await tokenFor(services))
        openByRight = new Set([...suggestion.exact.actions, ...suggestion.always])
      })

      test("reads everybody's rows by the official client", async () => {
        const page = { pageSize: 500, pageIndex: 1 }
        for (const [service, rows] of [
          ['media', 42],
          ['category', 4],
          ['user', 3],
        ] as const) {
          const list = await attempt(request(service, 'listAction', null, page), officialClient(server.url, ks))
          assert.deepEqual([list.totalCount, list.objects?.length], [rows, rows], service)
          assert.deepEqual(list, await ask(`${service}.list`, { pager: page }))
        }
        const media = await attempt(request('media', 'listAction', null, page), officialClient(server.url, ks))
        const owners = new Set(media.objects.map(({ userId }: Answer) => userId))
        assert.ok(owners.has('ana@example.org') && owners.has('ben@example.org'))
        const entry = await attempt(request('media', 'get', media.objects[0].id), officialClient(server.url, ks))
        assert.deepEqual(entry, media.objects[0])
      })

      test('opens nothing but reads, and the actions that are open to everybody, which the answer lists', async () => {
        assert.equal(suggestion.always.length, ALWAYS_COUNT)
        assert.deepEqual(suggestion.exact.surplus, [])
        const byName = new Map(ACTIONS.map((action) => [nameOf(action), action]))
        for (const name of suggestion.exact.actions) {
          const action = byName.get(name)
          assert.ok(action !== undefined && effectOf(action) === 'read', name)
          if (services !== undefined) assert.ok(services.split(',').includes(action.service), name)
        }
        const cells = await cellsOf(ks)
        const open = ACTIONS.map(nameOf).filter((name) => isOpen(cells.get(name)))
        assert.deepEqual(open.sort(), [...openByRight].sort())
        const reach = await ask('latchkey_access.reach', { tokenId: token.id })
        assert.deepEqual(
          reach.services.flatMap((row: Answer) => row.delete.map((action: string) => `${row.service}.${action}`)),
          [],
        )
      })

      test('is told the same by explain and by matrix, for every action that has a name', async () => {
        const cells = await cellsOf(ks)
        assert.deepEqual([...cells.keys()].sort(), CALLABLE.map(nameOf).sort())
        for (let at = 0; at < CALLABLE.length; at += AT_ONCE) {
          const names = CALLABLE.slice(at, at + AT_ONCE).map(nameOf)
          const explained = await call(server.url, 'latchkey_access.explain', { ks, actions: names })
          assert.deepEqual(
            explained.map(({ action, effect }: Answer) => [action, effect === 'allow']),
            names.map((name) => [name, isOpen(cells.get(name))]),
          )
        }
      })

      test('is refused every other action, changes no row and reads no secret, whatever it calls', async () => {
        const cells = await cellsOf(ks)
        const { objects: tokens } = await ask('appToken.list', { pager: { pageSize: 500 } })
        const secrets = [server.adminSecret, server.userSecret, ...tokens.map((each: Answer) => each.token)]
        assert.ok(secrets.includes(targets.token.token) && secrets.includes(token.token))
        const rows = tablesOf(server)
        for (const action of CALLABLE) {
          const name = nameOf(action)
          if (name === ENDS_THE_SESSION) continue
          // What asks about an access is asked about its own.
          const reply = await post(server.url, name, { ks, a: ks, b: ks, ...parametersOf(name) })
          const body = await reply.text()
          const { code, diagnosis } = JSON.parse(body) ?? {}
          if (action.isFound) {
            const accepted = reply.headers.get('x-latchkey-accepted-permissions')
            assert.notEqual(accepted, null, name)
            if (code === 'SERVICE_FORBIDDEN' && action.kind === 'ordinary') {
              assert.equal(accepted, diagnosis.needed.join('; '), name)
            }
          }
          const isRefused = code === (action.isFound ? 'SERVICE_FORBIDDEN' : 'ACTION_DOES_NOT_EXISTS')
          assert.equal(isRefused, !isOpen(cells.get(name)) || !action.isFound, `${name}: ${body.slice(0, 500)}`)
          for (const secret of secrets) assert.ok(!body.includes(secret), name)
        }
        assert.deepEqual(tablesOf(server), rows)
      })

      test('is refused what its holder asks for when the session starts', async () => {
        const wishes = {
          type: 2,
          userId: 'ana@example.org',
          sessionPrivileges: 'setrole:1,setrole:null,edit:*,all:*,*',
        }
        const grant = await logIn(server, token, wishes)
        assert.ok(grant.dropped.length > 0)
        const cells = await cellsOf(grant.ks)
        const open = ACTIONS.map(nameOf).filter((name) => isOpen(cells.get(name)))
        assert.deepEqual(open.sort(), [...openByRight].sort())
        const added = await call(server.url, 'user.add', { ks: grant.ks, user: { id: 'planted@example.org' } })
        assert.equal(added.code, 'SERVICE_FORBIDDEN')
      })

      test('can end its own session, and nothing else follows from that', async () => {
        const { revocations: _, ...rows } = tablesOf(server)
        const own = (await logIn(server, token)).ks
        assert.equal(await call(server.url, ENDS_THE_SESSION, { ks: own }), null)
        assert.equal((await call(server.url, 'media.list', { ks: own })).code, 'INVALID_KS')
        assert.equal((await call(server.url, 'media.list', { ks })).objectType, 'KalturaMediaListResponse')
        const { revocations: __, ...after } = tablesOf(server)
        assert.deepEqual(after, rows)
      })

      test('may ask about itself, and about no other token, role or session', async () => {
        const { id } = targets.token
        const own = await call(server.url, 'latchkey_access.reach', { ks })
        assert.deepEqual(own, await ask('latchkey_access.reach', { tokenId: token.id }))
        for (const [action, params] of [
          ['explain', { tokenId: id, actions: 'media.list' }],
          ['matrix', { tokenId: id }],
          ['matrix', { roleId: targets.roleId }],
          ['reach', { tokenId: id }],
          ['compare', { a: ks, b: id }],
          ['compare', { a: ks, b: admin }],
          ['lint', { tokenId: id }],
        ] as const) {
          const refused = await call(server.url, `latchkey_access.${action}`, { ks, ...params })
          assert.equal(refused.message, `The access to service [latchkey_access->${action}] is forbidden`)
          assert.deepEqual(refused.diagnosis.needed, ['APP_TOKEN_BASE'])
          assert.ok(refused.diagnosis.held.some(({ from }: Answer) => from.startsWith('role:')))
        }
      })

      test('names its own permission among those that open an action', async () => {
        const own = suggestion.change[0].params.permission.name
        // To whoever comes without a session only what all accounts share.
        for (const [session, code, isTold] of [
          [ks, undefined, true],
          ['', 'SERVICE_FORBIDDEN', false],
        ] as const) {
          const reply = await post(server.url, 'user.list', { ks: session, partnerId: server.partnerId })
          const answer: Answer = await reply.json()
          assert.equal(answer.code, code)
          const accepted = reply.headers.get('x-latchkey-accepted-permissions')?.split('; ') ?? []
          assert.deepEqual([accepted.includes(own), accepted.includes('ADMIN_BASE')], [isTold, true])
        }
      })
    })
  }

  /** What sessions of a token can call, as the account's own session is told. */
  async function openTo(token: Answer): Promise<readonly string[]> {
    const { rows }: Matrix = await ask('latchkey_access.matrix', { tokenId: token.id })
    return rows.flatMap(({ service, cells }) =>
      Object.entries(cells).flatMap(([action, cell]) => (isOpen(cell) ? [`${service}.${action}`] : [])),
    )
  }

  test('can be asked for again and again: no name is taken', async () => {
    const first = await tokenFor('media')
    const open = await openTo(first.token)
    const names = new Set<string>()
    for (let times = 0; times < 30; times += 1) {
      const { suggestion, token, ks } = await tokenFor('media')
      assert.deepEqual(await openTo(token), open)
      assert.equal((await call(server.url, 'media.list', { ks })).totalCount, 42)
      names.add(suggestion.change[0].params.permission.name)
    }
    assert.equal(names.size, 30)
    const reply = await post(server.url, 'media.list', { ks: first.ks })
    const accepted = reply.headers.get('x-latchkey-accepted-permissions')?.split('; ') ?? []
    for (const name of names) assert.ok(accepted.includes(name), `${name} in ${accepted}`)
  })

  test('can be asked for where a permission of its name is blocked', async () => {
    const { suggestion } = await tokenFor('category')
    const permissionName = suggestion.change[0].params.permission.name
    await ask('permission.update', { permissionName, permission: { status: 2 } })
    const { ks } = await tokenFor('category')
    assert.equal((await call(server.url, 'category.list', { ks })).totalCount, 4)
  })

  test('opens no more where two ask at the same time, and only the first gets the names', async () => {
    const [one, other] = [await suggested('user'), await suggested('user')]
    assert.deepEqual(one.change, other.change)
    const [first] = (await applyAtOnce(server.url, admin, one.change)).slice(-1)
    const answers = await applyAtOnce(server.url, admin, other.change)
    assert.deepEqual(
      answers.map(({ code }) => code),
      ['PERMISSION_ALREADY_EXISTS', 'ROLE_NAME_ALREADY_EXISTS', undefined],
    )
    assert.deepEqual(await openTo(answers[2]), await openTo(first))
  })

  test('opens nothing where whoever asks for it may make tokens, but no roles', async () => {
    const names = ['APP_TOKEN_BASE', 'APP_TOKEN_ADD'].join(',')
    const role = await ask('userRole.add', { userRole: { name: 'makes tokens only', permissionNames: names } })
    const maker = await ask('appToken.add', {
      appToken: { hashType: 'SHA256', sessionType: 2, sessionPrivileges: `setrole:${role.id}` },
    })
    const { ks } = await logIn(server, maker)
    const { change } = await call(server.url, 'latchkey_access.suggest', { ks, preset: 'get-and-list' })
    const answers = await applyAtOnce(server.url, ks, change)
    assert.deepEqual(
      answers.map(({ code }) => code),
      ['SERVICE_FORBIDDEN', 'SERVICE_FORBIDDEN', undefined],
    )
    const session = await logIn(server, answers[2])
    assert.equal((await call(server.url, 'media.list', { ks: session.ks })).code, 'INVALID_OBJECT_ID')
    assert.deepEqual(await openTo(answers[2]), [])
  })

  test('is refused by the same calls that the session of the account is let through with', async () => {
    for (const calls of [tokenReadingCalls(targets), changingCalls(targets)]) {
      for (const [name, params] of Object.entries(calls)) {
        const rows = tablesOf(server)
        const answer = await ask(name, params)
        assert.equal(answer?.code, undefined, `${name}: ${JSON.stringify(answer)}`)
        const hasChanged = JSON.stringify(tablesOf(server)) !== JSON.stringify(rows)
        assert.equal(hasChanged, name in changingCalls(targets), name)
      }
    }
    const carriedOut = REGISTRY.filter((spec) => !isRead(spec)).map(({ service, action }) => `${service}.${action}`)
    const tried = Object.keys(changingCalls(targets))
    assert.deepEqual(carriedOut.filter((name) => !tried.includes(name)).sort(), [...CHANGE_NOTHING].sort())
  })
})
