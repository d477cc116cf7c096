import { DatabaseSync } from 'node:sqlite'

/**
 * Opens the file as every connection of ours does: write-ahead log, on disk before a commit returns, foreign keys.
 * @param busyTimeoutMs how long a statement of this connection waits for another process's lock
 */
export function connect(path: string, busyTimeoutMs: number): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true })
  try {
    enterWal(database, Date.now() + busyTimeoutMs)
    database.exec('pragma synchronous = full')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** SQLite doesn't wait here when two processes make a new file at once, so this does. */
function enterWal(database: DatabaseSync, deadline: number): void {
  for (;;) {
    try {
      database.exec('pragma journal_mode = wal')
      return
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

/** Whether SQLite gave up waiting for a lock. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === 5
}

/** Whether a row with the same key was there already. */
export function isDuplicate(error: unknown): boolean {
  const code = extendedCode(error)
  return code === 2067 || code === 1555
}

function resultCode(error: unknown): number | undefined {
  const code = extendedCode(error)
  return code === undefined ? undefined : code & 0xff
}

function extendedCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined
}
