import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn } from './lib/v3.ts'

const CALLS = 200
const AT_ONCE = 8
/** How many calls are answered before the process is killed. */
const ENOUGH = 90

test('what was acknowledged before kill -9 is there after it, and nothing that was deleted comes back', async () => {
  await using directory = await temporaryDirectory()
  const data = `${directory.path}/data`
  const added = new Map<string, Answer>()
  const deleted = new Map<string, string>()
  let cutOff = 0
  const first = await startServer({ data })
  const { adminSecret } = first
  try {
    const admin = await adminSession(first)
    const victims = await Promise.all(
      Array.from({ length: CALLS / 2 }, async () => {
        const token = await addToken(first, admin)
        return { token, ks: (await logIn(first, token)).ks }
      }),
    )
    let answered = 0
    const jobs = victims.flatMap((victim, index) => [
      async () => {
        const token = await addToken(first, admin, { description: `number ${index}` })
        assert.match(token.id, /^0_[0-9a-z]{8}$/)
        added.set(token.id, token)
      },
      async () => {
        assert.equal(await call(first.url, 'appToken.delete', { ks: admin, id: victim.token.id }), null)
        deleted.set(victim.token.id, victim.ks)
      },
    ])
    let isKilled = false
    const worker = async () => {
      for (let job = jobs.shift(); job !== undefined && !isKilled; job = jobs.shift()) {
        try {
          await job()
          answered += 1
        } catch (error) {
          // An answer that is a refusal would fail before the kill as well; only a broken connection is expected.
          if (!isKilled || !(error instanceof TypeError)) throw error
          cutOff += 1
        }
        if (answered >= ENOUGH && !isKilled) {
          isKilled = true
          process.kill(first.pid, 'SIGKILL')
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  } finally {
    await first.stop('SIGKILL')
  }
  assert.ok(added.size > 10 && deleted.size > 10, `acknowledged: ${added.size} added, ${deleted.size} deleted`)
  assert.ok(cutOff > 0, 'the kill came in the middle of calls')

  await using second = await startServer({ data, adminSecret })
  const admin = await adminSession(second)
  for (const [id, token] of added) assert.deepEqual(await call(second.url, 'appToken.get', { ks: admin, id }), token)
  const lastAdded = [...added.values()].at(-1)
  assert.equal((await logIn(second, lastAdded)).objectType, 'KalturaSessionInfo', 'its value is kept as well')
  for (const [id, ks] of deleted) {
    assert.equal((await call(second.url, 'appToken.get', { ks: admin, id })).code, 'APP_TOKEN_ID_NOT_FOUND')
    assert.equal((await call(second.url, 'media.list', { ks })).args.KSID, 'LOGOUT')
  }
})
