import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type NearMiss, searchNearMiss } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { NearMissBudget } from '../src/v3/near-miss-budget.ts'
import { NearMissSearches } from '../src/v3/near-miss-searches.ts'

const SESSION = `djJ8${'QUJD'.repeat(50)}=`
const TOKEN = '00112233445566778899aabbccddeeff'

describe('the budget of searches', () => {
  test('is thirty at once from an address, and then one each three seconds', () => {
    let now = 1_000
    const budget = new NearMissBudget(() => now)
    const take = (times: number) => Array.from({ length: times }, () => budget.take('192.0.2.7')).filter(Boolean).length
    assert.equal(take(100), 30)
    now += 2_900
    assert.equal(take(5), 0)
    now += 200
    assert.equal(take(5), 1)
    now += 60_000
    assert.equal(take(100), 20)
    now += 86_400_000
    assert.equal(take(100), 30)
  })

  test('of one address is not that of another, but one network of IPv6 is one address', () => {
    const budget = new NearMissBudget(() => 0)
    const all = (addresses: readonly string[]) => addresses.filter((address) => budget.take(address)).length
    const from = (make: (host: number) => string) => Array.from({ length: 40 }, (_, host) => make(host))
    assert.equal(all(from((host) => `192.0.2.${host}`)), 40)
    assert.equal(all(from((host) => `2001:db8:0:1::${host.toString(16)}`)), 30)
    assert.equal(all(from((host) => `2001:DB8:0:0001:0:${host}:0:1`)), 0)
    assert.equal(all(from((host) => `2001:db8:0:${host + 2}::1`)), 40)
    assert.equal(all(from(() => '::1')), 30)
    assert.equal(all(from(() => '0:0:0:0:0:0:0:1')), 0)
  })

  test('remembers ten thousand addresses and no more, and forgets who was quiet longest', () => {
    const budget = new NearMissBudget(() => 0)
    for (let index = 0; index < 30; index += 1) budget.take('192.0.2.7')
    for (let index = 0; index < 9_990; index += 1) budget.take(`host-${index}`)
    assert.equal(budget.take('192.0.2.7'), false)
    for (let index = 9_990; index < 25_000; index += 1) {
      budget.take(`host-${index}`)
      if (index % 1_000 === 0) assert.equal(budget.take('192.0.2.7'), false)
    }
    assert.equal(budget.size, 10_000)
  })
})

describe('searches', () => {
  const search = (received: string) => () =>
    searchNearMiss(nodePrimitives, { sessionString: SESSION, tokenValue: TOKEN, hashType: 'SHA256', received })
  const garbage = (index: number) => nodePrimitives.digestHex('sha256', `garbage ${index}`)
  const lineFeed = nodePrimitives.digestHex('sha256', `${SESSION}${TOKEN}\n`)

  test('all end, each with its own answer, and a common mistake does not wait for garbage', async () => {
    const searches = new NearMissSearches()
    const order: string[] = []
    const note = async (name: string, received: string) => {
      const found = await searches.find('192.0.2.7', SESSION, search(received))
      order.push(name)
      return found.kind
    }
    const kinds = await Promise.all([
      ...Array.from({ length: 20 }, (_, index) => note('garbage', garbage(index))),
      note('line feed', lineFeed),
    ])
    assert.deepEqual(kinds, [...Array(20).fill('none'), 'found'])
    assert.equal(order[0], 'line feed')
  })

  test('leave the event loop free between two slices', async () => {
    const searches = new NearMissSearches()
    let turns = 0
    let isOver = false
    const count = () => {
      turns += 1
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    const tried = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const found = await searches.find('192.0.2.7', SESSION, search(garbage(index)))
        return found.kind === 'none' ? found.tried : 0
      }),
    )
    isOver = true
    assert.ok(tried.every((count) => count > 5_000))
    // Some 25 ms each: far more turns than searches shows that no search was made in one go.
    assert.ok(turns > 100, `${turns} turns`)
  })

  test('that are too many, from too busy an address or over too long a session are not begun', async () => {
    const searches = new NearMissSearches()
    let begun = 0
    function* counted(): Generator<number, NearMiss, void> {
      begun += 1
      yield 1
      return { kind: 'right', tried: 1 }
    }
    const find = (address: string, session = SESSION) => searches.find(address, session, counted)
    assert.deepEqual(await find('192.0.2.1', ' '.repeat(5_000)), { kind: 'not-searched', why: 'length' })
    const many = await Promise.all(Array.from({ length: 50 }, (_, index) => find(`192.0.2.${index}`)))
    assert.equal(many.filter(({ kind }) => kind === 'right').length, 32)
    assert.deepEqual(many.at(-1), { kind: 'not-searched', why: 'busy' })
    for (let index = 0; index < 29; index += 1) assert.equal((await find('192.0.2.0')).kind, 'right')
    assert.deepEqual(await find('192.0.2.0'), { kind: 'not-searched', why: 'rate' })
    assert.equal(begun, 32 + 29)
  })

  test('that fail are told to whoever asked, and hold up no other', async () => {
    const searches = new NearMissSearches()
    // biome-ignore lint/correctness/useYield: it fails before it gives anything
    function* failing(): Generator<number, NearMiss, void> {
      throw new Error('broken')
    }
    const broken = searches.find('192.0.2.7', SESSION, failing)
    const sound = searches.find('192.0.2.7', SESSION, search(lineFeed))
    await assert.rejects(broken, /broken/)
    assert.equal((await sound).kind, 'found')
  })
})
