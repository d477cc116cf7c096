import assert from 'node:assert/strict'
import { appToken, nextNumber, revocation, user } from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { ALL, assertSame, isCode } from './same.ts'

const NOW = 1_700_000_500

export const userBehaviours: StoreBehaviours = {
  async 'a user comes back as it was created'(store) {
    const created = user({
      partnerId: nextNumber(),
      status: 0,
      isAdmin: true,
      roleIds: [5, 3, 4],
      screenName: 'Ann',
      fullName: 'Ann Other',
      firstName: 'Ann',
      lastName: 'Other',
      email: 'ann@example.org',
      description: '',
      tags: 'a,b',
      partnerData: '{"x":1}',
    })
    assert.equal(await store.users.create(created), true)
    assertSame(await store.users.find(created.partnerId, created.id), created)
    assertSame(await store.users.list(created.partnerId, {}, [], ALL), { total: 1, items: [created] })
  },

  async 'an empty text is not the same as none'(store) {
    const partnerId = nextNumber()
    await store.users.create(user({ partnerId, id: 'empty', screenName: '' }))
    await store.users.create(user({ partnerId, id: 'none' }))
    assert.equal((await store.users.find(partnerId, 'empty'))?.screenName, '')
    assert.equal((await store.users.find(partnerId, 'none'))?.screenName, undefined)
  },

  async 'the empty id is an id'(store) {
    const created = user({ partnerId: nextNumber(), id: '' })
    assert.equal(await store.users.find(created.partnerId, ''), undefined)
    assert.equal(await store.users.create(created), true)
    assertSame(await store.users.find(created.partnerId, ''), created)
  },

  async 'the same user id at two partners is two users'(store) {
    const [one, two] = [nextNumber(), nextNumber()]
    assert.equal(await store.users.create(user({ partnerId: one, id: 'ann', screenName: 'one' })), true)
    assert.equal(await store.users.create(user({ partnerId: two, id: 'ann', screenName: 'two' })), true)
    assert.equal((await store.users.find(one, 'ann'))?.screenName, 'one')
    assert.equal((await store.users.find(two, 'ann'))?.screenName, 'two')
  },

  async 'a user id is taken while its user lives'(store) {
    const first = user({ partnerId: nextNumber(), screenName: 'first' })
    assert.equal(await store.users.create(first), true)
    assert.equal(await store.users.create({ ...first, screenName: 'second' }), false)
    assertSame(await store.users.find(first.partnerId, first.id), first)
  },

  async 'of two users created at once under one id exactly one is'(store) {
    const first = user({ partnerId: nextNumber() })
    const created = await Promise.all([store.users.create(first), store.users.create(first)])
    assert.deepEqual(created.toSorted(), [false, true])
  },

  async 'a deleted user is neither found nor listed nor changed'(store) {
    const { partnerId, id } = user({ partnerId: nextNumber() })
    await store.users.create(user({ partnerId, id }))
    assert.equal(await store.users.delete(partnerId, id, NOW, () => []), true)
    assert.equal(await store.users.find(partnerId, id), undefined)
    assert.deepEqual(await store.users.list(partnerId, { ids: [id], statuses: [2] }, [], ALL), { total: 0, items: [] })
    assert.equal(await store.users.update(partnerId, id, { screenName: 'x' }), false)
    assert.equal(await store.users.delete(partnerId, id, NOW, () => []), false)
  },

  async 'a new user takes the place of a deleted one and nothing of it'(store) {
    const first = user({ partnerId: nextNumber(), isAdmin: true, roleIds: [1], email: 'old@example.org' })
    await store.users.create(first)
    await store.users.delete(first.partnerId, first.id, NOW, () => [])
    const second = user({ partnerId: first.partnerId, id: first.id, createdAt: NOW, updatedAt: NOW })
    assert.equal(await store.users.create(second), true)
    assertSame(await store.users.find(first.partnerId, first.id), second)
  },

  async 'deleting a user deletes its tokens and revokes what it is told to, and nobody else’s'(store) {
    const partnerId = nextNumber()
    const gone = user({ partnerId })
    await store.users.create(gone)
    const mine = [appToken({ partnerId, sessionUserId: gone.id }), appToken({ partnerId, sessionUserId: gone.id })]
    const other = appToken({ partnerId, sessionUserId: `${gone.id}x` })
    const elsewhere = appToken({ partnerId: nextNumber(), sessionUserId: gone.id })
    for (const token of [...mine, other, elsewhere]) assert.equal(await store.appTokens.create(token), true)
    // Known before, so that a stale answer would show.
    for (const token of mine) assert.ok(await store.appTokens.find(partnerId, token.id))
    const keys = mine.map(() => revocation({ kind: 'group' }))
    for (const { key } of keys) assert.deepEqual(await store.revocations.find([key], NOW), [])

    let asked: readonly string[] = []
    const isDeleted = await store.users.delete(partnerId, gone.id, NOW, (ids) => {
      asked = ids
      return keys
    })
    assert.equal(isDeleted, true)
    assert.deepEqual(asked.toSorted(), mine.map(({ id }) => id).toSorted())
    for (const token of mine) assert.equal(await store.appTokens.find(partnerId, token.id), undefined)
    for (const key of keys) assertSame(await store.revocations.find([key.key], NOW), [key])
    assertSame(await store.appTokens.find(partnerId, other.id), other)
    assertSame(await store.appTokens.find(elsewhere.partnerId, elsewhere.id), elsewhere)
  },

  async 'deleting a user that is not there revokes nothing'(store) {
    const { partnerId, id } = user({ partnerId: nextNumber() })
    const token = appToken({ partnerId, sessionUserId: id })
    await store.appTokens.create(token)
    const key = revocation()
    assert.equal(await store.users.delete(partnerId, id, NOW, () => [key]), false)
    assertSame(await store.appTokens.find(partnerId, token.id), token)
    assert.deepEqual(await store.revocations.find([key.key], NOW), [])
  },

  async 'a token created while its user is deleted is deleted with it or comes with a new user'(store) {
    for (let round = 0; round < 10; round++) {
      const owner = user({ partnerId: nextNumber() })
      await store.users.create(owner)
      const token = appToken({ partnerId: owner.partnerId, sessionUserId: owner.id })
      const revoked = new Set<string>()
      await Promise.all([
        store.users.delete(owner.partnerId, owner.id, NOW, (ids) => {
          for (const id of ids) revoked.add(id)
          return []
        }),
        store.appTokens.create(token, owner),
      ])
      const isAlive = (await store.appTokens.find(owner.partnerId, token.id)) !== undefined
      const hasOwner = (await store.users.find(owner.partnerId, owner.id)) !== undefined
      assert.equal(isAlive, hasOwner)
      if (!isAlive) assert.ok(revoked.has(token.id))
    }
  },

  async 'an update of a user changes what it names, and clears what it names as undefined'(store) {
    const before = user({ partnerId: nextNumber(), email: 'a@example.org', tags: 'x', roleIds: [1] })
    await store.users.create(before)
    const change = { status: 0, email: undefined, roleIds: [2, 3], updatedAt: NOW } as const
    assert.equal(await store.users.update(before.partnerId, before.id, change), true)
    assertSame(await store.users.find(before.partnerId, before.id), { ...before, ...change })
  },

  async 'an update of a user that is not there says so'(store) {
    assert.equal(await store.users.update(nextNumber(), 'nobody', { screenName: 'x' }), false)
    const existing = user({ partnerId: nextNumber() })
    await store.users.create(existing)
    assert.equal(await store.users.update(existing.partnerId, existing.id, {}), true)
  },

  async 'a user that gets another id is found under that one and keeps its tokens'(store) {
    const before = user({ partnerId: nextNumber() })
    const { partnerId } = before
    await store.users.create(before)
    const token = appToken({ partnerId, sessionUserId: before.id })
    await store.appTokens.create(token)
    await store.appTokens.find(partnerId, token.id)
    const id = `${before.id}-renamed`
    assert.equal(await store.users.find(partnerId, id), undefined)
    assert.equal(await store.users.update(partnerId, before.id, { id }), true)
    assert.equal(await store.users.find(partnerId, before.id), undefined)
    assertSame(await store.users.find(partnerId, id), { ...before, id })
    assert.equal((await store.appTokens.find(partnerId, token.id))?.sessionUserId, id)
    let asked: readonly string[] = []
    await store.users.delete(partnerId, id, NOW, (ids) => {
      asked = ids
      return []
    })
    assert.deepEqual(asked, [token.id])
  },

  async 'a user cannot get the id of a living one, but that of a deleted one'(store) {
    const partnerId = nextNumber()
    const [ann, bob, old] = [user({ partnerId }), user({ partnerId }), user({ partnerId })]
    for (const one of [ann, bob, old]) await store.users.create(one)
    await store.users.delete(partnerId, old.id, NOW, () => [])
    await assert.rejects(store.users.update(partnerId, ann.id, { id: bob.id }), isCode('ALREADY_EXISTS'))
    assertSame(await store.users.find(partnerId, ann.id), ann)
    assertSame(await store.users.find(partnerId, bob.id), bob)
    assert.equal(await store.users.update(partnerId, ann.id, { id: old.id }), true)
    assertSame(await store.users.find(partnerId, old.id), { ...ann, id: old.id })
  },

  async 'users are filtered by id, beginning, status, admin flag and time'(store) {
    const partnerId = nextNumber()
    const rows = [
      user({ partnerId, id: 'anna', createdAt: 100, updatedAt: 500 }),
      user({ partnerId, id: 'Annabel', status: 0, createdAt: 200, updatedAt: 400 }),
      user({ partnerId, id: 'bob', screenName: 'Ann the second', isAdmin: true, createdAt: 300, updatedAt: 300 }),
      user({ partnerId, id: 'joann', createdAt: 400, updatedAt: 200 }),
    ]
    for (const row of rows) await store.users.create(row)
    const idsOf = async (filter: Parameters<typeof store.users.list>[1]) =>
      (await store.users.list(partnerId, filter, [{ field: 'createdAt', direction: 'ascending' }], ALL)).items.map(
        ({ id }) => id,
      )
    assert.deepEqual(await idsOf({}), ['anna', 'Annabel', 'bob', 'joann'])
    assert.deepEqual(await idsOf({ ids: ['bob', 'anna', 'nobody'] }), ['anna', 'bob'])
    assert.deepEqual(await idsOf({ ids: [] }), [])
    assert.deepEqual(await idsOf({ idOrScreenNameStartsWith: 'ann' }), ['anna', 'Annabel', 'bob'])
    assert.deepEqual(await idsOf({ statuses: [0] }), ['Annabel'])
    assert.deepEqual(await idsOf({ isAdmin: true }), ['bob'])
    assert.deepEqual(await idsOf({ isAdmin: false, statuses: [1] }), ['anna', 'joann'])
    assert.deepEqual(await idsOf({ createdAt: { from: 200, to: 300 } }), ['Annabel', 'bob'])
    assert.deepEqual(await idsOf({ updatedAt: { to: 300 } }), ['bob', 'joann'])
    assert.deepEqual(await idsOf({ updatedAt: { from: 9e15, to: -9e300 } }), [])
  },
}
