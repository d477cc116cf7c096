import assert from 'node:assert/strict'
import type { JournalLine } from '@latchkey/authority'
import { appTokenId, nextNumber } from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { ALL, assertSame, isCode } from './same.ts'

const NOW = 1_700_000_500

function line(overrides: Partial<JournalLine> & Pick<JournalLine, 'partnerId'>): JournalLine {
  return {
    at: NOW,
    requestId: `request-${nextNumber()}`,
    door: 'v3',
    action: 'apptoken.startsession',
    outcome: 'issued',
    ...overrides,
  }
}

const NO_USE = { issued: 0, refusedByCause: {}, calls: 0, previousValue: [] }

export const journalBehaviours: StoreBehaviours = {
  async 'a line comes back as it was appended, with all that it says'({ journal }) {
    const full = line({
      partnerId: nextNumber(),
      actor: 'jane@example.com',
      door: 'oauth2',
      tokenId: appTokenId(),
      outcome: 'refused',
      cause: 'hash-wrong',
      code: 'INVALID_APP_TOKEN_HASH',
      object: 'userRole 1005',
      address: '2001:db8::1',
      client: 'etl "nightly"\r\n\t🗝️ {"at":1}',
      value: 'previous',
    })
    await journal.append(full)
    assertSame(await journal.list(full.partnerId, {}, ALL), { total: 1, items: [full] })
  },

  async 'lines come newest first, those of one second the last written first'({ journal }) {
    const partnerId = nextNumber()
    const times = [NOW, NOW + 2, NOW + 2, NOW + 1, NOW + 2]
    const lines = times.map((at, n) => line({ partnerId, at, requestId: `r${n}` }))
    for (const each of lines.slice(0, 3)) await journal.append(each)
    await Promise.all(lines.slice(3).map((each) => journal.append(each)))
    const { items } = await journal.list(partnerId, {}, ALL)
    assert.deepEqual(
      items.map(({ requestId }) => requestId),
      ['r4', 'r2', 'r1', 'r3', 'r0'],
    )
  },

  async 'lines are listed to their own partner and to no other'({ journal }) {
    const [mine, other] = [nextNumber(), nextNumber()]
    const tokenId = appTokenId()
    await journal.append(line({ partnerId: mine, tokenId, client: `","partnerId":${other},"x":"` }))
    assert.equal((await journal.list(other, {}, ALL)).total, 0)
    assert.equal((await journal.list(other, { tokenId }, ALL)).total, 0)
    assertSame(await journal.usage(other, tokenId), NO_USE)
    for (const partnerId of [0, -1, 1.5, Number.NaN, 2 ** 53, 1e300]) {
      assertSame(await journal.list(partnerId, { tokenId }, ALL), { total: 0, items: [] })
    }
  },

  async 'pages lie side by side, and each tells the total'({ journal }) {
    const partnerId = nextNumber()
    const lines = Array.from({ length: 25 }, (_, n) => line({ partnerId, at: NOW + Math.floor(n / 4) }))
    await Promise.all(lines.map((each) => journal.append(each)))
    const pages = []
    for (let offset = 0; offset < 30; offset += 10) {
      const { total, items } = await journal.list(partnerId, {}, { offset, limit: 10 })
      assert.equal(total, 25)
      pages.push(...items)
    }
    assertSame(pages, lines.toReversed())
    assertSame(await journal.list(partnerId, {}, { offset: 25, limit: 10 }), { total: 25, items: [] })
    assertSame(await journal.list(partnerId, {}, { offset: 1e12, limit: 10 }), { total: 25, items: [] })
    assertSame(await journal.list(partnerId, {}, { offset: 0, limit: 0 }), { total: 25, items: [] })
  },

  async 'a filter finds the lines that match all it names'({ journal }) {
    const partnerId = nextNumber()
    const [a, b] = [appTokenId(), appTokenId()]
    const issued = line({ partnerId, tokenId: a, actor: 'ann', requestId: 'r1' })
    const refused = line({ partnerId, at: NOW + 1, tokenId: a, outcome: 'refused', cause: 'hash-wrong' })
    const changed = line({ partnerId, at: NOW + 2, outcome: 'changed', action: 'userrole.update', actor: 'Ann' })
    const ended = line({ partnerId, at: NOW + 3, tokenId: b, outcome: 'revoked', action: 'session.end' })
    for (const each of [issued, refused, changed, ended]) await journal.append(each)
    const find = async (filter: Parameters<typeof journal.list>[1]) =>
      (await journal.list(partnerId, filter, ALL)).items
    assertSame(await find({ tokenId: a }), [refused, issued])
    assertSame(await find({ outcomes: ['changed', 'revoked'] }), [ended, changed])
    assertSame(await find({ actions: ['userrole.update', 'none'] }), [changed])
    assertSame(await find({ causes: ['hash-wrong'] }), [refused])
    assertSame(await find({ actor: 'ann' }), [issued])
    assertSame(await find({ requestId: 'r1' }), [issued])
    assertSame(await find({ at: { from: NOW + 1, to: NOW + 2 } }), [changed, refused])
    assertSame(await find({ at: { from: NOW + 3 } }), [ended])
    assertSame(await find({ tokenId: a, outcomes: ['issued'], at: { to: NOW } }), [issued])
    assertSame(await find({ tokenId: a, outcomes: ['revoked'] }), [])
    assertSame(await find({ tokenId: '' }), [])
    for (const filter of [{ outcomes: [] }, { actions: [] }, { causes: [] }]) assertSame(await find(filter), [])
  },

  async 'a text that is too long is cut, what no store holds is replaced, and the line is found by either'({
    journal,
  }) {
    const partnerId = nextNumber()
    const actor = 'a'.repeat(10_000)
    const tokenId = 'x\u0000y\ud800z'
    await journal.append(line({ partnerId, actor, tokenId, client: `${'c'.repeat(99)}\ud83d\udddd\ufe0f` }))
    const { items } = await journal.list(partnerId, { actor, tokenId }, ALL)
    assert.equal(items.length, 1)
    assert.equal(items[0]?.actor, `${'a'.repeat(319)}…`)
    assert.equal(items[0]?.client, `${'c'.repeat(99)}…`)
    assert.equal(items[0]?.tokenId, 'x\uFFFDy\uFFFDz')
    assert.equal((await journal.usage(partnerId, tokenId)).issued, 1)
  },

  async 'what a line object carries beyond the fields is not kept'({ journal }) {
    const partnerId = nextNumber()
    const plain = line({ partnerId })
    await journal.append(Object.assign({ ...plain }, { secret: 'planted' }))
    assertSame((await journal.list(partnerId, {}, ALL)).items, [plain])
  },

  async 'a time or partner that is no whole number is refused'({ journal }) {
    for (const wrong of [1.5, Number.NaN, 1e300]) {
      await assert.rejects(journal.append(line({ partnerId: nextNumber(), at: wrong })), isCode('VALUE_NOT_STORABLE'))
      await assert.rejects(journal.append(line({ partnerId: wrong })), isCode('VALUE_NOT_STORABLE'))
    }
  },

  async 'use of a token is counted by outcome and cause, with the last time of each'({ journal }) {
    const partnerId = nextNumber()
    const tokenId = appTokenId()
    assertSame(await journal.usage(partnerId, tokenId), NO_USE)
    await journal.append(line({ partnerId, tokenId, at: NOW + 5 }))
    await journal.append(line({ partnerId, tokenId, at: NOW + 3 }))
    await journal.append(line({ partnerId, tokenId: appTokenId(), at: NOW + 9 }))
    await journal.append(line({ partnerId, tokenId, outcome: 'changed', action: 'apptoken.update', at: NOW + 9 }))
    const refused = { partnerId, tokenId, outcome: 'refused' } as const
    await journal.append(line({ ...refused, cause: 'hash-wrong', code: 'INVALID_APP_TOKEN_HASH', at: NOW + 1 }))
    await journal.append(line({ ...refused, cause: 'hash-wrong', at: NOW + 2 }))
    await journal.append(line({ ...refused, code: 'APP_TOKEN_EXPIRED', at: NOW }))
    await journal.append(line({ ...refused, cause: '__proto__', at: NOW }))
    await journal.append(line({ ...refused, at: NOW }))
    const usage = await journal.usage(partnerId, tokenId)
    assert.deepEqual(
      new Map(Object.entries(usage.refusedByCause)),
      new Map([
        ['hash-wrong', 2],
        ['APP_TOKEN_EXPIRED', 1],
        ['__proto__', 1],
        ['unknown', 1],
      ]),
    )
    assertSame(
      { ...usage, refusedByCause: {} },
      { ...NO_USE, issued: 2, lastIssuedAt: NOW + 5, lastRefusedAt: NOW + 2 },
    )
    await journal.append(line({ partnerId, tokenId, at: NOW + 7 }))
    const later = await journal.usage(partnerId, tokenId)
    assert.deepEqual([later.issued, later.lastIssuedAt], [3, NOW + 7])
  },

  async 'whoever still proves a token by its previous value is told, the latest first'({ journal }) {
    const partnerId = nextNumber()
    const tokenId = appTokenId()
    const old = { partnerId, tokenId, value: 'previous' } as const
    await journal.append(line({ ...old, at: NOW, client: 'etl', address: '10.0.0.1' }))
    await journal.append(line({ ...old, at: NOW + 1, client: 'etl', address: '10.0.0.2' }))
    await journal.append(line({ ...old, at: NOW + 2, client: 'etl', address: '10.0.0.1' }))
    await journal.append(line({ ...old, at: NOW + 3 }))
    await journal.append(line({ partnerId, tokenId, value: 'current', at: NOW + 4, client: 'new' }))
    assertSame((await journal.usage(partnerId, tokenId)).previousValue, [
      { lastAt: NOW + 3, count: 1 },
      { client: 'etl', address: '10.0.0.1', lastAt: NOW + 2, count: 2 },
      { client: 'etl', address: '10.0.0.2', lastAt: NOW + 1, count: 1 },
    ])
  },

  async 'of those who use a previous value, the latest hundred are told'({ journal }) {
    const partnerId = nextNumber()
    const tokenId = appTokenId()
    const uses = Array.from({ length: 120 }, (_, n) =>
      line({ partnerId, tokenId, value: 'previous', at: NOW + n, address: `10.0.0.${n}` }),
    )
    await Promise.all(uses.map((use) => journal.append(use)))
    const { previousValue } = await journal.usage(partnerId, tokenId)
    assert.deepEqual(
      previousValue.map(({ lastAt }) => lastAt),
      Array.from({ length: 100 }, (_, n) => NOW + 119 - n),
    )
  },

  async 'allowed calls add up at once and stay added up, for each token by itself'({ journal }) {
    const partnerId = nextNumber()
    const [a, b] = [appTokenId(), appTokenId()]
    for (let n = 0; n < 5; n++) journal.countCall(partnerId, a, NOW + n)
    journal.countCall(partnerId, b, NOW)
    journal.countCall(nextNumber(), a, NOW + 99)
    assertSame(await journal.usage(partnerId, a), { ...NO_USE, calls: 5, lastCallAt: NOW + 4 })
    const [usage] = await Promise.all([journal.usage(partnerId, a), journal.flush(), journal.usage(partnerId, a)])
    assertSame(usage, { ...NO_USE, calls: 5, lastCallAt: NOW + 4 })
    assertSame(await journal.usage(partnerId, b), { ...NO_USE, calls: 1, lastCallAt: NOW })
    journal.countCall(partnerId, a, NOW + 2)
    assertSame(await journal.usage(partnerId, a), { ...NO_USE, calls: 6, lastCallAt: NOW + 4 })
    await journal.flush()
    journal.countCall(partnerId, a, NOW + 20)
    assertSame(await journal.usage(partnerId, a), { ...NO_USE, calls: 7, lastCallAt: NOW + 20 })
    // Not listed: calls that were allowed are counted and not written.
    assert.equal((await journal.list(partnerId, {}, ALL)).total, 0)
  },

  async 'counting takes whatever it is given'({ journal }) {
    const partnerId = nextNumber()
    const tokenId = appTokenId()
    for (const wrong of [Number.NaN, 1.5, 1e300, Number.POSITIVE_INFINITY]) {
      journal.countCall(partnerId, tokenId, wrong)
      journal.countCall(wrong, tokenId, NOW)
    }
    journal.countCall(partnerId, 'a\u0000b', NOW)
    journal.countCall(partnerId, '\ud800', NOW)
    journal.countCall(partnerId, 'x'.repeat(100_000), NOW)
    journal.countCall(partnerId, tokenId, NOW)
    await journal.flush()
    assertSame(await journal.usage(partnerId, tokenId), { ...NO_USE, calls: 1, lastCallAt: NOW })
  },

  async 'many tokens that are counted at once are all written'({ journal }) {
    const partnerId = nextNumber()
    const ids = Array.from({ length: 450 }, appTokenId)
    for (const id of ids) journal.countCall(partnerId, id, NOW)
    await journal.flush()
    await journal.flush()
    for (const id of [ids[0] ?? '', ids[225] ?? '', ids[449] ?? '']) {
      assert.equal((await journal.usage(partnerId, id)).calls, 1)
    }
  },
}
