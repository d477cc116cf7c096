import assert from 'node:assert/strict'
import { revocation } from '../builders.ts'
import type { StoreBehaviours } from '../store-conformance.ts'
import { assertSame } from './same.ts'

const NOW = 1_700_000_500

export const revocationBehaviours: StoreBehaviours = {
  async 'a revocation counts until its end and not in that second'(store) {
    const key = revocation({ validUntil: NOW })
    await store.revocations.add([key])
    assertSame(await store.revocations.find([key.key], NOW - 1), [key])
    assert.deepEqual(await store.revocations.find([key.key], NOW), [])
  },

  async 'a revocation without end counts for ever'(store) {
    const key = revocation({ kind: 'group' })
    await store.revocations.add([key])
    assertSame(await store.revocations.find([key.key], Number.MAX_SAFE_INTEGER), [key])
  },

  async 'of several keys those that are revoked come back'(store) {
    const [a, b, c] = [revocation(), revocation(), revocation()]
    await store.revocations.add([a, c])
    assertSame(await store.revocations.find([a.key, b.key, c.key], NOW), [a, c])
    assert.deepEqual(await store.revocations.find([], NOW), [])
  },

  async 'a key that was found to be good is refused once it is revoked'(store) {
    const [key, other] = [revocation(), revocation()]
    assert.deepEqual(await store.revocations.find([key.key, other.key], NOW), [])
    await store.revocations.add([key])
    assertSame(await store.revocations.find([key.key, other.key], NOW), [key])
  },

  async 'a key revoked twice keeps the later end, and none is the latest'(store) {
    const key = revocation({ validUntil: 200 })
    const endAfter = async (...ends: readonly (number | undefined)[]) => {
      for (const validUntil of ends) await store.revocations.add([{ ...key, validUntil }])
      return (await store.revocations.find([key.key], 0))[0]?.validUntil
    }
    assert.equal(await endAfter(200), 200)
    assert.equal(await endAfter(100), 200)
    assert.equal(await endAfter(300), 300)
    assert.equal(await endAfter(undefined), undefined)
    assert.equal((await store.revocations.find([key.key], 1e12)).length, 1)
    assert.equal(await endAfter(400), undefined)
    assert.equal((await store.revocations.find([key.key], 1e12)).length, 1)
  },

  async 'one call may revoke the same key twice'(store) {
    const key = revocation({ validUntil: 200 })
    await store.revocations.add([key, { ...key, validUntil: 300 }])
    assert.equal((await store.revocations.find([key.key], 0))[0]?.validUntil, 300)
    await store.revocations.add([])
  },

  async 'a limited session gets as many calls as its limit, also all at once'(store) {
    const { key } = revocation()
    const taken = await Promise.all(Array.from({ length: 40 }, () => store.revocations.takeCall(key, 25, NOW)))
    assert.equal(taken.filter(Boolean).length, 25)
    assert.equal(await store.revocations.takeCall(key, 25, NOW), false)
  },

  async 'whether a call is left is told without taking it'(store) {
    const [a, b] = [revocation(), revocation()]
    for (const limit of [0, -1, Number.NaN]) assert.equal(await store.revocations.hasCallLeft(a.key, limit), false)
    for (const left of [true, true]) assert.equal(await store.revocations.hasCallLeft(a.key, 2), left)
    await store.revocations.takeCall(a.key, 2, NOW)
    assert.equal(await store.revocations.hasCallLeft(a.key, 2), true)
    await store.revocations.takeCall(a.key, 2, NOW)
    assert.equal(await store.revocations.hasCallLeft(a.key, 2), false)
    assert.equal(await store.revocations.hasCallLeft(b.key, 1), true)
  },

  async 'each session counts by itself, and counting revokes nothing'(store) {
    const [a, b] = [revocation(), revocation()]
    assert.equal(await store.revocations.takeCall(a.key, 1, NOW), true)
    assert.equal(await store.revocations.takeCall(a.key, 1, NOW), false)
    assert.equal(await store.revocations.takeCall(b.key, 1, NOW), true)
    assert.deepEqual(await store.revocations.find([a.key, b.key], 0), [])
  },

  async 'a limit that is no positive number gives no call, and a huge one is one'(store) {
    for (const limit of [0, -1, -1e300, 0.5, Number.NaN, Number.NEGATIVE_INFINITY]) {
      assert.equal(await store.revocations.takeCall(revocation().key, limit, NOW), false)
    }
    for (const limit of [2 ** 40, 2 ** 63, 1e300, Number.POSITIVE_INFINITY]) {
      const { key } = revocation()
      assert.equal(await store.revocations.takeCall(key, limit, NOW), true)
      assert.equal(await store.revocations.takeCall(key, limit, NOW), true)
    }
  },

  async 'a purge takes what has ended and leaves the rest'(store) {
    // Ends that no other behaviour uses, so that their rows don't count here.
    await store.revocations.purge(-1_000_000)
    const [gone, kept, endless] = [
      revocation({ validUntil: -1_000_000 }),
      revocation({ validUntil: -999_999 }),
      revocation(),
    ]
    await store.revocations.add([gone, kept, endless])
    await store.revocations.takeCall(gone.key, 1, -1_000_000)
    await store.revocations.takeCall(kept.key, 1, -999_999)
    assert.equal(await store.revocations.purge(-1_000_000), 2)
    assert.equal(await store.revocations.purge(-1_000_000), 0)
    assertSame(await store.revocations.find([gone.key, kept.key, endless.key], -2_000_000), [kept, endless])
    assert.equal(await store.revocations.takeCall(gone.key, 1, NOW), true, 'its counter starts again')
    assert.equal(await store.revocations.takeCall(kept.key, 1, NOW), false)
  },
}
