import { statfsSync, statSync } from 'node:fs'
import type { LocalFacts } from '@latchkey/doctor'
import { inspectStore } from '@latchkey/store'
import type { Settings } from '../settings.ts'

/** Looks at what a server with these settings stands on. Changes nothing. */
export async function probeLocally(settings: Settings): Promise<LocalFacts> {
  const { keyFits, ...store } = await inspectStore({
    url: settings.databaseUrl,
    dataDirectory: settings.data,
    masterKeyPath: settings.masterKeyFile,
  })
  const mode = modeOf(settings.masterKeyFile)
  return {
    store,
    masterKey: { path: settings.masterKeyFile, isThere: mode !== undefined, mode, fits: keyFits },
    disk: { path: settings.data, freeBytes: freeBytes(settings.data) },
  }
}

function modeOf(path: string): number | undefined {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode
  // Windows has no such bits, and reports every file as open.
  if (mode === undefined || process.platform === 'win32') return mode === undefined ? undefined : 0o600
  return mode & 0o777
}

function freeBytes(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize
  } catch {
    return undefined
  }
}
