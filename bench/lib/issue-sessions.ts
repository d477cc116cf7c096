import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addAppToken,
  createPartner,
  type Deps,
  decideAccess,
  exchangeAppToken,
  OpenedSessions,
  StartRate,
  startWidgetSession,
} from '@latchkey/authority'
import { findAction, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { openStore } from '@latchkey/store'
import type { MemoryReading } from '../memory.ts'

/**
 * Issues as many sessions as its argument says, by the code behind `appToken.startSession`, opens each once as its first
 * call would, and prints its own memory after each tenth. A program of its own, since nothing else may have touched its heap.
 */
const READINGS = 10
const issued = Number(process.argv[2])
const readings: MemoryReading[] = []
await issueSessions()
process.stdout.write(`${JSON.stringify(readings)}\n`)

async function issueSessions(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
  const store = await openStore({
    dataDirectory: join(directory, 'data'),
    masterKeyPath: join(directory, 'master.key'),
  })
  try {
    const deps: Deps = {
      store,
      primitives: nodePrimitives,
      clock: () => Math.floor(Date.now() / 1000),
      privileges: 'vendor',
      sessions: new OpenedSessions(),
      startRate: new StartRate(),
    }
    const partner = await createPartner(deps, {})
    const { sessionText } = await startWidgetSession(deps, `_${partner.id}`, 86_400)
    const action = findAction('appToken', 'startSession')
    if (action === undefined) throw new Error('the catalogue has no appToken.startSession')
    const opened = await deps.sessions.open(store, nodePrimitives, sessionText)
    const { access } = await decideAccess(deps, {
      action,
      opened,
      sessionText,
      address: '127.0.0.1',
      uri: '/',
      isHttps: false,
      countsCall: true,
    })
    const token = await addAppToken(deps, access, { hashType: 'SHA256', sessionType: 0 })
    const proof = { tokenId: token.id, tokenHash: tokenHash(nodePrimitives, 'SHA256', sessionText, token.value) }
    const issue = async (count: number) => {
      for (let index = 0; index < count; index += 1) {
        const exchanged = await exchangeAppToken(deps, access, proof, {})
        if (exchanged.effect === 'deny') throw new Error(exchanged.reason.code)
        await deps.sessions.open(store, nodePrimitives, exchanged.sessionText)
        if (index % 1_000 === 0) await new Promise(setImmediate)
      }
    }
    for (let reading = 0; reading <= READINGS; reading += 1) {
      if (reading > 0) await issue(issued / READINGS)
      readings.push({ issued: (issued * reading) / READINGS, ...(await memory()) })
    }
  } finally {
    await store.close()
    await rm(directory, { recursive: true, force: true })
  }
}

/** In bytes, once everything that nobody holds is gone. */
async function memory(): Promise<{ readonly resident: number; readonly heap: number }> {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc')
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc()
    await new Promise(setImmediate)
  }
  const { rss, heapUsed } = process.memoryUsage()
  return { resident: rss, heap: heapUsed }
}
