import assert from 'node:assert/strict'
import { type AppToken, Secret } from '@latchkey/core'
import { appToken, nextNumber, revocation, user } from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { ALL, assertSame } from './same.ts'

const NOW = 1_700_000_500

export const appTokenBehaviours: StoreBehaviours = {
  async 'an id tells whose it is, also when its token is deleted, and to nobody else’s it leads'(store) {
    const [own, other] = [nextNumber(), nextNumber()]
    const [mine, yours] = [appToken({ partnerId: own }), appToken({ partnerId: other })]
    assert.equal(await store.appTokens.partnerOf(mine.id), undefined, 'before it is there')
    await store.appTokens.create(mine)
    await store.appTokens.create(yours)
    assert.deepEqual(
      [await store.appTokens.partnerOf(mine.id), await store.appTokens.partnerOf(yours.id)],
      [own, other],
    )
    assert.equal(await store.appTokens.partnerOf(mine.id.toUpperCase()), undefined)
    assert.equal(await store.appTokens.partnerOf('\0'), undefined)
    await store.appTokens.delete(own, mine.id, NOW, revocation({}))
    assert.equal(await store.appTokens.partnerOf(mine.id), own)
  },

  async 'what an app token has beyond the original comes back, its earlier value too, and can be cleared'(store) {
    const partnerId = nextNumber()
    const created = appToken({
      partnerId,
      previous: { value: new Secret('89abcdef0123456789abcdef01234567'), until: NOW + 60 },
      rotatedAt: NOW,
      labels: ['etl', 'nightly, "quoted"'],
      note: 'for the vendor',
      addresses: ['10.0.0.0/8', '2001:db8::1'],
      startsPerMinute: 5,
    })
    await store.appTokens.create(created)
    assertSame(await store.appTokens.find(partnerId, created.id), created)
    const value = new Secret('00000000111111112222222233333333')
    assert.equal(await store.appTokens.update(partnerId, created.id, { previous: { value } }), true)
    assertSame((await store.appTokens.find(partnerId, created.id))?.previous, { value })
    const cleared = {
      previous: undefined,
      labels: undefined,
      note: undefined,
      addresses: [],
      startsPerMinute: undefined,
    }
    assert.equal(await store.appTokens.update(partnerId, created.id, cleared), true)
    const { previous: _, labels: __, note: ___, addresses: ____, startsPerMinute: _____, ...rest } = created
    assertSame(await store.appTokens.find(partnerId, created.id), rest)
  },

  async 'a pause refuses the sessions of a token until it is over, and not beyond'(store) {
    const token = appToken({ partnerId: nextNumber() })
    await store.appTokens.create(token)
    const pause = revocation({ kind: 'pause', validUntil: undefined })
    const kinds = async () => (await store.revocations.find([pause.key], NOW)).map(({ kind }) => kind)
    assert.equal(await store.appTokens.update(token.partnerId, token.id, { status: 'disabled' }, { pause }), true)
    assert.deepEqual(await kinds(), ['pause'])
    const change = { status: 'active' } as const
    assert.equal(await store.appTokens.update(token.partnerId, token.id, change, { endPauseOf: pause.key }), true)
    assert.deepEqual(await kinds(), [])
    assert.equal(await store.appTokens.update(token.partnerId, '0_nowhere', change, { pause }), false)
    assert.deepEqual(await kinds(), [], 'nothing of a change that was refused')
  },

  async 'what lasts takes the place of a pause, and never the other way round'(store) {
    const token = appToken({ partnerId: nextNumber() })
    await store.appTokens.create(token)
    const group = revocation({ kind: 'group', validUntil: undefined })
    const pause = { ...group, kind: 'pause' } as const
    await store.revocations.add([pause])
    await store.revocations.add([group])
    await store.revocations.add([pause])
    await store.appTokens.update(token.partnerId, token.id, { status: 'active' }, { endPauseOf: group.key })
    assert.deepEqual(
      (await store.revocations.find([group.key], NOW)).map(({ kind }) => kind),
      ['group'],
    )
  },

  async 'an app token comes back as it was created, its value included'(store) {
    const created = appToken({
      partnerId: nextNumber(),
      value: new Secret('0123456789abcdef0123456789abcdef'),
      status: 'disabled',
      expiresAt: 1_800_000_000,
      sessionType: 2,
      sessionUserId: 'svc',
      sessionSeconds: 3600,
      sessionPrivileges: 'setrole:77,privacycontext:a b',
      hashType: 'SHA512',
      description: 'for the vendor',
    })
    assert.equal(await store.appTokens.create(created), true)
    assertSame(await store.appTokens.find(created.partnerId, created.id), created)
    assertSame(await store.appTokens.list(created.partnerId, {}, [], ALL), { total: 1, items: [created] })
  },

  async 'absent, empty and zero stay apart in an app token'(store) {
    const partnerId = nextNumber()
    const bare = appToken({ partnerId })
    const zeros = appToken({
      partnerId,
      expiresAt: 0,
      sessionType: 0,
      sessionUserId: '',
      sessionSeconds: 0,
      sessionPrivileges: '',
      description: '',
    })
    for (const token of [bare, zeros]) await store.appTokens.create(token)
    assertSame(await store.appTokens.find(partnerId, bare.id), bare)
    assertSame(await store.appTokens.find(partnerId, zeros.id), zeros)
    assertSame(await store.appTokens.list(partnerId, { sessionUserId: '' }, [], ALL), { total: 1, items: [zeros] })
  },

  async 'negative and large numbers come back unchanged'(store) {
    const partnerId = nextNumber()
    for (const number of [-1, -2_147_483_649, 4_294_967_296, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      const created = appToken({ partnerId, expiresAt: number, sessionSeconds: number, createdAt: number })
      assert.equal(await store.appTokens.create(created), true)
      assertSame(await store.appTokens.find(partnerId, created.id), created)
    }
  },

  async 'an app token is found only by its own partner'(store) {
    const [mine, other] = [nextNumber(), nextNumber()]
    const token = appToken({ partnerId: mine })
    await store.appTokens.create(token)
    assert.equal(await store.appTokens.find(other, token.id), undefined)
    assert.deepEqual(await store.appTokens.list(other, { ids: [token.id] }, [], ALL), { total: 0, items: [] })
    assert.equal(await store.appTokens.update(other, token.id, { description: 'taken over' }), false)
    const key = revocation()
    assert.equal(await store.appTokens.delete(other, token.id, NOW, key), false)
    assert.deepEqual(await store.revocations.find([key.key], NOW), [])
    assertSame(await store.appTokens.find(mine, token.id), token)
  },

  async 'an app token id is taken once, over all partners and for ever'(store) {
    const first = appToken({ partnerId: nextNumber() })
    assert.equal(await store.appTokens.create(first), true)
    const owner = user({ partnerId: nextNumber() })
    const second = appToken({ id: first.id, partnerId: owner.partnerId, sessionUserId: owner.id })
    assert.equal(await store.appTokens.create(second, owner), false)
    assert.equal(await store.users.find(owner.partnerId, owner.id), undefined, 'the user came without its token')
    await store.appTokens.delete(first.partnerId, first.id, NOW, revocation())
    assert.equal(await store.appTokens.create(second), false)
  },

  async 'of two app tokens created at once under one id exactly one is'(store) {
    const token = appToken({ partnerId: nextNumber() })
    const created = await Promise.all([store.appTokens.create(token), store.appTokens.create(token)])
    assert.deepEqual(created.toSorted(), [false, true])
  },

  async 'an app token brings its user along, and leaves a living one as it is'(store) {
    const owner = user({ partnerId: nextNumber(), screenName: 'first' })
    const { partnerId, id } = owner
    assert.equal(await store.users.find(partnerId, id), undefined)
    assert.equal(await store.appTokens.create(appToken({ partnerId, sessionUserId: id }), owner), true)
    assertSame(await store.users.find(partnerId, id), owner)
    const again = { ...owner, screenName: 'second' }
    assert.equal(await store.appTokens.create(appToken({ partnerId, sessionUserId: id }), again), true)
    assertSame(await store.users.find(partnerId, id), owner)
  },

  async 'an update brings a user along only when the token is there'(store) {
    const token = appToken({ partnerId: nextNumber() })
    const { partnerId } = token
    await store.appTokens.create(token)
    const [one, two] = [user({ partnerId }), user({ partnerId })]
    assert.equal(await store.appTokens.update(partnerId, '0_nowhere', { sessionUserId: one.id }, { user: one }), false)
    assert.equal(await store.users.find(partnerId, one.id), undefined)
    assert.equal(await store.appTokens.update(partnerId, token.id, { sessionUserId: two.id }, { user: two }), true)
    assertSame(await store.users.find(partnerId, two.id), two)
    assert.equal((await store.appTokens.find(partnerId, token.id))?.sessionUserId, two.id)
  },

  async 'an update of an app token changes what it names, and clears what it names as undefined'(store) {
    const before = appToken({ partnerId: nextNumber(), expiresAt: 5, sessionType: 0, description: 'x' })
    await store.appTokens.create(before)
    const change = {
      status: 'disabled',
      value: new Secret('another value'),
      expiresAt: undefined,
      sessionUserId: 'svc',
      updatedAt: NOW,
    } as const
    assert.equal(await store.appTokens.update(before.partnerId, before.id, change), true)
    assertSame(await store.appTokens.find(before.partnerId, before.id), { ...before, ...change })
    assert.equal(await store.appTokens.update(before.partnerId, before.id, {}), true)
    assertSame(await store.appTokens.find(before.partnerId, before.id), { ...before, ...change })
  },

  async 'deleting an app token hides it and revokes its sessions, all at once'(store) {
    const token = appToken({ partnerId: nextNumber() })
    const { partnerId, id } = token
    await store.appTokens.create(token)
    const key = revocation({ kind: 'group', validUntil: NOW + 100 })
    assert.deepEqual(await store.revocations.find([key.key], NOW), [])
    assert.equal(await store.appTokens.delete(partnerId, id, NOW, key), true)
    assert.equal(await store.appTokens.find(partnerId, id), undefined)
    assertSame(await store.revocations.find([key.key], NOW), [key])
    assert.deepEqual(await store.appTokens.list(partnerId, { statuses: ['deleted'] }, [], ALL), { total: 0, items: [] })
    assert.equal(await store.appTokens.update(partnerId, id, { status: 'active' }), false)
    assert.equal(await store.appTokens.delete(partnerId, id, NOW, revocation()), false)
  },

  async 'of two deletions at once exactly one is acknowledged'(store) {
    const token = appToken({ partnerId: nextNumber() })
    await store.appTokens.create(token)
    const remove = () => store.appTokens.delete(token.partnerId, token.id, NOW, revocation())
    assert.deepEqual((await Promise.all([remove(), remove()])).toSorted(), [false, true])
  },

  async 'app tokens are filtered by id, status, user and time'(store) {
    const partnerId = nextNumber()
    const a = appToken({ partnerId, sessionUserId: 'ann', createdAt: 100, updatedAt: 300 })
    const b = appToken({ partnerId, sessionUserId: 'Ann', status: 'disabled', createdAt: 200, updatedAt: 200 })
    const c = appToken({ partnerId, createdAt: 300, updatedAt: 100 })
    for (const token of [a, b, c]) await store.appTokens.create(token)
    const found = async (filter: Parameters<typeof store.appTokens.list>[1]): Promise<readonly AppToken[]> =>
      (await store.appTokens.list(partnerId, filter, [{ field: 'createdAt', direction: 'ascending' }], ALL)).items
    assertSame(await found({}), [a, b, c])
    assertSame(await found({ ids: [c.id, a.id] }), [a, c])
    assertSame(await found({ statuses: ['active'] }), [a, c])
    assertSame(await found({ sessionUserId: 'ann' }), [a])
    assertSame(await found({ createdAt: { from: 200 } }), [b, c])
    assertSame(await found({ updatedAt: { from: 200, to: 250 } }), [b])
    assertSame(await found({ statuses: ['active'], createdAt: { from: 200 } }), [c])
    assertSame(await found({ statuses: [] }), [])
  },

  async 'pages of app tokens follow the order asked for, and the id where that leaves a tie'(store) {
    const partnerId = nextNumber()
    const tokens = Array.from({ length: 7 }, (_, n) => appToken({ partnerId, createdAt: n % 2, updatedAt: 5 }))
    for (const token of tokens.toReversed()) await store.appTokens.create(token)
    const byTime = [
      { field: 'updatedAt', direction: 'ascending' },
      { field: 'createdAt', direction: 'descending' },
    ] as const
    const expected = [1, 0].flatMap((time) => tokens.filter(({ createdAt }) => createdAt === time)).map(({ id }) => id)
    const seen: string[] = []
    for (let offset = 0; offset < 9; offset += 3) {
      const page = await store.appTokens.list(partnerId, {}, byTime, { offset, limit: 3 })
      assert.equal(page.total, 7)
      seen.push(...page.items.map(({ id }) => id))
    }
    assert.deepEqual(seen, expected)
    assert.deepEqual(
      (await store.appTokens.list(partnerId, {}, [], ALL)).items.map(({ id }) => id),
      tokens.map(({ id }) => id).toSorted(),
    )
  },

  async 'a page beyond the end, or of no rows, still tells how many there are'(store) {
    const partnerId = nextNumber()
    for (let n = 0; n < 3; n++) await store.appTokens.create(appToken({ partnerId }))
    for (const page of [
      { offset: 3, limit: 5 },
      { offset: Number.MAX_SAFE_INTEGER, limit: 5 },
      { offset: 1e300, limit: 5 },
      { offset: 0, limit: 0 },
      { offset: 0, limit: -5 },
    ]) {
      assert.deepEqual(await store.appTokens.list(partnerId, {}, [], page), { total: 3, items: [] })
    }
    const page = await store.appTokens.list(partnerId, {}, [], { offset: -7, limit: 2.5 })
    assert.equal(page.items.length, 2)
  },

  async 'a filter takes a thousand ids and matches no row twice'(store) {
    const token = appToken({ partnerId: nextNumber() })
    await store.appTokens.create(token)
    const ids = [token.id, token.id, ...Array.from({ length: 1000 }, () => '0_other')]
    assertSame(await store.appTokens.list(token.partnerId, { ids }, [], ALL), { total: 1, items: [token] })
  },
}
