import { readFile, stat } from 'node:fs/promises'

/**
 * What is made of a file, kept until the file changes, as it does where somebody builds the pages anew while they are served.
 *
 * @returns resolves to undefined where the file is not there
 */
export function readPage<T>(path: string, make: (text: string) => T): () => Promise<T | undefined> {
  let kept: { readonly mark: string; readonly made: T } | undefined
  return async () => {
    try {
      const { mtimeMs, size } = await stat(path)
      const mark = `${mtimeMs} ${size}`
      if (kept?.mark !== mark) kept = { mark, made: make(await readFile(path, 'utf8')) }
      return kept.made
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  }
}
