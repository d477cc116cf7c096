import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer, temporaryDirectory } from './lib/server.ts'
import { addToken, adminSession, call, logIn } from './lib/v3.ts'

const CALLS = 200
const AT_ONCE = 8
/** How many calls are answered before the power goes. */
const ENOUGH = 90

test('what was acknowledged before kill -9 is there after it, and nothing that was deleted comes back', async () => {
  await using directory = await temporaryDirectory()
  const data = `${directory.path}/data`
  const added = new Set<string>()
  const deleted = new Map<string, string>()
  const undecided = new Set<string>()
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
    let isDead = false
    const jobs = victims.flatMap((victim) => [
      async () => {
        const { id } = await addToken(first, admin)
        if (id !== undefined) added.add(id)
      },
      async () => {
        undecided.add(victim.token.id)
        const answer = await call(first.url, 'appToken.delete', { ks: admin, id: victim.token.id })
        if (answer === null) deleted.set(victim.token.id, victim.ks)
      },
    ])
    const worker = async () => {
      for (let job = jobs.shift(); job !== undefined && !isDead; job = jobs.shift()) {
        try {
          await job()
          answered += 1
        } catch {
          // The connection broke: nothing was acknowledged.
          isDead = true
        }
        if (answered >= ENOUGH && !isDead) {
          isDead = true
          await first.stop('SIGKILL')
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  } finally {
    await first.stop('SIGKILL')
  }
  assert.ok(added.size > 10 && deleted.size > 10, `acknowledged: ${added.size} added, ${deleted.size} deleted`)

  await using second = await startServer({ data, adminSecret })
  const admin = await adminSession(second)
  for (const id of added) assert.equal((await call(second.url, 'appToken.get', { ks: admin, id })).id, id)
  for (const [id, ks] of deleted) {
    assert.equal((await call(second.url, 'appToken.get', { ks: admin, id })).code, 'APP_TOKEN_ID_NOT_FOUND')
    assert.equal((await call(second.url, 'media.list', { ks })).args.KSID, 'LOGOUT')
  }
})
