import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenStore, openStore, type StoreOptions } from '@latchkey/store'

/** A directory that is gone when the test is. */
export interface TemporaryDirectory extends Disposable {
  readonly path: string
}

export function temporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-store-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The embedded store in a directory, with its key beside it. */
export function openEmbedded(directory: string, options: Partial<StoreOptions> = {}): Promise<OpenStore> {
  return openStore({ dataDirectory: join(directory, 'data'), masterKeyPath: join(directory, 'master.key'), ...options })
}
