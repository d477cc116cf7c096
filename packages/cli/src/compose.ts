import { type Deps, OpenedSessions, parseRanges, StartRate } from '@latchkey/authority'
import { nodePrimitives } from '@latchkey/core/node'
import { openStore } from '@latchkey/store'
import type { Settings } from './settings.ts'

/** The one place where a store is picked. Closing it closes the store. */
export async function composeDeps(settings: Settings): Promise<{ readonly deps: Deps } & AsyncDisposable> {
  const internalAddresses = parseRanges(settings.internalAddresses)
  const store = await openStore({
    url: settings.databaseUrl,
    dataDirectory: settings.data,
    masterKeyPath: settings.masterKeyFile,
    journalSync: settings.journalSync,
  })
  const deps: Deps = {
    store,
    primitives: nodePrimitives,
    clock: () => Math.floor(Date.now() / 1000),
    privileges: settings.privileges,
    sessions: new OpenedSessions(),
    startRate: new StartRate(),
    fidelity: settings.fidelity,
    internalAddresses,
  }
  return { deps, [Symbol.asyncDispose]: () => store.close() }
}
