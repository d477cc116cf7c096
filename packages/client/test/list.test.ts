import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ListOptions, list, type Session } from '../src/index.ts'
import { FakeServer, refusal } from './fake-server.ts'

interface Item {
  readonly id: string
  readonly createdAt: number
}
interface Query {
  readonly filter: {
    readonly orderBy?: string
    readonly createdAtGreaterThanOrEqual?: number
    readonly createdAtLessThanOrEqual?: number
  }
  readonly pager: { readonly pageSize: number; readonly pageIndex: number }
}
interface Ways {
  readonly mostPerPage?: number
  readonly ignoresBound?: boolean
  readonly ignoresOrder?: boolean
  readonly ignoresIndex?: boolean
  readonly tellsNoTotal?: boolean
  /** How many objects pages go at most. */
  readonly reach?: number
  /** Called after each page. */
  readonly afterPage?: (items: Item[]) => void
}

/** A list action over `items`, as well or badly as `ways` says. */
async function listing(items: Item[], ways: Ways = {}): Promise<{ session: Session; server: FakeServer }> {
  const server = new FakeServer()
  server.answers['media.list'] = (body) => {
    const { filter, pager }: Query = JSON.parse(JSON.stringify(body))
    const { createdAtGreaterThanOrEqual: from = 0, createdAtLessThanOrEqual: to = Number.POSITIVE_INFINITY } =
      ways.ignoresBound ? {} : filter
    const found = items.filter(({ createdAt }) => createdAt >= from && createdAt <= to)
    const sign = filter.orderBy === '-createdAt' ? -1 : 1
    if (!ways.ignoresOrder && filter.orderBy?.endsWith('createdAt'))
      found.sort((a, b) => sign * (a.createdAt - b.createdAt))
    const size = Math.min(pager.pageSize, ways.mostPerPage ?? 500)
    const start = ways.ignoresIndex ? 0 : (pager.pageIndex - 1) * size
    const objects = found.slice(start, Math.min(start + size, ways.reach ?? found.length))
    ways.afterPage?.(items)
    return { objects, ...(!ways.tellsNoTotal && { totalCount: found.length }), objectType: 'KalturaMediaListResponse' }
  }
  return { session: await server.session(), server }
}

async function idsOf(session: Session, options: ListOptions = {}, filter = {}): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of list(session, 'media', { filter }, options)) ids.push(String(id))
  return ids
}

function itemsAt(...times: readonly number[]): Item[] {
  return times.map((createdAt, index) => ({ id: `0_${index}`, createdAt }))
}

const ascending = (count: number) => itemsAt(...Array.from({ length: count }, (_, index) => 1_700_000_000 + index))
const names = (items: readonly Item[]) => items.map(({ id }) => id)

describe('a list', () => {
  for (const count of [0, 1, 9, 10, 11, 35])
    test(`of ${count} is read to its end, ten a page, each once`, async () => {
      const items = ascending(count)
      const { session } = await listing(items)
      assert.deepEqual(await idsOf(session, { pageSize: 10 }), names(items))
    })

  for (const [what, times] of [
    ['all in one second', Array.from({ length: 35 }, () => 1_700_000_000)],
    ['a full page and one in one second', [...Array.from({ length: 11 }, () => 1_700_000_000), 1_700_000_001]],
    ['seconds that end with pages', Array.from({ length: 40 }, (_, index) => 1_700_000_000 + Math.floor(index / 10))],
    ['seconds that straddle pages', Array.from({ length: 40 }, (_, index) => 1_700_000_000 + Math.floor(index / 7))],
  ] as const)
    for (const pageSize of [1, 2, 10])
      test(`made ${what} is read once, ${pageSize} a page`, async () => {
        const items = itemsAt(...times)
        const { session } = await listing(items)
        assert.deepEqual(await idsOf(session, { pageSize }), names(items))
      })

  test('from which all that was read is deleted behind the reader misses nothing', async () => {
    const items = ascending(35)
    const all = names(items)
    const { session } = await listing(items, { afterPage: (left) => left.splice(0, 5) })
    const read = await idsOf(session, { pageSize: 10 })
    assert.deepEqual(read, all)
  })

  test('to which something is added in front repeats nothing', async () => {
    const items = ascending(35)
    const all = names(items)
    let added = 0
    const { session } = await listing(items, {
      afterPage: (left) => {
        added += 1
        left.unshift({ id: `new${added}`, createdAt: 1_600_000_000 + added })
      },
    })
    assert.deepEqual(await idsOf(session, { pageSize: 10 }), all)
  })

  for (const [what, ways] of [
    ['answers fewer than were asked for', { mostPerPage: 7 }],
    ['takes no notice of the bound', { ignoresBound: true }],
    ['takes no notice of the order', { ignoresOrder: true }],
    ['takes no notice of bound and order', { ignoresOrder: true, ignoresBound: true }],
    ['does not tell how many there are', { tellsNoTotal: true }],
    ['tells neither how many there are nor that it gives fewer', { tellsNoTotal: true, mostPerPage: 7 }],
  ] as const)
    test(`is read whole from a server that ${what}`, async () => {
      const items = ascending(35).map((item, index, all) => all[(index * 12) % 35] ?? item)
      const { session } = await listing(items, ways)
      assert.deepEqual((await idsOf(session, { pageSize: 10 })).sort(), names(items).sort())
    })

  for (const ways of [{ ignoresIndex: true }, { ignoresIndex: true, ignoresBound: true, tellsNoTotal: true }])
    test(`ends at a server that always answers the same page: ${Object.keys(ways)}`, async () => {
      const { session, server } = await listing(itemsAt(...Array.from({ length: 30 }, () => 7)), ways)
      assert.equal((await idsOf(session, { pageSize: 10 })).length, 10)
      assert.ok(server.count('media.list') < 6)
    })

  for (const [orderBy, which] of [
    [undefined, 'the oldest first'],
    ['+createdAt', 'the oldest first, as the caller asks'],
    ['-createdAt', 'the newest first'],
  ] as const)
    test(`of more than pages of the server go is read to its end, ${which}`, async () => {
      const items = itemsAt(...Array.from({ length: 12_345 }, (_, index) => 1_700_000_000 + Math.floor(index / 3)))
      const { session } = await listing([...items], { reach: 10_000 })
      const read = await idsOf(session, { pageSize: 500 }, orderBy && { orderBy })
      assert.equal(new Set(read).size, read.length)
      assert.deepEqual(read.toSorted(), names(items).toSorted())
      assert.equal(read[0], which === 'the newest first' ? '0_12342' : '0_0')
    })

  test('with the newest first keeps the bound of the caller, and misses nothing that is deleted behind the reader', async () => {
    const items = ascending(35)
    const { session } = await listing(items, { afterPage: (left) => left.splice(-3, 3) })
    const filter = {
      orderBy: '-createdAt',
      createdAtLessThanOrEqual: 1_700_000_019,
      createdAtGreaterThanOrEqual: 1_700_000_002,
    }
    const read = await idsOf(session, { pageSize: 5 }, filter)
    assert.deepEqual(
      read,
      Array.from({ length: 18 }, (_, index) => `0_${19 - index}`),
    )
  })

  test('in an order of the caller is counted by pages and left in that order', async () => {
    const items = ascending(25).reverse()
    const { session, server } = await listing(items)
    assert.deepEqual(await idsOf(session, { pageSize: 10 }, { orderBy: '-plays' }), names(items))
    assert.deepEqual(server.sent.at(-1)?.body.filter, { orderBy: '-plays' })
    assert.deepEqual(server.sent.at(-1)?.body.pager, { pageSize: 10, pageIndex: 3 })
  })

  test('keeps the filter and the parameters of the caller', async () => {
    const { session, server } = await listing(ascending(3))
    for await (const _ of list(session, 'media', { filter: { nameLike: 'x' }, language: 'EN' })) {
    }
    assert.deepEqual(server.sent.at(-1)?.body.filter, { nameLike: 'x', orderBy: '+createdAt' })
    assert.equal(server.sent.at(-1)?.body.language, 'EN')
  })

  for (const limit of [0, 1, 7, 10, 15, 100])
    test(`ends at ${limit} where no more are wanted, and asks for no page beyond`, async () => {
      const { session, server } = await listing(ascending(35))
      assert.equal((await idsOf(session, { pageSize: 10, limit })).length, Math.min(limit, 35))
      const { pager }: Partial<Query> = JSON.parse(JSON.stringify(server.sent.at(-1)?.body))
      if (limit > 0) assert.equal(pager?.pageSize, Math.min(limit, 10))
      assert.ok(server.count('media.list') <= Math.ceil(limit / 9))
    })

  for (const options of [
    { pageSize: 0 },
    { pageSize: 2.5 },
    { pageSize: Number.NaN },
    { limit: -1 },
    { limit: Number.NaN },
  ])
    test(`of ${JSON.stringify(options)} is an error of the caller rather than an empty one`, async () => {
      const { session } = await listing(ascending(3))
      await assert.rejects(idsOf(session, options), { code: 'OPTIONS_INVALID' })
    })

  test('whose reader stops asks for no further page', async () => {
    const { session, server } = await listing(ascending(35))
    for await (const _ of list(session, 'media', {}, { pageSize: 10 })) break
    assert.equal(server.count('media.list'), 1)
  })

  test('can be read by pages, and twice', async () => {
    const { session } = await listing(ascending(25))
    const entries = list(session, 'media', {}, { pageSize: 10 })
    for (let times = 0; times < 2; times += 1) {
      const sizes: number[] = []
      for await (const page of entries.pages()) sizes.push(page.length)
      assert.deepEqual(sizes, [10, 9, 6])
    }
  })

  test('ends with the reason of a signal', async () => {
    const { session } = await listing(ascending(35))
    const controller = new AbortController()
    const read: unknown[] = []
    await assert.rejects(async () => {
      for await (const entry of list(session, 'media', {}, { pageSize: 10, signal: controller.signal })) {
        read.push(entry)
        controller.abort(new Error('enough'))
      }
    }, /enough/)
    assert.equal(read.length, 10)
  })

  test('of objects without an id or a time, by another action, is counted by pages', async () => {
    const server = new FakeServer()
    server.answers['plugin_thing.search'] = (body) => {
      const { pager }: Query = JSON.parse(JSON.stringify(body))
      const all = Array.from({ length: 25 }, (_, index) => ({ name: `n${index}` }))
      return { objects: all.slice((pager.pageIndex - 1) * 10, pager.pageIndex * 10), totalCount: 25 }
    }
    const session = await server.session()
    const read: unknown[] = []
    for await (const { name } of list(session, 'plugin_thing', {}, { action: 'search', pageSize: 10 })) read.push(name)
    assert.equal(new Set(read).size, 25)
  })

  test('that takes no filter of its declared class is read without one', async () => {
    const items = ascending(25)
    const server = new FakeServer()
    server.answers['cuepoint_cuepoint.list'] = (body) => {
      if (body.filter !== undefined)
        return refusal('OBJECT_TYPE_ABSTRACT', 'abstract', { OBJ_TYPE: 'KalturaCuePointFilter' })
      const { pager }: Query = JSON.parse(JSON.stringify(body))
      return { objects: items.slice((pager.pageIndex - 1) * 10, pager.pageIndex * 10), totalCount: 25 }
    }
    const session = await server.session()
    const read: unknown[] = []
    for await (const { id } of list(session, 'cuepoint_cuepoint', {}, { pageSize: 10 })) read.push(id)
    assert.deepEqual(read, names(items))
    const filtered = list(session, 'cuepoint_cuepoint', { filter: { entryIdEqual: 'x' } })
    await assert.rejects(
      async () => {
        for await (const _ of filtered) {
        }
      },
      { code: 'OBJECT_TYPE_ABSTRACT' },
    )
  })

  test('that is answered without objects is empty, and by no list is an error', async () => {
    const server = new FakeServer()
    const session = await server.session()
    server.answers['media.list'] = () => ({ totalCount: 0 })
    assert.deepEqual(await idsOf(session), [])
    server.answers['media.list'] = () => ({ objects: 'x' })
    await assert.rejects(idsOf(session), { code: 'UNEXPECTED_ANSWER' })
  })
})
