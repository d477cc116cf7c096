import { readdir } from 'node:fs/promises'
import { nodePrimitives } from '@latchkey/core/node'

// The files of a journal: `20260730T101500123Z-4711-9f2c4e1ab0d35e77-000001.jsonl`, by when it was begun, by which process,
// and which one of that process's it is. Sorted by name they are sorted by age.

const NAME = /^\d{8}T\d{9}Z-\d+-[0-9a-f]{16}-\d{6,}\.jsonl$/

/** Names for the files of one process, unlike any other's, also of one that gets the same number later. */
export function fileNames(): () => string {
  const random = Buffer.from(nodePrimitives.randomBytes(8)).toString('hex')
  let begun = 0
  return () => {
    begun += 1
    const time = new Date().toISOString().replaceAll(/[-:.]/g, '')
    return `${time}-${process.pid}-${random}-${String(begun).padStart(6, '0')}.jsonl`
  }
}

/** Names of the journal's files, the oldest first. None where nothing was written yet. */
export async function listFiles(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).filter((name) => NAME.test(name)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Whether a file or directory wasn't there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
