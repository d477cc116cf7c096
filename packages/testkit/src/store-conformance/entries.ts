import assert from 'node:assert/strict'
import { category, entry, nextNumber } from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { ALL, assertSame } from './same.ts'

export const entryBehaviours: StoreBehaviours = {
  async 'an entry comes back as it was created, its categories in order'(store) {
    const created = entry({
      partnerId: nextNumber(),
      ownerId: 'ann',
      creatorId: 'bob',
      coEditors: ['cat', 'dan,"x"'],
      name: 'Rain',
      description: 'on the roof',
      tags: 'wet, loud',
      adminTags: 'internal',
      referenceId: 'r-1',
      categoryIds: [30, 4, 200],
      mediaType: 5,
      durationSeconds: 0,
      status: 7,
    })
    assert.equal(await store.entries.create([created]), true)
    assertSame(await store.entries.find(created.partnerId, created.id), created)
    assertSame(await store.entries.list(created.partnerId, {}, [], ALL), { total: 1, items: [created] })
  },

  async 'a viewer sees what is in no context, in its own, its user’s, or lifted for it'(store) {
    const partnerId = nextNumber()
    const make = (name: string, privacyContext?: string) =>
      store.categories.create(category({ partnerId, name, fullName: name, privacyContext }))
    const [open, sales, board] = [await make('open'), await make('sales', 'sales'), await make('board', 'board')]
    const inCategories = (...categoryIds: readonly number[]) => entry({ partnerId, ownerId: 'ann', categoryIds })
    const [bare, inOpen, inSales] = [inCategories(), inCategories(open.id), inCategories(sales.id)]
    const [inBoard, inBoth] = [inCategories(board.id), inCategories(open.id, board.id, sales.id)]
    const shared = { ...inCategories(board.id), coEditors: ['bob'] }
    await store.entries.create([bare, inOpen, inSales, inBoard, inBoth, shared])
    const seen = async (viewer: { userId?: string; context?: string; entryIds?: readonly string[] }) =>
      (await store.entries.list(partnerId, { visibleTo: { entryIds: [], ...viewer } }, [], ALL)).items.map(
        ({ id }) => id,
      )
    const ids = (...entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id).sort()
    assert.deepEqual((await seen({})).sort(), ids(bare, inOpen))
    assert.deepEqual((await seen({ context: 'sales' })).sort(), ids(bare, inOpen, inSales, inBoth))
    assert.deepEqual((await seen({ context: 'Sales' })).sort(), ids(bare, inOpen))
    assert.deepEqual((await seen({ userId: 'bob' })).sort(), ids(bare, inOpen, shared))
    assert.deepEqual((await seen({ userId: 'ann' })).length, 6)
    assert.deepEqual((await seen({ entryIds: [inBoard.id] })).sort(), ids(bare, inOpen, inBoard))
  },

  async 'several entries are created all or not at all'(store) {
    const partnerId = nextNumber()
    const [first, second, third] = [entry({ partnerId }), entry({ partnerId }), entry({ partnerId })]
    assert.equal(await store.entries.create([first, second]), true)
    assert.equal(await store.entries.create([third, { ...second, name: 'other' }]), false)
    assert.equal(await store.entries.find(partnerId, third.id), undefined)
    assertSame(await store.entries.find(partnerId, second.id), second)
    assert.equal(await store.entries.create([third, third]), false)
    assert.equal(await store.entries.create([]), true)
  },

  async 'an entry is found only by its own partner'(store) {
    const created = entry({ partnerId: nextNumber() })
    await store.entries.create([created])
    const other = nextNumber()
    assert.equal(await store.entries.find(other, created.id), undefined)
    assert.equal(await store.entries.update(other, created.id, { name: 'x', categoryIds: [9] }), false)
    assertSame(await store.entries.find(created.partnerId, created.id), created)
  },

  async 'an update of an entry changes what it names, categories too'(store) {
    const before = entry({ partnerId: nextNumber(), categoryIds: [1, 2], tags: 'a', ownerId: 'ann' })
    const { partnerId, id } = before
    await store.entries.create([before])
    await store.entries.find(partnerId, id)
    const change = { categoryIds: [3, 1], tags: undefined, status: 3, coEditors: ['eve'] }
    assert.equal(await store.entries.update(partnerId, id, change), true)
    assertSame(await store.entries.find(partnerId, id), { ...before, ...change })
    assert.equal(await store.entries.update(partnerId, id, { categoryIds: [] }), true)
    assertSame(await store.entries.find(partnerId, id), { ...before, ...change, categoryIds: [] })
  },

  async 'an entry is in a category once, however often it is put there'(store) {
    const created = entry({ partnerId: nextNumber(), categoryIds: [7, 7, 8] })
    assert.equal(await store.entries.create([created]), true)
    assert.deepEqual((await store.entries.find(created.partnerId, created.id))?.categoryIds, [7, 8])
  },

  async 'entries are filtered by each field and by all together'(store) {
    const partnerId = nextNumber()
    const a = entry({
      partnerId,
      ownerId: 'ann',
      name: 'Rain',
      tags: 'wet',
      createdAt: 1,
      updatedAt: 9,
      categoryIds: [1],
    })
    const b = entry({ partnerId, ownerId: 'bob', name: 'Sun', description: 'after RAIN', mediaType: 2, createdAt: 2 })
    const c = entry({ partnerId, ownerId: 'ann', referenceId: 'r', status: 3, createdAt: 3, categoryIds: [2, 1] })
    await store.entries.create([c, a, b])
    const found = async (filter: Parameters<typeof store.entries.list>[1]) =>
      (await store.entries.list(partnerId, filter, [{ field: 'createdAt', direction: 'ascending' }], ALL)).items
    assertSame(await found({}), [a, b, c])
    assertSame(await found({ ids: [b.id, 'nothing'] }), [b])
    assertSame(await found({ ownerIds: ['ann'] }), [a, c])
    assertSame(await found({ ownerIds: ['ANN'] }), [])
    assertSame(await found({ referenceIds: ['r', 's'] }), [c])
    assertSame(await found({ mediaTypes: [2] }), [b])
    assertSame(await found({ statuses: [2] }), [a, b])
    assertSame(await found({ categoryIds: [1] }), [a, c])
    assertSame(await found({ categoryIds: [2, 3] }), [c])
    assertSame(await found({ categoryIds: [] }), [])
    assertSame(await found({ nameLike: 'rain' }), [a])
    assertSame(await found({ freeText: 'rAiN' }), [a, b])
    assertSame(await found({ tagsLike: 'we' }), [a])
    assertSame(await found({ createdAt: { to: 2 } }), [a, b])
    assertSame(await found({ updatedAt: { to: 9 } }), [a])
    assertSame(await found({ ownerIds: ['ann'], statuses: [2], categoryIds: [1], freeText: 'rain' }), [a])
  },

  async 'entries are ordered by name, time and duration, either way'(store) {
    const partnerId = nextNumber()
    const a = entry({ partnerId, name: 'b', durationSeconds: 10, createdAt: 3, updatedAt: 1 })
    const b = entry({ partnerId, name: 'a', durationSeconds: 9, createdAt: 1, updatedAt: 3 })
    const c = entry({ partnerId, name: 'c', durationSeconds: 100, createdAt: 2, updatedAt: 2 })
    await store.entries.create([a, b, c])
    for (const [field, expected] of [
      ['name', [b, a, c]],
      ['durationSeconds', [b, a, c]],
      ['createdAt', [b, c, a]],
      ['updatedAt', [a, c, b]],
    ] as const) {
      const up = await store.entries.list(partnerId, {}, [{ field, direction: 'ascending' }], ALL)
      assertSame(up.items, expected)
      const down = await store.entries.list(partnerId, {}, [{ field, direction: 'descending' }], ALL)
      assertSame(down.items, expected.toReversed())
    }
  },

  async 'a deleted category is left by its entries'(store) {
    const partnerId = nextNumber()
    const top = await store.categories.create(category({ partnerId }))
    const below = await store.categories.create(category({ partnerId, parentId: top.id }))
    const other = await store.categories.create(category({ partnerId }))
    const created = entry({ partnerId, categoryIds: [top.id, other.id, below.id] })
    await store.entries.create([created])
    await store.entries.find(partnerId, created.id)
    assert.equal(await store.categories.delete(partnerId, top.id), true)
    assert.deepEqual((await store.entries.find(partnerId, created.id))?.categoryIds, [other.id])
    assert.equal((await store.entries.list(partnerId, { categoryIds: [below.id] }, [], ALL)).total, 0)
  },
}
