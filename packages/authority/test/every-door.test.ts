// Alone in its process: the code that it loads is changed.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MUTANTS } from './doors/mutants.ts'
import { withoutLimit } from './doors/mutate.ts'

// After what may change it.
const { checkEveryDoor } = await import('./doors/property.ts')
const SEED = Number(process.env.LATCHKEY_DOORS_SEED ?? 1)
const WORLDS = 30

describe('every door', () => {
  test('gives no more than the app token, the secret or the session that was shown', async () => {
    const sessions = await checkEveryDoor(WORLDS, SEED)
    assert.ok(sessions > 25, `of ${WORLDS} worlds only ${sessions} sessions came`)
  })
})

describe('the property above fails without', () => {
  for (const { limit } of MUTANTS) {
    test(limit, async () => {
      await withoutLimit(limit, () =>
        assert.rejects(checkEveryDoor(WORLDS, 1), { code: 'ERR_ASSERTION', name: 'AssertionError' }),
      )
    })
  }
})
