import assert from 'node:assert/strict'
import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { LatchkeyError } from '@latchkey/core'
import { appToken, partner, revocation } from '@latchkey/testkit'
import { openSqlite } from '../src/sqlite/engine.ts'
import { openEmbedded, temporaryDirectory } from './open.ts'

const NOW = 1_700_000_500

function isCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof LatchkeyError && error.code === code
}

async function holdLock(path: string): Promise<ChildProcess> {
  const holder = fork(join(import.meta.dirname, 'lock-holder.ts'), [path])
  await once(holder, 'message')
  return holder
}

async function letGo(holder: ChildProcess): Promise<void> {
  holder.send('let go')
  await once(holder, 'exit')
}

describe('a file that several share', () => {
  test('while another process holds the write lock, reads and other replies go on and only the write waits', async () => {
    using directory = temporaryDirectory()
    await using store = await openEmbedded(directory.path)
    const token = appToken({ partnerId: 7 })
    await store.appTokens.create(token)
    const holder = await holdLock(join(directory.path, 'data', 'latchkey.db'))
    const order: string[] = []
    const write = store.appTokens.delete(7, token.id, NOW, revocation()).then((isDeleted) => {
      assert.equal(isDeleted, true)
      order.push('write')
    })
    // Long enough for the writing thread to be stuck in the lock.
    await new Promise((resolve) => setTimeout(resolve, 100))
    const uncached = await store.appTokens.list(7, {}, [], { offset: 0, limit: 10 })
    assert.equal(uncached.total, 1)
    assert.ok(await store.appTokens.find(7, token.id))
    order.push('read')
    await nextTurn()
    order.push('reply')
    order.push('released')
    await letGo(holder)
    await write
    assert.deepEqual(order, ['read', 'reply', 'released', 'write'])
    assert.equal(await store.appTokens.find(7, token.id), undefined)
  })

  test('a write that waits too long is refused, did not happen, and holds up no later one', async () => {
    using directory = temporaryDirectory()
    await using store = await openEmbedded(directory.path, { busyTimeoutMs: 100 })
    const holder = await holdLock(join(directory.path, 'data', 'latchkey.db'))
    const created = partner()
    await assert.rejects(store.partners.create(created), isCode('STORE_UNAVAILABLE'))
    await letGo(holder)
    assert.equal(await store.partners.find(created.id), undefined)
    await store.partners.create(created)
    assert.ok(await store.partners.find(created.id))
  })

  test('what one store writes the other sees in its next turn, found before or not', async () => {
    using directory = temporaryDirectory()
    await using one = await openEmbedded(directory.path)
    await using two = await openEmbedded(directory.path)
    const created = partner()
    const token = appToken({ partnerId: created.id })
    const key = revocation({ kind: 'group' })
    assert.equal(await two.partners.find(created.id), undefined)
    assert.equal(await two.appTokens.find(created.id, token.id), undefined)
    assert.deepEqual(await two.revocations.find([key.key], NOW), [])
    await one.partners.create(created)
    await one.appTokens.create(token)
    await nextTurn()
    assert.equal((await two.partners.find(created.id))?.status, 1)
    assert.ok(await two.appTokens.find(created.id, token.id))
    await one.partners.update(created.id, { status: 3 })
    await one.appTokens.delete(created.id, token.id, NOW, key)
    await nextTurn()
    assert.equal((await two.partners.find(created.id))?.status, 3)
    assert.equal(await two.appTokens.find(created.id, token.id), undefined)
    assert.equal((await two.revocations.find([key.key], NOW)).length, 1)
  })

  test('a change by another store leaves what it did not touch the same object', async () => {
    using directory = temporaryDirectory()
    await using one = await openEmbedded(directory.path)
    await using two = await openEmbedded(directory.path)
    const [kept, other] = [partner(), partner()]
    await one.partners.create(kept)
    await one.partners.create(other)
    const before = await two.partners.find(kept.id)
    await one.partners.update(other.id, { status: 2 })
    await nextTurn()
    assert.equal((await two.partners.find(other.id))?.status, 2)
    assert.equal(await two.partners.find(kept.id), before)
  })

  test('calls of one session that are taken through two stores at once never exceed its limit', async () => {
    using directory = temporaryDirectory()
    await using one = await openEmbedded(directory.path)
    await using two = await openEmbedded(directory.path)
    const taken = await Promise.all(
      Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? one : two).revocations.takeCall('key', 33, NOW)),
    )
    assert.equal(taken.filter(Boolean).length, 33)
  })

  test('stores that open a new file at once agree on its data key', async () => {
    using directory = temporaryDirectory()
    const stores = await Promise.all([1, 2, 3].map(() => openEmbedded(directory.path)))
    const created = partner()
    await stores[0]?.partners.create(created)
    for (const store of stores) {
      assert.equal((await store.partners.find(created.id))?.adminSecret.expose(), created.adminSecret.expose())
      await store.close()
    }
  })
})

describe('the embedded store', () => {
  test('a unit that fails takes none of its turn’s others along', async () => {
    using directory = temporaryDirectory()
    await using store = await openEmbedded(directory.path)
    const engine = openSqlite({ path: join(directory.path, 'data', 'latchkey.db'), busyTimeoutMs: 1000 })
    const insert = (name: string | null) => ({
      sql: 'insert into store_info (name, value) values (?, ?)',
      parameters: [name, 'x'],
    })
    const results = await Promise.allSettled([
      engine.write([insert('a')]),
      engine.write([insert('b'), { sql: 'insert into no_such_table values (1)', parameters: [] }]),
      engine.write([insert('c'), insert(null)]),
      engine.write([insert('d'), insert('a')]),
      engine.write([insert('e')]),
    ])
    assert.deepEqual(
      results.map((result) => (result.status === 'fulfilled' ? result.value.done : 'rejected')),
      [true, 'rejected', 'rejected', false, true],
    )
    await engine.close()
    const database = new DatabaseSync(join(directory.path, 'data', 'latchkey.db'), { readOnly: true })
    const names = database.prepare('select name from store_info where value = ? order by name').all('x')
    database.close()
    assert.deepEqual(
      names.map(({ name }) => name),
      ['a', 'e'],
    )
    await store.check()
  })

  test('whoever is told of a write in the turn it ends in reads after it', async () => {
    using directory = temporaryDirectory()
    await (await openEmbedded(directory.path)).close()
    const engine = openSqlite({ path: join(directory.path, 'data', 'latchkey.db'), busyTimeoutMs: 1000 })
    for (let round = 0; round < 20; round++) {
      const before = engine.version()
      let isWritten = false
      const write = engine
        .write([{ sql: 'insert into store_info (name, value) values (?, ?)', parameters: [`round ${round}`, 'x'] }])
        .then(() => {
          isWritten = true
          return engine.version()
        })
      // Keeps the version known in every turn, as busy reads do.
      while (!isWritten) {
        engine.version()
        await nextTurn()
      }
      assert.notEqual(await write, before)
    }
    await engine.close()
  })

  test('it is new until it has a partner', async () => {
    using directory = temporaryDirectory()
    {
      await using store = await openEmbedded(directory.path)
      assert.equal(store.isNew, true)
    }
    {
      await using store = await openEmbedded(directory.path)
      assert.equal(store.isNew, true)
      await store.partners.create(partner())
    }
    await using store = await openEmbedded(directory.path)
    assert.equal(store.isNew, false)
  })

  test('a closed one answers nothing, and closes twice', async () => {
    using directory = temporaryDirectory()
    const store = await openEmbedded(directory.path)
    const pending = store.partners.create(partner({ id: 77 }))
    await Promise.all([store.close(), store.close()])
    await pending
    await nextTurn()
    await assert.rejects(store.partners.find(77), isCode('STORE_UNAVAILABLE'))
    await assert.rejects(store.revocations.find(['key'], NOW), isCode('STORE_UNAVAILABLE'))
    await assert.rejects(store.partners.create(partner()), isCode('STORE_UNAVAILABLE'))
    await assert.rejects(store.check(), isCode('STORE_UNAVAILABLE'))
  })

  test('an idle one keeps no process alive', () => {
    using directory = temporaryDirectory()
    const script = `
      import { openStore } from '@latchkey/store'
      const store = await openStore({ dataDirectory: process.argv[1], masterKeyPath: process.argv[1] + '/key' })
      await store.revocations.takeCall('key', 1, 1)
    `
    const { status, signal, stderr } = spawnSync(
      process.execPath,
      ['--conditions=source', '--input-type=module', '-e', script, directory.path],
      { cwd: import.meta.dirname, timeout: 20_000, encoding: 'utf8' },
    )
    assert.deepEqual({ status, signal, stderr }, { status: 0, signal: null, stderr: '' })
  })

  test('its files are for their owner alone', { skip: process.platform === 'win32' }, async () => {
    using directory = temporaryDirectory()
    await using store = await openEmbedded(directory.path)
    await store.partners.create(partner())
    const modeOf = (name: string) => (statSync(join(directory.path, name)).mode & 0o777).toString(8)
    assert.equal(modeOf('data'), '700')
    for (const name of ['latchkey.db', 'latchkey.db-wal', 'latchkey.db-shm']) {
      assert.equal(modeOf(join('data', name)), '600', name)
    }
    assert.equal(modeOf('master.key'), '600')
  })

  test('one that a later version made is refused, and left as it is', async () => {
    using directory = temporaryDirectory()
    await (await openEmbedded(directory.path)).close()
    const database = new DatabaseSync(join(directory.path, 'data', 'latchkey.db'))
    database.exec(`update store_info set value = '999' where name = 'schema'`)
    await assert.rejects(openEmbedded(directory.path), isCode('STORE_TOO_NEW'))
    assert.equal(database.prepare(`select value from store_info where name = 'schema'`).get()?.value, '999')
    database.close()
  })

  test('a file that is no database is refused as unavailable', async () => {
    using directory = temporaryDirectory()
    mkdirSync(join(directory.path, 'data'))
    writeFileSync(join(directory.path, 'data', 'latchkey.db'), 'x'.repeat(5000))
    await assert.rejects(openEmbedded(directory.path), isCode('STORE_UNAVAILABLE'))
  })
})
