import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { LatchkeyError } from '@latchkey/core'
import { type OpenStore, openStore } from '@latchkey/store'
import { partner, storeBehaviours } from '@latchkey/testkit'
import { CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { openPostgres } from '../src/postgres/engine.ts'
import { temporaryDirectory } from './open.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

describe('on PostgreSQL', () => {
  const directory = temporaryDirectory()
  let server: PostgresServer
  let store: OpenStore
  const open = (url: string) =>
    openStore({ url, dataDirectory: directory.path, masterKeyPath: join(directory.path, 'master.key') })

  before(async () => {
    server = await startPostgres()
    store = await open(await server.createDatabase('conformance'))
  })
  after(async () => {
    await store?.close()
    await server?.[Symbol.asyncDispose]()
    directory[Symbol.dispose]()
  })

  for (const [sentence, holds] of Object.entries(storeBehaviours)) test(sentence, () => holds(store))

  test('two processes that open an empty database at once agree on its data key', async () => {
    const url = await server.createDatabase('at_once')
    const stores = await Promise.all([open(url), open(url), open(url)])
    try {
      const created = partner()
      await stores[0]?.partners.create(created)
      for (const one of stores) {
        assert.equal((await one.partners.find(created.id))?.adminSecret.expose(), created.adminSecret.expose())
      }
    } finally {
      await Promise.all(stores.map((one) => one.close()))
    }
  })

  test('a change by a second store is seen within a second or so', async () => {
    const url = await server.createDatabase('second')
    const [one, two] = [await open(url), await open(url)]
    try {
      const created = partner()
      await one.partners.create(created)
      assert.equal((await one.partners.find(created.id))?.status, 1)
      await two.partners.update(created.id, { status: 3 })
      const deadline = performance.now() + 5000
      while ((await one.partners.find(created.id))?.status !== 3) {
        assert.ok(performance.now() < deadline, 'still the old row after five seconds')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    } finally {
      await Promise.all([one.close(), two.close()])
    }
  })

  test('a commit waits for the disk, whatever the database and the URL say', async () => {
    const url = await server.createDatabase('careless')
    const engine = openPostgres({ url: `${url}?options=-c%20synchronous_commit%3Doff`, busyTimeoutMs: 1000 })
    try {
      const found = await engine.read(CompiledQuery.raw('show synchronous_commit'))
      assert.deepEqual(found, [{ synchronous_commit: 'on' }])
    } finally {
      await engine.close()
    }
  })

  test('a database in another encoding than UTF-8 is refused', async () => {
    const url = await server.createDatabase('another', `encoding 'LATIN1' locale_provider libc locale 'C'`)
    await assert.rejects(open(url), { code: 'SETTING_INVALID' })
  })

  test('a write that waits too long for a lock is refused and did not happen', async () => {
    const url = await server.createDatabase('locked')
    const one = await open(url)
    const two = await openStore({
      url,
      dataDirectory: directory.path,
      masterKeyPath: join(directory.path, 'master.key'),
      busyTimeoutMs: 100,
    })
    const created = partner()
    await one.partners.create(created)
    const holder = new Client({ connectionString: url })
    await holder.connect()
    try {
      await holder.query('begin; lock table partners in exclusive mode')
      await assert.rejects(two.partners.update(created.id, { status: 3 }), { code: 'STORE_UNAVAILABLE' })
      assert.equal((await two.partners.find(created.id))?.status, 1)
      await holder.query('rollback')
      assert.equal(await two.partners.update(created.id, { status: 4 }), true)
      assert.equal((await two.partners.find(created.id))?.status, 4)
    } finally {
      await holder.end()
      await Promise.all([one.close(), two.close()])
    }
  })

  test('a database that cannot be reached is unavailable, and the error holds no password', async () => {
    await assert.rejects(open('postgres://latchkey:planted-secret@127.0.0.1:1/nothing'), (error) => {
      assert.ok(error instanceof LatchkeyError)
      assert.equal(error.code, 'STORE_UNAVAILABLE')
      assert.doesNotMatch(`${error.message} ${error.cause} ${JSON.stringify(error)}`, /planted-secret/)
      return true
    })
  })

  test('a URL that is none is refused without being repeated', async () => {
    await assert.rejects(open('planted-secret'), (error) => {
      assert.ok(error instanceof LatchkeyError)
      assert.doesNotMatch(`${error.message} ${error.cause} ${JSON.stringify(error)}`, /planted-secret/)
      return true
    })
  })
})
