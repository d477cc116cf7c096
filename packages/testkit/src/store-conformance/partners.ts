import assert from 'node:assert/strict'
import { Secret } from '@latchkey/core'
import { nextNumber, partner, widget } from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { assertSame, isCode } from './same.ts'

export const partnerBehaviours: StoreBehaviours = {
  async 'a partner comes back as it was created, secrets included'(store) {
    const created = partner({
      name: 'Zoë & sons',
      status: 4,
      adminSecret: new Secret('first'),
      additionalAdminSecrets: [new Secret('second'), new Secret('third')],
      userSecret: new Secret('user'),
      sessionVersion: 1,
      maxSessionSeconds: 3600,
      isHttpsOnly: true,
      features: ['FEATURE_A', 'B_PLUGIN_PERMISSION'],
    })
    await store.partners.create(created)
    assertSame(await store.partners.find(created.id), created)
    assertSame(
      (await store.partners.list()).find(({ id }) => id === created.id),
      created,
    )
  },

  async 'a partner that does not exist is not found, whatever the number'(store) {
    for (const id of [nextNumber(), -1, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
      assert.equal(await store.partners.find(id), undefined)
      assert.equal(await store.partners.update(id, { name: 'x' }), false)
    }
  },

  async 'partners are listed by their number'(store) {
    const ids = [nextNumber(), nextNumber(), nextNumber()]
    for (const id of ids.toReversed()) await store.partners.create(partner({ id }))
    const listed = (await store.partners.list()).map(({ id }) => id)
    assert.deepEqual(
      listed.filter((id) => ids.includes(id)),
      ids,
    )
  },

  async 'a second partner of the same number is refused and leaves the first as it was'(store) {
    const first = partner()
    await store.partners.create(first)
    await assert.rejects(store.partners.create(partner({ id: first.id, name: 'other' })), isCode('ALREADY_EXISTS'))
    assertSame(await store.partners.find(first.id), first)
  },

  async 'of two partners created at once under one number exactly one is'(store) {
    const id = nextNumber()
    const results = await Promise.allSettled([1, 2].map((n) => store.partners.create(partner({ id, name: `n${n}` }))))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  },

  async 'a partner is born with its default widget'(store) {
    const { id } = partner()
    assert.equal(await store.widgets.find(`_${id}`), undefined)
    await store.partners.create(partner({ id }))
    assert.equal((await store.widgets.find(`_${id}`))?.partnerId, id)
  },

  async 'an update changes what it names and nothing else'(store) {
    const before = partner({ features: ['A'], additionalAdminSecrets: [new Secret('old')] })
    await store.partners.create(before)
    const change = {
      status: 2,
      adminSecret: new Secret('new'),
      additionalAdminSecrets: [before.adminSecret],
      isHttpsOnly: true,
      updatedAt: before.updatedAt + 5,
    } as const
    assert.equal(await store.partners.update(before.id, change), true)
    assertSame(await store.partners.find(before.id), { ...before, ...change })
  },

  async "a partner's own rules come back, can be changed, and are gone once they are taken away"(store) {
    const rules = {
      widgetRoleId: 3,
      userRoleIds: [7, 2],
      adminRoleId: 2_000_000_000,
      secondaryRoleId: 8,
      blockedActions: ['media.*', '*.delete'],
      alwaysAllowed: ['ALWAYS_ALLOWED_ACTIONS', 'OWN "QUOTED"'],
    }
    const created = partner({ rules })
    await store.partners.create(created)
    assertSame(await store.partners.find(created.id), created)
    const first = await store.partners.find(created.id)
    // What is worked out from a list is kept by it.
    assert.equal((await store.partners.find(created.id))?.rules?.blockedActions, first?.rules?.blockedActions)

    const fewer = { adminRoleId: 4, blockedActions: [] }
    assert.equal(await store.partners.update(created.id, { rules: fewer }), true)
    assertSame((await store.partners.find(created.id))?.rules, fewer)
    await store.partners.update(created.id, { name: 'other' })
    assertSame((await store.partners.find(created.id))?.rules, fewer)
    assert.equal(await store.partners.update(created.id, { rules: undefined }), true)
    assert.equal((await store.partners.find(created.id))?.rules, undefined)
  },

  async 'an empty update says whether the partner exists'(store) {
    const existing = partner()
    await store.partners.create(existing)
    assert.equal(await store.partners.update(existing.id, {}), true)
    assertSame(await store.partners.find(existing.id), existing)
  },

  async 'a read gives the same object until the row changes, and another one then'(store) {
    const created = partner()
    await store.partners.create(created)
    const first = await store.partners.find(created.id)
    assert.ok(first)
    assert.equal(await store.partners.find(created.id), first)
    // Someone else's row; what is derived from this one stays good.
    await store.partners.create(partner())
    await nextTurn()
    assert.equal(await store.partners.find(created.id), first)
    await store.partners.update(created.id, { name: 'other' })
    const second = await store.partners.find(created.id)
    assert.notEqual(second, first)
    assert.equal(second?.name, 'other')
  },

  async 'a partner that was looked for in vain is found once it exists'(store) {
    const created = partner()
    assert.equal(await store.partners.find(created.id), undefined)
    await store.partners.create(created)
    assertSame(await store.partners.find(created.id), created)
  },

  async 'a widget comes back as it was created'(store) {
    const created = widget({
      partnerId: nextNumber(),
      entryId: '0_abc',
      uiConfId: 23_448_292,
      securityType: 1,
      enforceEntitlement: false,
      privacyContext: 'site',
      roles: '77,78',
      privileges: 'sview:*',
    })
    assert.equal(await store.widgets.create(created), true)
    assertSame(await store.widgets.find(created.id), created)
    assertSame(await store.widgets.list(created.partnerId), [created])
  },

  async 'a widget id is taken once, over all partners'(store) {
    const first = widget({ partnerId: nextNumber() })
    assert.equal(await store.widgets.create(first), true)
    assert.equal(await store.widgets.create(widget({ id: first.id, partnerId: nextNumber() })), false)
    assertSame(await store.widgets.find(first.id), first)
  },

  async 'the store says that it answers'(store) {
    await store.check()
  },
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
