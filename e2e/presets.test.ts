import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { applyAtOnce } from './lib/change.ts'
import { attempt, kaltura, officialClient, request } from './lib/official-client.ts'
import { type RunningServer, startServer } from './lib/server.ts'
import { type Answer, adminSession, call, logIn, post } from './lib/v3.ts'

describe('a token of the preset', () => {
  let server: RunningServer
  let admin: string

  before(async () => {
    server = await startServer()
    admin = await adminSession(server)
  })
  after(async () => server?.[Symbol.asyncDispose]())

  const ask = (action: string, params: object = {}) => call(server.url, action, { ks: admin, ...params })

  async function tokenFor(wish: object): Promise<{ suggestion: Answer; token: Answer; ks: string }> {
    const suggestion = await ask('latchkey_access.suggest', wish)
    const answers = await applyAtOnce(server.url, admin, suggestion.change)
    for (const answer of answers) assert.equal(answer.code, undefined, JSON.stringify(answer))
    const token = answers.at(-1)
    return { suggestion, token, ks: (await logIn(server, token)).ks }
  }

  const opened = async (ks: string): Promise<readonly string[]> =>
    (await ask('latchkey_access.compare', { a: ks, b: ks })).both.toSorted()

  const opensJust = async (ks: string, suggestion: Answer) =>
    assert.deepEqual(await opened(ks), [...suggestion.exact.actions, ...suggestion.always].sort())

  test('upload adds entries and what belongs to them, and neither lists, changes nor deletes any', async () => {
    const { suggestion, ks } = await tokenFor({ preset: 'upload' })
    await opensJust(ks, suggestion)
    for (const name of ['uploadToken.add', 'uploadToken.upload', 'media.add', 'media.addContent', 'baseEntry.get']) {
      assert.ok(suggestion.exact.actions.includes(name), name)
    }
    const client = officialClient(server.url, ks)
    const entry = new (kaltura.objects.MediaEntry ?? Object)({ name: 'uploaded', mediaType: 1 })
    const added = await attempt(request('media', 'add', entry), client)
    assert.equal(added.name, 'uploaded')
    assert.deepEqual(await attempt(request('media', 'get', added.id), client), added)
    assert.deepEqual(await ask('media.get', { entryId: added.id }), added)
    for (const [service, action, ...args] of [
      ['media', 'listAction'],
      ['media', 'update', added.id, entry],
      ['media', 'deleteAction', added.id],
      ['baseEntry', 'listAction'],
      ['user', 'listAction'],
      ['appToken', 'listAction'],
    ] as const) {
      const refused = await attempt(request(service, action, ...args), client)
      assert.deepEqual(
        [refused.code, refused.diagnosis.cause.id],
        ['SERVICE_FORBIDDEN', 'role-too-small'],
        `${service}.${action}`,
      )
    }
  })

  test('recent-calls opens just the calls that are listed, and names those that it cannot open', async () => {
    const wanted = ['media.list', 'user.get', 'category.update']
    const { suggestion, ks } = await tokenFor({
      preset: 'recent-calls',
      actions: [...wanted, 'media.nonesuch', 'batch.getExclusiveJobs', 'system.ping'],
    })
    await opensJust(ks, suggestion)
    assert.deepEqual(suggestion.exact.actions.toSorted(), wanted.toSorted())
    assert.deepEqual(
      suggestion.impossible.map(({ action, reason }: Answer) => [action, reason]),
      [
        ['media.nonesuch', 'unknown'],
        ['batch.getExclusiveJobs', 'never-open'],
      ],
    )
    const [category] = (await ask('category.list')).objects
    const change = { id: category.id, category: { description: 'changed' } }
    assert.equal((await call(server.url, 'category.update', { ks, ...change })).description, 'changed')
    assert.equal((await call(server.url, 'media.list', { ks })).totalCount, (await ask('media.list')).totalCount)
    assert.equal((await call(server.url, 'user.get', { ks, userId: 'ana@example.org' })).id, 'ana@example.org')
    assert.equal((await call(server.url, 'category.list', { ks })).code, 'SERVICE_FORBIDDEN')
  })

  test('recent-calls without a call opens what is open to everybody', async () => {
    const { suggestion, ks } = await tokenFor({ preset: 'recent-calls' })
    assert.deepEqual(suggestion.exact.actions, [])
    await opensJust(ks, suggestion)
    assert.equal((await call(server.url, 'media.list', { ks })).code, 'SERVICE_FORBIDDEN')
  })

  test('full opens what a session of the account opens, and the answer warns of it', async () => {
    const { suggestion, token, ks } = await tokenFor({ preset: 'full', services: 'media' })
    assert.equal(suggestion.change.length, 1)
    assert.equal(token.description, 'Everything')
    assert.deepEqual(await opened(ks), await opened(admin))
    const user = await call(server.url, 'user.add', { ks, user: { id: 'made-by-full@example.org' } })
    assert.equal(user.id, 'made-by-full@example.org')
    assert.equal((await call(server.url, 'appToken.get', { ks, id: token.id })).token, token.token)
    const [{ service, action, params }] = suggestion.change
    const reply = await post(server.url, `${service}.${action}`, { ks: admin, ...params })
    assert.ok(reply.headers.get('x-latchkey-warnings')?.split('; ').includes('admin-without-role'))
  })

  test('is none where its id is none: the answer names those there are', async () => {
    const refused = await ask('latchkey_access.suggest', { preset: 'everything' })
    assert.equal(refused.code, 'INVALID_FIELD_VALUE')
    assert.match(refused.diagnosis.cause.saw, /get-and-list, upload, recent-calls, full/)
    const unknown = await ask('latchkey_access.suggest', { preset: 'get-and-list', services: 'media,nonesuch' })
    assert.equal(unknown.code, 'INVALID_FIELD_VALUE')
  })
})
