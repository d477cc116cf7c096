import assert from 'node:assert/strict'
import type { Store } from '@latchkey/authority'
import { category, nextNumber } from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { ALL, assertSame } from './same.ts'

export const categoryBehaviours: StoreBehaviours = {
  async 'a category comes back as it was created, under an id of the store’s'(store) {
    const created = category({
      partnerId: nextNumber(),
      parentId: 5,
      name: 'Films',
      fullName: 'Media>Films',
      description: 'd',
      tags: 't',
      ownerId: 'ann',
      privacyContext: 'site',
      referenceId: 'r',
    })
    const stored = await store.categories.create(created)
    assertSame(stored, { ...created, id: stored.id })
    assertSame(await store.categories.find(created.partnerId, stored.id), stored)
    assert.equal(await store.categories.find(nextNumber(), stored.id), undefined)
  },

  async 'categories are filtered and ordered'(store) {
    const partnerId = nextNumber()
    const a = await store.categories.create(category({ partnerId, name: 'a', createdAt: 3, tags: 'one' }))
    const b = await store.categories.create(category({ partnerId, parentId: a.id, name: 'b', fullName: 'a>b' }))
    const c = await store.categories.create(category({ partnerId, name: 'A', description: 'ONE', createdAt: 2 }))
    const found = async (filter: Parameters<typeof store.categories.list>[1]) =>
      (await store.categories.list(partnerId, filter, [{ field: 'fullName', direction: 'ascending' }], ALL)).items
    assertSame(await found({}), [c, a, b])
    assertSame(await found({ ids: [a.id, b.id] }), [a, b])
    assertSame(await found({ parentIds: [a.id] }), [b])
    assertSame(await found({ fullNameEqual: 'a' }), [a])
    assertSame(await found({ fullNameStartsWith: 'a>' }), [b])
    assertSame(await found({ freeText: 'one' }), [c, a])
    assertSame(await found({ createdAt: { to: 3 } }), [c, a])
  },

  async 'of categories that take one full name at once, one gets it'(store) {
    const partnerId = nextNumber()
    const create = (name: string) => store.categories.create(category({ partnerId, name, fullName: name }))
    const made = await Promise.allSettled(Array.from({ length: 12 }, () => create('one')))
    assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 1)
    await assert.rejects(create('one'), { code: 'ALREADY_EXISTS' })
    const other = await create('other')
    assert.equal(await store.categories.update(partnerId, other.id, { name: 'one', fullName: 'one' }), false)
    assert.equal(await store.categories.update(partnerId, other.id, { name: 'other', fullName: 'other' }), true)
    assert.equal((await create('One')).fullName, 'One', 'case makes another name')
    assert.equal((await store.categories.create(category({ partnerId: nextNumber(), name: 'one' }))).name, 'one')
  },

  async 'a renamed category takes the full names below it along, and no others'(store) {
    const { partnerId, ids } = await tree(store)
    const before = await namesOf(store, partnerId)
    assert.deepEqual(before, ['a', 'a>b', 'a>b>c', 'a>b>c>d', 'ab', 'a>z'])
    assert.equal(await store.categories.update(partnerId, ids.b, { name: 'B😀', updatedAt: 9 }), true)
    assert.deepEqual(await namesOf(store, partnerId), ['a', 'a>B😀', 'a>B😀>c', 'a>B😀>c>d', 'ab', 'a>z'])
    assert.equal(await store.categories.update(partnerId, ids.a, { name: 'x', fullName: 'x' }), true)
    assert.deepEqual(await namesOf(store, partnerId), ['x', 'x>B😀', 'x>B😀>c', 'x>B😀>c>d', 'ab', 'x>z'])
    assert.equal((await store.categories.find(partnerId, ids.d))?.fullName, 'x>B😀>c>d')
  },

  async 'a moved category takes the full names below it along'(store) {
    const { partnerId, ids } = await tree(store)
    assert.equal(await store.categories.update(partnerId, ids.c, { parentId: ids.other }), true)
    assert.deepEqual(await namesOf(store, partnerId), ['a', 'a>b', 'ab>c', 'ab>c>d', 'ab', 'a>z'])
    assert.equal(await store.categories.update(partnerId, ids.c, { parentId: undefined }), true)
    assert.deepEqual(await namesOf(store, partnerId), ['a', 'a>b', 'c', 'c>d', 'ab', 'a>z'])
  },

  async 'a category cannot be moved beneath itself'(store) {
    const { partnerId, ids } = await tree(store)
    const before = await namesOf(store, partnerId)
    assert.equal(await store.categories.update(partnerId, ids.b, { parentId: ids.d }), false)
    assert.equal(await store.categories.update(partnerId, ids.b, { parentId: ids.b }), false)
    assert.deepEqual(await namesOf(store, partnerId), before)
    // Each sound by itself, together a circle.
    const moves = await Promise.all([
      store.categories.update(partnerId, ids.a, { parentId: ids.other }),
      store.categories.update(partnerId, ids.other, { parentId: ids.a }),
    ])
    assert.deepEqual(moves.toSorted(), [false, true])
  },

  async 'other changes leave the full name alone'(store) {
    const { partnerId, ids } = await tree(store)
    const before = await store.categories.find(partnerId, ids.b)
    const change = { tags: 'new', description: undefined }
    assert.equal(await store.categories.update(partnerId, ids.b, change), true)
    assertSame(await store.categories.find(partnerId, ids.b), { ...before, ...change })
    assert.equal(await store.categories.update(nextNumber(), ids.b, { name: 'x' }), false)
    assert.equal(await store.categories.update(partnerId, -5, { name: 'x' }), false)
  },

  async 'deleting a category deletes all below it and nothing beside it'(store) {
    const { partnerId, ids } = await tree(store)
    assert.equal(await store.categories.delete(nextNumber(), ids.b), false)
    assert.equal(await store.categories.delete(partnerId, ids.b), true)
    assert.deepEqual(await namesOf(store, partnerId), ['a', 'ab', 'a>z'])
    assert.equal(await store.categories.find(partnerId, ids.d), undefined)
    assert.equal(await store.categories.delete(partnerId, ids.b), false)
  },
}

/** a with b with c with d below; ab beside a, whose name begins alike; z below a. */
async function tree(store: Store) {
  const partnerId = nextNumber()
  const add = async (name: string, fullName: string, parentId?: number) =>
    (await store.categories.create(category({ partnerId, name, fullName, parentId }))).id
  const a = await add('a', 'a')
  const b = await add('b', 'a>b', a)
  const c = await add('c', 'a>b>c', b)
  const d = await add('d', 'a>b>c>d', c)
  const other = await add('ab', 'ab')
  const z = await add('z', 'a>z', a)
  return { partnerId, ids: { a, b, c, d, other, z } }
}

async function namesOf(store: Store, partnerId: number): Promise<readonly string[]> {
  return (await store.categories.list(partnerId, {}, [], ALL)).items.map(({ fullName }) => fullName)
}
