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
  startWidgetSession,
} from '@latchkey/authority'
import { findAction, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { openStore } from '@latchkey/store'

export interface MemoryReading {
  readonly issued: number
  /** Resident, in bytes. */
  readonly before: number
  readonly after: number
}

/** Resident memory of this process before and after so many issued sessions, each of them also opened once. */
export async function benchMemory(issued: number): Promise<MemoryReading> {
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
    // Fills the caches, which are bounded, and lets the compiler finish.
    await issue(Math.min(issued, 300_000))
    const before = resident()
    await issue(issued)
    return { issued, before, after: resident() }
  } finally {
    await store.close()
    await rm(directory, { recursive: true, force: true })
  }
}

function resident(): number {
  globalThis.gc?.()
  return process.memoryUsage().rss
}
