import { type FileHandle, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JournalFilter, JournalLine } from '@latchkey/authority'
import { unavailable } from '../failures.ts'
import { isMissing, listFiles } from './files.ts'
import { parseLine } from './line.ts'
import type { LineKey } from './newest.ts'
import { Scanner } from './scanner.ts'

/** @param position where the line begins in its file, and its `length`, in bytes */
export type VisitLine = (line: JournalLine, position: number, length: number) => void

/** Reads the files of all processes. One that is deleted meanwhile is as if it had never been. */
export class Reader {
  readonly #directory: string
  readonly #scanner = new Scanner()
  #last: Promise<unknown> = Promise.resolve()

  constructor(directory: string) {
    this.#directory = directory
  }

  /**
   * Runs the work when all that was handed in before is through, so that of the thread's time reading takes one share,
   * however many ask. What else is here is called from within.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work).catch((error: unknown) => {
      throw unavailable(this.#directory, error)
    })
    this.#last = done.catch(() => {})
    return done
  }

  /** Names of the files, the oldest first. */
  names(): Promise<readonly string[]> {
    return listFiles(this.#directory)
  }

  /** @returns its bytes, or undefined where there is no such file */
  async size(name: string): Promise<number | undefined> {
    try {
      return (await stat(join(this.#directory, name))).size
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  /**
   * Visits the lines that hold the needle, as far as the file goes at the start.
   * @param to where to stop before that
   * @returns where the first line begins that wasn't whole
   */
  async scan(
    name: string,
    span: { readonly from: number; readonly to?: number | undefined },
    needle: Buffer,
    visit: VisitLine,
  ): Promise<number> {
    const readTo = await this.#withFile(name, async (file) => {
      const { size } = await file.stat()
      const bounds = { from: span.from, to: Math.min(size, span.to ?? size) }
      return this.#scanner.scan(file, bounds, needle, (bytes, start, end, position) => {
        const line = parseLine(bytes.toString('utf8', start, end))
        if (line !== undefined) visit(line, position, end - start)
      })
    })
    return readTo ?? span.from
  }

  /** @param names what the files of the keys are counted in */
  async read(names: readonly string[], keys: readonly LineKey[]): Promise<readonly JournalLine[]> {
    const lines = new Map<LineKey, JournalLine>()
    for (const [file, ofFile] of Map.groupBy(keys, (key) => key.file)) {
      await this.#withFile(names[file] ?? '', (handle) =>
        // All at once: one after the other, each would wait for its turn of a loop that may be busy.
        Promise.all(
          ofFile.map(async (key) => {
            const { buffer } = await handle.read(Buffer.alloc(key.length), 0, key.length, key.position)
            const line = parseLine(buffer.toString())
            if (line !== undefined) lines.set(key, line)
          }),
        ),
      )
    }
    return keys.map((key) => lines.get(key)).filter((line) => line !== undefined)
  }

  async #withFile<T>(name: string, work: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
    let file: FileHandle
    try {
      file = await open(join(this.#directory, name), 'r')
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
    try {
      return await work(file)
    } finally {
      await file.close()
    }
  }
}

/**
 * Bytes that every line which matches holds; as few others as can be told beforehand. No text within a line can hold them,
 * since its quotes are escaped.
 */
export function needleOf(partnerId: number, filter: JournalFilter): Buffer {
  const only = {
    requestId: filter.requestId,
    tokenId: filter.tokenId,
    actor: filter.actor,
    cause: single(filter.causes),
    action: single(filter.actions),
    outcome: single(filter.outcomes),
  }
  for (const [field, text] of Object.entries(only)) {
    if (text !== undefined) return Buffer.from(`"${field}":${JSON.stringify(text)}`)
  }
  return Buffer.from(`"partnerId":${partnerId},`)
}

function single(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined
}
