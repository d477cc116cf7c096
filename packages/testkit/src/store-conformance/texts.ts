import assert from 'node:assert/strict'
import {
  appToken,
  category,
  entry,
  nextNumber,
  partner,
  permission,
  revocation,
  role,
  user,
  widget,
} from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { ALL, assertSame, isCode } from './same.ts'

const NOW = 1_700_000_500

/** Texts that engines are known to change, fold or refuse to compare alike. */
const HARD_TEXTS = [
  '',
  ' ',
  ' leading and trailing ',
  "'; drop table users; --",
  '"double" `tick` \\back\\slash\\',
  '%_%',
  'tab\tnew\nline\r\n',
  'Zürich ﬁ ß İ ı',
  'e\u0301 is not \u00e9',
  '\u{1F600}\u{1F468}\u200D\u{1F469}',
  '\u{10FFFF}\uFFFD\uFEFF',
  '\u0001\u001f\u007f\u0080',
  'a'.repeat(100_000),
]

const NOT_STORABLE = ['nul\u0000', '\u0000', '\ud800', 'half \udc00 pair']

export const textBehaviours: StoreBehaviours = {
  async 'every text comes back as it was'(store) {
    const partnerId = nextNumber()
    for (const text of HARD_TEXTS) {
      const created = user({ partnerId, screenName: text, description: text })
      assert.equal(await store.users.create(created), true)
      assertSame(await store.users.find(partnerId, created.id), created)
      const film = entry({ partnerId, name: text, coEditors: [text] })
      assert.equal(await store.entries.create([film]), true)
      assertSame(await store.entries.find(partnerId, film.id), film)
    }
  },

  async 'ids that differ in case, accents, spaces or encoding are different ids'(store) {
    const partnerId = nextNumber()
    const ids = ['ann', 'Ann', 'ANN', 'ann ', ' ann', 'änn', 'a\u0308nn', 'ａnn', 'ann\u200B', 'straße', 'strasse']
    for (const id of ids) assert.equal(await store.users.create(user({ partnerId, id, screenName: `is ${id}` })), true)
    for (const id of ids) assert.equal((await store.users.find(partnerId, id))?.screenName, `is ${id}`)
    for (const id of ids) assert.equal((await store.users.list(partnerId, { ids: [id] }, [], ALL)).total, 1)
    assert.equal(await store.users.find(partnerId, 'aNN'), undefined)
  },

  async 'app token ids that differ only in case are different ids'(store) {
    const partnerId = nextNumber()
    const id = `0_${nextNumber()}ab`
    const created = appToken({ partnerId, id })
    await store.appTokens.create(created)
    assert.equal(await store.appTokens.find(partnerId, id.toUpperCase()), undefined)
    assert.equal(await store.appTokens.create(appToken({ partnerId, id: id.toUpperCase() })), true)
    assertSame(await store.appTokens.find(partnerId, id), created)
  },

  async 'texts are ordered by code point, as bytes of UTF-8'(store) {
    const partnerId = nextNumber()
    // UTF-16 would put U+FFFD after U+1F600, a dictionary would mix cases and skip the hyphen.
    const expected = ['', ' a', '-b', 'A', 'B', 'a', 'a b', 'a-b', 'aa', 'b', 'é', 'ﬁ', '\uFFFD', '\u{1F600}']
    for (const id of expected.toReversed()) await store.users.create(user({ partnerId, id }))
    const up = await store.users.list(partnerId, {}, [{ field: 'id', direction: 'ascending' }], ALL)
    assert.deepEqual(
      up.items.map(({ id }) => id),
      expected,
    )
    const down = await store.users.list(partnerId, {}, [{ field: 'id', direction: 'descending' }], ALL)
    assert.deepEqual(
      down.items.map(({ id }) => id),
      expected.toReversed(),
    )
  },

  async 'what is looked for inside a text stands for itself'(store) {
    const partnerId = nextNumber()
    const names = ['100%', '100 %', 'a_b', 'axb', 'back\\slash', 'star*', "it's", 'İstanbul', 'ÄRGER']
    await store.entries.create(names.map((name, n) => entry({ partnerId, name, createdAt: n })))
    const found = async (nameLike: string) =>
      (
        await store.entries.list(partnerId, { nameLike }, [{ field: 'createdAt', direction: 'ascending' }], ALL)
      ).items.map(({ name }) => name)
    assert.deepEqual(await found('0%'), ['100%'])
    assert.deepEqual(await found('%'), ['100%', '100 %'])
    assert.deepEqual(await found('_'), ['a_b'])
    assert.deepEqual(await found('A_B'), ['a_b'])
    assert.deepEqual(await found('\\'), ['back\\slash'])
    assert.deepEqual(await found('\\s'), ['back\\slash'])
    assert.deepEqual(await found('*'), ['star*'])
    assert.deepEqual(await found("'"), ["it's"])
    assert.deepEqual(await found('STANBUL'), ['İstanbul'])
    assert.deepEqual(await found('Ärg'), ['ÄRGER'])
    assert.deepEqual(await found('ärg'), [], 'only the case of A to Z is ignored, on every engine')
    assert.deepEqual(await found(''), names)
    assert.deepEqual(await found('x'.repeat(200_000)), [])
  },

  async 'a beginning stands for itself too'(store) {
    const partnerId = nextNumber()
    for (const id of ['a%b', 'a_b', 'acb', '\u{1F600}x', '\u{1F601}x', 'A%c']) {
      await store.users.create(user({ partnerId, id }))
    }
    const found = async (start: string) =>
      (await store.users.list(partnerId, { idOrScreenNameStartsWith: start }, [], ALL)).items.map(({ id }) => id)
    assert.deepEqual(await found('a%'), ['A%c', 'a%b'])
    assert.deepEqual(await found('a_'), ['a_b'])
    assert.deepEqual(await found('%'), [])
    assert.deepEqual(await found('\u{1F600}'), ['\u{1F600}x'])
    assert.deepEqual(await found('acbd'), [])
  },

  async 'a text that no engine keeps whole is refused, and nothing of its call is done'(store) {
    const existing = user({ partnerId: nextNumber() })
    const { partnerId } = existing
    await store.users.create(existing)
    const token = appToken({ partnerId })
    await store.appTokens.create(token)
    const refused = isCode('VALUE_NOT_STORABLE')
    for (const text of NOT_STORABLE) {
      await assert.rejects(store.partners.create(partner({ name: text })), refused)
      await assert.rejects(store.users.create(user({ partnerId, id: text })), refused)
      await assert.rejects(store.users.update(partnerId, existing.id, { email: text }), refused)
      await assert.rejects(store.appTokens.create(appToken({ partnerId, description: text })), refused)
      await assert.rejects(store.appTokens.update(partnerId, token.id, { sessionPrivileges: text }), refused)
      await assert.rejects(store.roles.create(role({ partnerId, name: text })), refused)
      await assert.rejects(store.permissions.create(permission({ partnerId, name: text })), refused)
      await assert.rejects(store.widgets.create(widget({ partnerId, roles: text })), refused)
      await assert.rejects(store.entries.create([entry({ partnerId }), entry({ partnerId, name: text })]), refused)
      await assert.rejects(store.categories.create(category({ partnerId, name: text })), refused)
      await assert.rejects(store.revocations.add([revocation({ key: text })]), refused)
      await assert.rejects(store.revocations.takeCall(text, 1, NOW), refused)
    }
    assertSame(await store.users.list(partnerId, {}, [], ALL), { total: 1, items: [existing] })
    assertSame(await store.appTokens.list(partnerId, {}, [], ALL), { total: 1, items: [token] })
    assert.equal((await store.entries.list(partnerId, {}, [], ALL)).total, 0)
  },

  async 'a text that no row can hold is found nowhere, and never mistaken for another'(store) {
    const partnerId = nextNumber()
    // What half a pair becomes when it is written as UTF-8 all the same.
    await store.users.create(user({ partnerId, id: '\uFFFD' }))
    await store.users.create(user({ partnerId, id: 'nul' }))
    for (const text of NOT_STORABLE) {
      assert.equal(await store.users.find(partnerId, text), undefined)
      assert.equal(await store.appTokens.find(partnerId, text), undefined)
      assert.equal(await store.roles.findBySystemName(partnerId, text), undefined)
      assert.equal(await store.permissions.find(partnerId, text), undefined)
      assert.equal(await store.widgets.find(text), undefined)
      assert.equal(await store.entries.find(partnerId, text), undefined)
      assert.deepEqual(await store.revocations.find([text], NOW), [])
      assert.equal(await store.users.update(partnerId, text, { email: 'x' }), false)
      assert.equal(await store.users.delete(partnerId, text, NOW, () => []), false)
      assert.equal(await store.appTokens.delete(partnerId, text, NOW, revocation()), false)
      assert.equal((await store.users.list(partnerId, { ids: [text] }, [], ALL)).total, 0)
      assert.equal((await store.users.list(partnerId, { idOrScreenNameStartsWith: text }, [], ALL)).total, 0)
      assert.equal((await store.appTokens.list(partnerId, { sessionUserId: text }, [], ALL)).total, 0)
      assert.equal((await store.entries.list(partnerId, { freeText: text }, [], ALL)).total, 0)
      assert.equal((await store.categories.list(partnerId, { fullNameEqual: text }, [], ALL)).total, 0)
    }
  },

  async 'a number that no engine keeps exactly is refused'(store) {
    const partnerId = nextNumber()
    for (const number of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 63), 1e300]) {
      const token = appToken({ partnerId, expiresAt: number })
      await assert.rejects(store.appTokens.create(token), isCode('VALUE_NOT_STORABLE'))
      await assert.rejects(store.revocations.add([revocation({ validUntil: number })]), isCode('VALUE_NOT_STORABLE'))
    }
    assert.equal((await store.appTokens.list(partnerId, {}, [], ALL)).total, 0)
  },

  async 'a name too long for an index is refused when written and found nowhere'(store) {
    const partnerId = nextNumber()
    const long = Array.from({ length: 3000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join('')
    const refused = isCode('VALUE_NOT_STORABLE')
    await assert.rejects(store.users.create(user({ partnerId, id: long })), refused)
    await assert.rejects(store.appTokens.create(appToken({ partnerId, sessionUserId: long })), refused)
    await assert.rejects(store.revocations.add([revocation({ key: long })]), refused)
    await assert.rejects(store.permissions.create(permission({ partnerId, name: long })), refused)
    await assert.rejects(store.roles.create(role({ partnerId, systemName: long })), refused)
    assert.equal(await store.users.find(partnerId, long), undefined)
    assert.deepEqual(await store.revocations.find([long], NOW), [])
    // As long as the longest that is taken, and not to be shortened by an index's compression.
    const longest = long.slice(0, 512)
    assert.equal(await store.users.create(user({ partnerId, id: longest })), true)
    assert.equal((await store.users.find(partnerId, longest))?.id, longest)
  },
}
