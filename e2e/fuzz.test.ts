import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fuzzGround, fuzzRequests, fuzzSessions, fuzzSocket } from './lib/fuzz.ts'
import { fuzzConsole } from './lib/fuzz-console.ts'

/** A million takes some minutes; CONTRIBUTING.md has the command. */
const REQUESTS = Number(process.env.LATCHKEY_FUZZ_REQUESTS ?? 20_000)
const SEED = Number(process.env.LATCHKEY_FUZZ_SEED ?? Date.now() % 1_000_000)
/** However slow the machine, it ends by itself. */
const LIMIT_MS = Number(process.env.LATCHKEY_FUZZ_LIMIT_MS ?? 1_200_000)

const strings = Math.ceil(REQUESTS * 0.3)
const overSocket = Math.min(Math.ceil(REQUESTS * 0.02), 5_000)
const requests = REQUESTS - strings - overSocket

describe(`${REQUESTS} bad requests and session strings (seed ${SEED})`, { timeout: LIMIT_MS }, () => {
  test(`no session string of ${strings} makes the parser throw anything but its own error`, async () => {
    await using ground = await fuzzGround()
    const opened = await fuzzSessions(ground, strings, SEED)
    assert.ok(
      opened > strings / 20 && opened < strings / 2,
      `${opened} opened: they should be bad, but not all hopeless`,
    )
  })

  test(`no request of ${requests + overSocket} makes a crash, a hang, a 500 or a code that is not listed`, async () => {
    await using ground = await fuzzGround()
    await fuzzRequests(ground, requests, SEED)
    await fuzzSocket(ground, overSocket, SEED + 1)
    assert.deepEqual(ground.faults, [], 'the log tells of no fault')
    const ping = await fetch(`${ground.url}/api_v3/service/system/action/ping?format=1`)
    assert.equal(await ping.text(), 'true', 'it still serves')
  })

  test(`no request of ${overSocket} to the console's pages and its sign-in makes a crash, a 500 or a way out`, async () => {
    await fuzzConsole(overSocket, SEED + 2)
  })
})
