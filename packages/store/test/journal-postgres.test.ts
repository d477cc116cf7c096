import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { JournalLine } from '@latchkey/authority'
import { openStore, type StoreOptions } from '@latchkey/store'
import { CompiledQuery } from 'kysely'
import { Client } from 'pg'
import { formatLine } from '../src/journal/line.ts'
import { RowBatches } from '../src/journal/row-batches.ts'
import { openPostgres } from '../src/postgres/engine.ts'
import { temporaryDirectory } from './open.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

const NOW = 1_700_000_500
const ALL = { offset: 0, limit: 500 }

function line(overrides: Partial<JournalLine> = {}): JournalLine {
  return { at: NOW, requestId: 'r', partnerId: 7, door: 'v3', action: 'a.b', outcome: 'issued', ...overrides }
}

describe('a journal in PostgreSQL', () => {
  const directory = temporaryDirectory()
  let server: PostgresServer
  const open = (url: string, options: Partial<StoreOptions> = {}) =>
    openStore({ url, dataDirectory: directory.path, masterKeyPath: join(directory.path, 'master.key'), ...options })

  before(async () => {
    server = await startPostgres()
  })
  after(async () => {
    await server?.[Symbol.asyncDispose]()
    directory[Symbol.dispose]()
  })

  test('with `turn` a commit runs ahead of the disk until a flush, with `always` never', async () => {
    const url = await server.createDatabase('ahead')
    const engine = openPostgres({ url, busyTimeoutMs: 1000 })
    const isAhead = async () => {
      const query = CompiledQuery.raw('select pg_current_wal_insert_lsn() > pg_current_wal_flush_lsn() as ahead')
      return (await engine.read(query))[0]
    }
    try {
      for (const journalSync of ['turn', 'always'] as const) {
        await using store = await open(url, { journalSync })
        // The server writes out what runs ahead every so often, so one look may come too late.
        const seen = []
        for (let n = 0; n < 20; n++) {
          await store.journal.append(line())
          seen.push(await isAhead())
        }
        const everAhead = seen.some((each) => JSON.stringify(each) === '{"ahead":true}')
        assert.equal(everAhead, journalSync === 'turn')
        await store.journal.append(line())
        await store.journal.flush()
        assert.deepEqual(await isAhead(), { ahead: false })
      }
    } finally {
      await engine.close()
    }
  })

  test('its commits that run ahead leave the connection as it was, so that all others still wait', async () => {
    const url = await server.createDatabase('others')
    await (await open(url)).close()
    const engine = openPostgres({ url, busyTimeoutMs: 1000 })
    try {
      const batches = new RowBatches(engine, 'turn')
      await batches.append(formatLine(line()))
      // One at a time, so that it is the connection that the line went through.
      assert.deepEqual(await engine.read(CompiledQuery.raw('show synchronous_commit')), [{ synchronous_commit: 'on' }])
    } finally {
      await engine.close()
    }
  })

  test('many lines at once are all there, in the order of writing', async () => {
    const url = await server.createDatabase('many')
    await using store = await open(url)
    const rounds = Array.from({ length: 20 }, async (_, round) => {
      await new Promise((resolve) => setTimeout(resolve, round))
      await Promise.all(
        Array.from({ length: 100 }, (__, n) =>
          store.journal.append(line({ requestId: `${round}-${n}`, tokenId: 'x' })),
        ),
      )
    })
    await Promise.all(rounds)
    const { total, items } = await store.journal.list(7, {}, ALL)
    assert.equal(total, 2000)
    assert.equal((await store.journal.usage(7, 'x')).issued, 2000)
    const ofOne = items.filter(({ requestId }) => requestId.startsWith('19-')).map(({ requestId }) => requestId)
    assert.deepEqual(
      ofOne,
      Array.from({ length: 100 }, (_, n) => `19-${99 - n}`),
    )
  })

  test('lines that wait too long are refused and later ones are not; counts are kept for the next time', async () => {
    const url = await server.createDatabase('locked')
    await using store = await open(url, { busyTimeoutMs: 100 })
    const holder = new Client({ connectionString: url })
    await holder.connect()
    try {
      await holder.query('begin; lock table journal, token_usage in exclusive mode')
      store.journal.countCall(7, 'x', NOW)
      const refused = await Promise.allSettled([
        store.journal.append(line()),
        store.journal.append(line()),
        store.journal.flush(),
      ])
      assert.deepEqual(
        refused.map((each) => (each.status === 'rejected' ? each.reason.code : 'fulfilled')),
        ['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE', 'STORE_UNAVAILABLE'],
      )
      await holder.query('rollback')
      await store.journal.append(line())
      assert.equal((await store.journal.list(7, {}, ALL)).total, 1)
      store.journal.countCall(7, 'x', NOW + 1)
      assert.equal((await store.journal.usage(7, 'x')).calls, 2)
      await store.journal.flush()
      assert.equal((await store.journal.usage(7, 'x')).calls, 2)
    } finally {
      await holder.end()
    }
  })
})
