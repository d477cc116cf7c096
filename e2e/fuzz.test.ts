import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPartner, type Deps, OpenedSessions, startSession } from '@latchkey/authority'
import { CAUSES, Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { createServer } from '@latchkey/server'
import { openStore } from '@latchkey/store'
import { ERRORS } from '@latchkey/wire'
import { pino } from 'pino'
import { badRequests } from './lib/bad-requests.ts'
import { temporaryDirectory } from './lib/server.ts'

/** A million takes some minutes: LATCHKEY_FUZZ_REQUESTS=1000000 npm test -- --only e2e/fuzz.test.ts */
const REQUESTS = Number(process.env.LATCHKEY_FUZZ_REQUESTS ?? 20_000)
const SEED = Number(process.env.LATCHKEY_FUZZ_SEED ?? Date.now() % 1_000_000)
/** However slow the machine, the test ends by itself. */
const LIMIT_MS = Number(process.env.LATCHKEY_FUZZ_LIMIT_MS ?? 900_000)
const AT_ONCE = 64
/** Actions that a lucky request may carry out are answers too. */
const OURS = new Set(['INTERNAL_SERVERL_ERROR', 'INTERNAL_DATABASE_ERROR', 'SERVICE_UNAVAILABLE'])

test(`no bad request of ${REQUESTS} makes a crash, a hang, a 500 or a code that is not listed (seed ${SEED})`, {
  timeout: LIMIT_MS,
}, async () => {
  await using directory = await temporaryDirectory()
  await using store = await openStore({
    dataDirectory: `${directory.path}/data`,
    masterKeyPath: `${directory.path}/master.key`,
  })
  const deps: Deps = {
    store,
    primitives: nodePrimitives,
    clock: () => Math.floor(Date.now() / 1000),
    privileges: 'vendor',
    sessions: new OpenedSessions(),
  }
  const adminSecret = 'f00dfeedf00dfeedf00dfeedf00dfeed'
  await createPartner(deps, { id: 4242, adminSecret: new Secret(adminSecret) })
  await using server = await createServer(deps, {
    logger: pino({ level: 'silent' }),
    trustProxy: [],
    errorStatus: 'legacy',
  })
  const sessions = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      startSession(deps, {
        partnerId: 4242,
        secret: adminSecret,
        userId: `user-${index}`,
        type: index % 2 ? 2 : 0,
        expirySeconds: 86_400,
        privileges: 'list:*',
      }),
    ),
  )
  const requests = badRequests(SEED, sessions)
  let done = 0
  const worker = async () => {
    while (done < REQUESTS) {
      done += 1
      const request = requests.next().value
      const answer = await server.inject(request)
      assertKnown(answer, () => JSON.stringify(request).slice(0, 2_000))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  assert.ok(done >= REQUESTS)
})

/** The message is made only when it is needed. */
function assertKnown(
  answer: { statusCode: number; body: string; headers: Record<string, unknown> },
  about: () => string,
): void {
  const fail = (why: string) => assert.fail(`${why}: ${answer.body.slice(0, 500)}\nrequest: ${about()}`)
  if (answer.statusCode !== 200 && answer.statusCode !== 404) fail(`status ${answer.statusCode}`)
  if (answer.body === '') {
    if (answer.headers['x-kaltura'] === undefined) fail('an empty answer')
    return
  }
  for (const [, code = ''] of answer.body.matchAll(/(?:"code":"|<error><code>|s:4:"code";s:\d+:")([A-Z_]+)/g)) {
    if (!Object.hasOwn(ERRORS, code) || OURS.has(code)) fail(`the code ${code}`)
  }
  for (const [, cause = ''] of answer.body.matchAll(/"cause":\{"id":"([^"]*)"/g)) {
    if (!Object.hasOwn(CAUSES, cause)) fail(`the cause ${cause}`)
  }
}
