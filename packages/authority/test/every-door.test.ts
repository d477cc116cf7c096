import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MUTANTS } from './doors/mutants.ts'
import { checkEveryDoor } from './doors/property.ts'

const run = promisify(execFile)
const RUN = fileURLToPath(new URL('./doors/run.ts', import.meta.url))
const MUTATE = new URL('./doors/mutate.ts', import.meta.url).href
const SEED = Number(process.env.LATCHKEY_DOORS_SEED ?? 1)
const WORLDS = 30

describe('every door', () => {
  test('gives no more than the app token, the secret or the session that was shown', async () => {
    const sessions = await checkEveryDoor(WORLDS, SEED)
    assert.ok(sessions > 25, `of ${WORLDS} worlds only ${sessions} sessions came`)
  })
})

describe('the property above fails without', { concurrency: 2 }, () => {
  for (const { limit } of MUTANTS) {
    test(limit, async () => {
      const { stdout } = await run(
        process.execPath,
        ['--conditions=source', '--import', MUTATE, RUN, String(WORLDS), '1'],
        { env: { ...process.env, LATCHKEY_MUTANT: limit } },
      )
      assert.match(stdout, /^broken: /, stdout)
    })
  }
})
