import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { annotateAppToken, StartRate } from '@latchkey/authority'
import fc from 'fast-check'
import { tokenGround } from './token-ground.ts'

/** The start of a minute. */
const MINUTE = 28_333_333 * 60

describe('the rate of a token', () => {
  test('lets so many through a minute and not one more', () => {
    const rate = new StartRate()
    const taken = Array.from({ length: 8 }, () => rate.take('a', 5, MINUTE))
    assert.deepEqual(taken, [true, true, true, true, true, false, false, false])
  })

  test('is each token’s own', () => {
    const rate = new StartRate()
    assert.equal(rate.take('a', 1, MINUTE), true)
    assert.equal(rate.take('a', 1, MINUTE), false)
    assert.equal(rate.take('b', 1, MINUTE), true)
  })

  test('does not start anew with the minute of the clock, but lets more through as time passes', () => {
    const rate = new StartRate()
    for (let count = 0; count < 6; count += 1) assert.equal(rate.take('a', 6, MINUTE + 59), true)
    assert.equal(rate.take('a', 6, MINUTE + 60), false)
    assert.equal(rate.take('a', 6, MINUTE + 118), false)
    const then = [0, 1, 2, 3, 4, 5, 6].map(() => rate.take('a', 6, MINUTE + 119))
    assert.deepEqual(then, [true, true, true, true, true, true, false])
  })

  test('is whole again after a minute, and after any longer rest', () => {
    const rate = new StartRate()
    for (const at of [0, 60, 10_000]) {
      assert.equal(rate.take('a', 1, MINUTE + at), true)
      assert.equal(rate.take('a', 1, MINUTE + at), false)
    }
  })

  test('a start that was refused counts for nothing', () => {
    const rate = new StartRate()
    assert.equal(rate.take('a', 1, MINUTE), true)
    for (let count = 0; count < 1_000; count += 1) rate.take('a', 1, MINUTE + 30)
    assert.equal(rate.take('a', 1, MINUTE + 60), true)
  })

  test('lets no more than the limit through in any sixty seconds, and refuses nothing below it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 200 }),
        (perMinute, steps) => {
          const rate = new StartRate()
          const taken: number[] = []
          let now = MINUTE
          for (const step of steps) {
            now += step
            const before = taken.filter((at) => now - at < 60).length
            const isTaken = rate.take('a', perMinute, now)
            assert.equal(isTaken, before < perMinute)
            if (isTaken) taken.push(now)
          }
        },
      ),
    )
  })

  test('a flood of other tokens gives none of them more than one limit anew', () => {
    const rate = new StartRate()
    assert.equal(rate.take('mine', 1, MINUTE), true)
    for (let count = 0; count < 60_000; count += 1) rate.take(`other-${count}`, 1, MINUTE)
    // Memory is bounded, so that the count may be lost, but then it is kept again.
    rate.take('mine', 1, MINUTE)
    assert.equal(rate.take('mine', 1, MINUTE), false)
  })
})

describe('an app token with a rate', () => {
  test('refuses what is too much by name and number, and lets it through later', async () => {
    await using ground = await tokenGround()
    const { deps, clock } = ground
    clock.set(MINUTE)
    const token = await ground.make()
    await annotateAppToken(deps, await ground.admin(), token.id, { startsPerMinute: 2 })
    assert.deepEqual([await ground.outcome(token), await ground.outcome(token)], ['allow', 'allow'])
    const refused = await ground.logIn(token)
    assert.ok(refused.effect === 'deny')
    assert.deepEqual(refused.reason, { code: 'too-many-starts', tokenId: token.id, perMinute: 2 })
    clock.advance(120)
    assert.equal(await ground.outcome(token), 'allow')
  })

  test('wrong hashes, and logins from elsewhere, use none of it up', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    await annotateAppToken(deps, await ground.admin(), token.id, { startsPerMinute: 1, addresses: ['127.0.0.1'] })
    for (let count = 0; count < 5; count += 1) {
      assert.equal(await ground.outcome(token, { hash: 'f'.repeat(64) }), 'hash-mismatch')
      assert.equal(await ground.outcome(token, { address: '192.0.2.1' }), 'address-not-allowed')
    }
    assert.equal(await ground.outcome(token), 'allow')
    assert.equal(await ground.outcome(token), 'too-many-starts')
    // Whoever does not know the value is not told either.
    assert.equal(await ground.outcome(token, { hash: 'f'.repeat(64) }), 'hash-mismatch')
  })

  test('without a rate starts as many as are asked for', async () => {
    await using ground = await tokenGround()
    const { deps } = ground
    const token = await ground.make()
    await annotateAppToken(deps, await ground.admin(), token.id, { startsPerMinute: 1 })
    assert.deepEqual([await ground.outcome(token), await ground.outcome(token)], ['allow', 'too-many-starts'])
    await annotateAppToken(deps, await ground.admin(), token.id, { startsPerMinute: 0 })
    for (let count = 0; count < 20; count += 1) assert.equal(await ground.outcome(token), 'allow')
  })
})
