import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Bytes of a process after so many issued sessions. */
export interface MemoryReading {
  readonly issued: number
  readonly resident: number
  readonly heap: number
}

/** Memory of a fresh process while it issues sessions: before the first, and after each tenth of them. */
export async function benchMemory(issued: number): Promise<readonly MemoryReading[]> {
  const script = fileURLToPath(new URL('./lib/issue-sessions.ts', import.meta.url))
  const args = ['--expose-gc', '--conditions=source', script, String(issued)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout)
}
