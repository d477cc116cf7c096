import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { areSameLists, RowCache } from '../src/row-cache.ts'

interface Row {
  readonly name: string
}

/** A table of one column, with every read counted, and a cache over it. */
function cached(max = 100) {
  const table = new Map<string, Row>()
  let version = 0
  let reads = 0
  const cache = new RowCache<Row, { readonly shown: string }>({
    version: () => version,
    parse: ({ name }) => ({ shown: name }),
    max,
  })
  const read = async (key: string): Promise<Row | undefined> => {
    reads += 1
    const row = table.get(key)
    return row && { ...row }
  }
  return {
    table,
    cache,
    find: (key: string) => cache.find(key, () => read(key)),
    someoneWrote: () => {
      version += 1
    },
    reads: () => reads,
  }
}

describe('RowCache', () => {
  test('reads a row once as long as nobody wrote, a missing one too', async () => {
    const { table, find, reads } = cached()
    table.set('a', { name: 'one' })
    const first = await find('a')
    assert.deepEqual(first, { shown: 'one' })
    assert.equal(await find('a'), first)
    assert.equal(await find('b'), undefined)
    assert.equal(await find('b'), undefined)
    assert.equal(reads(), 2)
  })

  test('gives the same object after a write that left the row alone, another after one that did not', async () => {
    const { table, find, someoneWrote, reads } = cached()
    table.set('a', { name: 'one' })
    const first = await find('a')
    someoneWrote()
    assert.equal(await find('a'), first)
    assert.equal(reads(), 2)
    assert.equal(await find('a'), first)
    assert.equal(reads(), 2)
    table.set('a', { name: 'two' })
    someoneWrote()
    assert.deepEqual(await find('a'), { shown: 'two' })
    table.delete('a')
    someoneWrote()
    assert.equal(await find('a'), undefined)
  })

  test('reads once for all who ask at the same time', async () => {
    const { table, find, reads } = cached()
    table.set('a', { name: 'one' })
    const [one, two] = await Promise.all([find('a'), find('a')])
    assert.equal(one, two)
    assert.equal(reads(), 1)
  })

  test('keeps nothing that was being read while it was dropped', async () => {
    const { cache, find, table } = cached()
    let finish: (row: Row) => void = () => {}
    const slow = cache.find('a', () => new Promise<Row>((resolve) => (finish = resolve)))
    table.set('a', { name: 'new' })
    cache.drop('a')
    const fresh = find('a')
    finish({ name: 'old' })
    assert.deepEqual(await slow, { shown: 'old' })
    assert.deepEqual(await fresh, { shown: 'new' })
    assert.deepEqual(await find('a'), { shown: 'new' })
  })

  test('keeps no failure', async () => {
    const { cache, find, table } = cached()
    await assert.rejects(cache.find('a', () => Promise.reject(new Error('down'))))
    table.set('a', { name: 'one' })
    assert.deepEqual(await find('a'), { shown: 'one' })
  })

  test('forgets what is not asked for, keeps what is, and never holds more than it may', async () => {
    const { find, reads, table, cache } = cached(10)
    table.set('hot', { name: 'hot' })
    const hot = await find('hot')
    for (let n = 0; n < 1000; n++) {
      await find(`cold ${n}`)
      assert.equal(await find('hot'), hot)
    }
    assert.equal(reads(), 1001, 'the hot one was read once')
    const held = Array.from({ length: 1000 }, (_, n) => cache.known(`cold ${n}`)).filter((known) => known !== undefined)
    assert.ok(held.length <= 10, `${held.length} are held`)
  })

  test('keeps a whole list under one key, the same one until a row of it changes, comes or goes', async () => {
    let rows: readonly Row[] = [{ name: 'one' }, { name: 'two' }]
    let version = 0
    let reads = 0
    const cache = new RowCache<readonly Row[], readonly string[]>({
      version: () => version,
      parse: (found) => found.map(({ name }) => name),
      areSame: areSameLists,
      max: 10,
    })
    const list = () =>
      cache.find('all', async () => {
        reads += 1
        return rows.map((row) => ({ ...row }))
      })
    const first = await list()
    assert.deepEqual(first, ['one', 'two'])
    assert.equal(await list(), first)
    assert.equal(reads, 1)
    version += 1
    assert.equal(await list(), first)
    for (const changed of [['one', 'three'], ['one', 'three', 'four'], ['one'], []]) {
      rows = changed.map((name) => ({ name }))
      version += 1
      assert.deepEqual(await list(), changed)
    }
  })
})
