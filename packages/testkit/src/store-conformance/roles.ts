import assert from 'node:assert/strict'
import { nextNumber, permission, role, user } from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { assertSame, isCode } from './same.ts'

export const roleBehaviours: StoreBehaviours = {
  async 'a role comes back as it was created, under an id of the store’s'(store) {
    const created = role({
      partnerId: nextNumber(),
      name: 'reader',
      systemName: 'READER_ROLE',
      description: 'reads',
      status: 2,
      permissionNames: ['BASE_USER_SESSION_PERMISSION', '*'],
      tags: 'kmc',
    })
    const { id, ...rest } = await store.roles.create(created)
    assertSame(rest, created)
    assert.ok(Number.isSafeInteger(id) && id > 0)
    assertSame(await store.roles.find(created.partnerId, id), { ...created, id })
    assertSame(await store.roles.findBySystemName(created.partnerId, 'READER_ROLE'), { ...created, id })
    assertSame(await store.roles.list(created.partnerId), [{ ...created, id }])
  },

  async 'roles created at once get ids of their own, and are listed by them'(store) {
    const partnerId = nextNumber()
    const created = await Promise.all(Array.from({ length: 10 }, () => store.roles.create(role({ partnerId }))))
    const ids = created.map(({ id }) => id)
    assert.equal(new Set(ids).size, 10)
    assert.deepEqual(
      (await store.roles.list(partnerId)).map(({ id }) => id),
      ids.toSorted((a, b) => a - b),
    )
  },

  async 'a role is found only by its own partner'(store) {
    const created = await store.roles.create(role({ partnerId: nextNumber(), systemName: 'MINE' }))
    const other = nextNumber()
    assert.equal(await store.roles.find(other, created.id), undefined)
    assert.equal(await store.roles.findBySystemName(other, 'MINE'), undefined)
    assert.equal(await store.roles.update(other, created.id, { name: 'x' }), false)
    assertSame(await store.roles.find(created.partnerId, created.id), created)
  },

  async 'a changed role is read as changed, a deleted one not at all'(store) {
    const created = await store.roles.create(role({ partnerId: nextNumber(), systemName: 'OLD', tags: 'x' }))
    const { partnerId, id } = created
    await store.roles.find(partnerId, id)
    const change = { permissionNames: ['A'], systemName: 'NEW', tags: undefined }
    assert.equal(await store.roles.update(partnerId, id, change), true)
    assertSame(await store.roles.find(partnerId, id), { ...created, ...change })
    assert.equal(await store.roles.findBySystemName(partnerId, 'OLD'), undefined)
    assertSame(await store.roles.findBySystemName(partnerId, 'NEW'), { ...created, ...change })
    assert.equal(await store.roles.update(partnerId, id, { status: 3 }), true)
    assert.equal(await store.roles.find(partnerId, id), undefined)
    assert.equal(await store.roles.findBySystemName(partnerId, 'NEW'), undefined)
    assert.deepEqual(await store.roles.list(partnerId), [])
    assert.equal(await store.roles.update(partnerId, id, { status: 1 }), false)
  },

  async 'a role is found by its name as by its system name, case and all'(store) {
    const partnerId = nextNumber()
    const created = await store.roles.create(role({ partnerId, name: 'Reader %', systemName: 'R' }))
    assertSame(await store.roles.findByName(partnerId, 'Reader %'), created)
    for (const name of ['reader %', 'Reader', '', '\u0000']) {
      assert.equal(await store.roles.findByName(partnerId, name), undefined)
    }
    assert.equal(await store.roles.findByName(nextNumber(), 'Reader %'), undefined)
    await store.roles.delete(partnerId, created.id, 1)
    assert.equal(await store.roles.findByName(partnerId, 'Reader %'), undefined)
  },

  async 'a role’s names are taken while it lives, at one partner, however many ask at once'(store) {
    const partnerId = nextNumber()
    const named = { partnerId, name: 'one', systemName: 'ONE' }
    const settled = await Promise.allSettled(Array.from({ length: 8 }, () => store.roles.create(role(named))))
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal((await store.roles.list(partnerId)).length, 1)
    await assert.rejects(store.roles.create(role({ ...named, systemName: 'TWO' })), isCode('ROLE_NAME_TAKEN'))
    await assert.rejects(store.roles.create(role({ ...named, name: 'two' })), isCode('ROLE_SYSTEM_NAME_TAKEN'))
    assert.ok(await store.roles.create(role({ ...named, partnerId: nextNumber() })))
    const [first] = await store.roles.list(partnerId)
    assert.ok(first)
    assert.equal(await store.roles.update(partnerId, first.id, { name: 'one', systemName: 'ONE' }), true)
    assert.equal(await store.roles.delete(partnerId, first.id, 1), true)
    assert.ok(await store.roles.create(role(named)))
  },

  async 'a role cannot be renamed to what another one is called'(store) {
    const partnerId = nextNumber()
    await store.roles.create(role({ partnerId, name: 'a', systemName: 'A' }))
    const b = await store.roles.create(role({ partnerId, name: 'b', systemName: 'B' }))
    await assert.rejects(store.roles.update(partnerId, b.id, { name: 'a' }), isCode('ROLE_NAME_TAKEN'))
    await assert.rejects(store.roles.update(partnerId, b.id, { systemName: 'A' }), isCode('ROLE_SYSTEM_NAME_TAKEN'))
    assertSame(await store.roles.find(partnerId, b.id), b)
    assert.equal(await store.roles.update(partnerId, b.id, { name: 'c', systemName: undefined }), true)
    assertSame(await store.roles.findByName(partnerId, 'c'), { ...b, name: 'c', systemName: undefined })
  },

  async 'a role is not deleted while a living user has it, among others or alone'(store) {
    const partnerId = nextNumber()
    const used = await store.roles.create(role({ partnerId }))
    const { id } = used
    for (const roleIds of [[id], [id, 5], [5, id], [5, id, 6]]) {
      const holder = user({ partnerId, roleIds })
      await store.users.create(holder)
      await assert.rejects(store.roles.delete(partnerId, id, 1), isCode('ROLE_IN_USE'))
      assertSame(await store.roles.find(partnerId, id), used)
      await store.users.delete(partnerId, holder.id, 1, () => [])
    }
    await store.users.create(user({ partnerId, roleIds: [Number(`${id}1`), Number(`1${id}`)] }))
    await store.users.create(user({ partnerId: nextNumber(), roleIds: [id] }))
    assert.equal(await store.roles.delete(nextNumber(), id, 1), false)
    assert.equal(await store.roles.delete(partnerId, id, 77), true)
    assert.equal(await store.roles.find(partnerId, id), undefined)
    assert.equal(await store.roles.delete(partnerId, id, 78), false)
    for (const none of [-1, 0, 1.5, Number.NaN, 2 ** 53]) {
      assert.equal(await store.roles.delete(partnerId, none, 1), false)
    }
  },

  async 'a user gets no role that is gone, and a role does not go while users get it'(store) {
    const partnerId = nextNumber()
    const other = await store.roles.create(role({ partnerId: nextNumber() }))
    const first = user({ partnerId, roleIds: [other.id] })
    await assert.rejects(store.users.create(first, [other.id]), isCode('USER_ROLE_UNKNOWN'))
    assert.equal(await store.users.find(partnerId, first.id), undefined)
    for (let round = 0; round < 5; round += 1) {
      const { id } = await store.roles.create(role({ partnerId }))
      const [created, changed] = [user({ partnerId, roleIds: [id] }), user({ partnerId })]
      await store.users.create(changed)
      const outcomes = await Promise.allSettled([
        store.users.create(created, [id]),
        store.roles.delete(partnerId, id, 1),
        store.users.update(partnerId, changed.id, { roleIds: [id] }, [id]),
      ])
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') assert.equal(outcome.value, true)
        else assert.match(String(outcome.reason.code), /^(?:ROLE_IN_USE|USER_ROLE_UNKNOWN)$/)
      }
      const isThere = (await store.roles.find(partnerId, id)) !== undefined
      for (const holder of [created, changed]) {
        const has = (await store.users.find(partnerId, holder.id))?.roleIds.includes(id) ?? false
        assert.equal(has, isThere)
      }
    }
  },

  async 'a role number that no row can have is not found'(store) {
    const partnerId = nextNumber()
    for (const id of [-1, 0, 1.5, Number.NaN, 2 ** 53, 2 ** 63, 1e300]) {
      assert.equal(await store.roles.find(partnerId, id), undefined)
      assert.equal(await store.roles.update(partnerId, id, { name: 'x' }), false)
    }
  },

  async 'a permission comes back as it was created, under an id of the store’s'(store) {
    const created = permission({
      partnerId: nextNumber(),
      type: 3,
      name: 'A_PLUGIN_PERMISSION',
      friendlyName: 'A plugin',
      description: 'd',
      status: 2,
      dependsOn: ['B'],
      itemIds: [1, 1001, 772],
      tags: 't',
    })
    const stored = await store.permissions.create(created)
    assert.ok(stored)
    assertSame(stored, { ...created, id: stored.id })
    assertSame(await store.permissions.find(created.partnerId, created.name), stored)
    assertSame(await store.permissions.list(created.partnerId), [stored])
  },

  async 'a permission name is taken while its permission lives, at one partner'(store) {
    const first = permission({ partnerId: nextNumber() })
    const stored = await store.permissions.create(first)
    assert.ok(stored)
    assert.equal(await store.permissions.create(first), undefined)
    assert.ok(await store.permissions.create({ ...first, partnerId: nextNumber() }))
    assert.equal(await store.permissions.update(first.partnerId, stored.id, { status: 3 }), true)
    assert.equal(await store.permissions.find(first.partnerId, first.name), undefined)
    const second = await store.permissions.create(first)
    assert.ok(second)
    assert.notEqual(second.id, stored.id)
    assertSame(await store.permissions.find(first.partnerId, first.name), second)
  },

  async 'a permission that gets another name is found under that one, unless it is taken'(store) {
    const partnerId = nextNumber()
    const a = await store.permissions.create(permission({ partnerId, name: 'A' }))
    const b = await store.permissions.create(permission({ partnerId, name: 'B' }))
    assert.ok(a && b)
    await store.permissions.find(partnerId, 'C')
    assert.equal(await store.permissions.update(partnerId, a.id, { name: 'C' }), true)
    assertSame(await store.permissions.find(partnerId, 'C'), { ...a, name: 'C' })
    assert.equal(await store.permissions.find(partnerId, 'A'), undefined)
    await assert.rejects(store.permissions.update(partnerId, b.id, { name: 'C' }), isCode('ALREADY_EXISTS'))
    assertSame(await store.permissions.find(partnerId, 'B'), b)
    assert.equal(await store.permissions.update(nextNumber(), a.id, { name: 'D' }), false)
  },

  async 'the list of permissions is the same array again until one of its partner’s changes'(store) {
    const partnerId = nextNumber()
    const empty = await store.permissions.list(partnerId)
    assert.equal(await store.permissions.list(partnerId), empty)
    const a = await store.permissions.create(permission({ partnerId, name: 'A' }))
    assert.ok(a)
    const one = await store.permissions.list(partnerId)
    assertSame(one, [a])
    assert.ok(await store.permissions.create(permission({ partnerId: nextNumber() })))
    assert.equal(await store.permissions.create(permission({ partnerId, name: 'A' })), undefined)
    assert.equal(await store.permissions.update(partnerId, a.id + 1_000_000, { status: 2 }), false)
    assert.equal(await store.permissions.list(partnerId), one)
    assert.equal(await store.permissions.update(partnerId, a.id, { itemIds: [7] }), true)
    const changed = await store.permissions.list(partnerId)
    assertSame(changed, [{ ...a, itemIds: [7] }])
    assert.equal(await store.permissions.list(partnerId), changed)
    assert.equal(await store.permissions.update(partnerId, a.id, { status: 3 }), true)
    assertSame(await store.permissions.list(partnerId), [])
    assertSame(one, [a])
  },
}
