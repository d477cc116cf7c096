import type { FileHandle } from 'node:fs/promises'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JournalFilter, JournalLine, Listed, Page, TokenUsage } from '@latchkey/authority'
import type { EpochSeconds } from '@latchkey/core'
import { unavailable } from '../failures.ts'
import { Appender, type AppenderOptions } from './appender.ts'
import type { CallCounts } from './call-counts.ts'
import { isMissing, listFiles } from './files.ts'
import { fittedFilter, fittedTokenId, formatLine, matches, parseLine } from './line.ts'
import { type LineKey, Newest } from './newest.ts'
import { type OpenJournal, rangeOf, usageOf, whyNotWritable } from './open-journal.ts'
import { Scanner, withFile } from './scanner.ts'
import { TokenTotals, TotalsCache } from './token-totals.ts'

/** Records that are kept of tokens, and as many of ids that were only ever refused; some tens of megabytes at the most. */
const MAX_RECORDS = 100_000

const NOTHING = new TokenTotals()

/** The journal of the embedded store: files that are only ever added to, one a process, merged on reading. */
export class FileJournal implements OpenJournal {
  readonly #directory: string
  readonly #appender: Appender
  readonly #counts: CallCounts
  readonly #scanner = new Scanner()
  readonly #totals = new TotalsCache(MAX_RECORDS)
  /** How far each file is added up. */
  #readTo = new Map<string, number>()
  #reading: Promise<void> | undefined

  constructor(options: AppenderOptions, counts: CallCounts) {
    this.#directory = options.directory
    this.#appender = new Appender(options)
    this.#counts = counts
  }

  append(line: JournalLine): Promise<void> {
    const why = whyNotWritable(line)
    return why === undefined ? this.#appender.append(formatLine(line)) : Promise.reject(why)
  }

  countCall(partnerId: number, tokenId: string, at: EpochSeconds): void {
    this.#counts.count(partnerId, tokenId, at)
  }

  async flush(): Promise<void> {
    await Promise.all([this.#appender.flush(), this.#counts.flush()])
  }

  async close(): Promise<void> {
    const ended = await Promise.allSettled([this.#appender.close(), this.#counts.close()])
    for (const end of ended) if (end.status === 'rejected') throw end.reason
  }

  list(partnerId: number, filter: JournalFilter, page: Page): Promise<Listed<JournalLine>> {
    return this.#scanner.inTurn(() => this.#orUnavailable(() => this.#list(partnerId, fittedFilter(filter), page)))
  }

  async usage(partnerId: number, tokenId: string): Promise<TokenUsage> {
    const [totals, calls] = await Promise.all([
      this.#findTotals(partnerId, fittedTokenId(tokenId)),
      this.#counts.find(partnerId, tokenId),
    ])
    const { issued, refusedByCause, lastIssuedAt, lastRefusedAt, previousValue } = totals
    return usageOf({ issued, refusedByCause, lastIssuedAt, lastRefusedAt, previousValue }, calls)
  }

  /** Goes through all files for the total; of the lines it keeps no more than where those of the page are. */
  async #list(partnerId: number, filter: JournalFilter, page: Page): Promise<Listed<JournalLine>> {
    const { from, to } = rangeOf(page)
    const files = await listFiles(this.#directory)
    const newest = new Newest(to > from ? to : 0)
    const needle = needleOf(partnerId, filter)
    let total = 0
    // The newest file first, so that of the older ones hardly a line needs to be kept.
    for (const [file, name] of [...files.entries()].reverse()) {
      await this.#scanWhole(name, needle, (line, position, length) => {
        if (line.partnerId !== partnerId || !matches(line, filter)) return
        total += 1
        newest.add({ at: line.at, file, position, length })
      })
    }
    return { total, items: await this.#readLines(files, newest.sorted().slice(from)) }
  }

  async #scanWhole(
    name: string,
    needle: Buffer,
    visit: (line: JournalLine, position: number, length: number) => void,
  ): Promise<void> {
    await this.#withFile(name, async (handle) => {
      const { size } = await handle.stat()
      await this.#scan(handle, 0, size, needle, visit)
    })
  }

  #scan(
    handle: FileHandle,
    from: number,
    to: number,
    needle: Buffer,
    visit: (line: JournalLine, position: number, length: number) => void,
  ): Promise<number> {
    return this.#scanner.scan(handle, { from, to }, needle, (bytes, start, end, position) => {
      const line = parseLine(bytes.toString('utf8', start, end))
      if (line !== undefined) visit(line, position, end - start)
    })
  }

  async #readLines(files: readonly string[], keys: readonly LineKey[]): Promise<readonly JournalLine[]> {
    const lines = new Map<LineKey, JournalLine>()
    for (const [file, ofFile] of Map.groupBy(keys, (key) => key.file)) {
      await this.#withFile(files[file] ?? '', async (handle) => {
        for (const key of ofFile) {
          const { buffer } = await handle.read(Buffer.alloc(key.length), 0, key.length, key.position)
          const line = parseLine(buffer.toString())
          if (line !== undefined) lines.set(key, line)
        }
      })
    }
    return keys.map((key) => lines.get(key)).filter((line) => line !== undefined)
  }

  async #findTotals(partnerId: number, tokenId: string): Promise<TokenTotals> {
    const key = keyOf(partnerId, tokenId)
    await this.#readOn()
    const known = this.#totals.find(key)
    if (known !== undefined || !this.#totals.isPartial) return known ?? NOTHING
    return this.#scanner.inTurn(() =>
      this.#orUnavailable(async () => {
        await this.#readAppended()
        return this.#totals.find(key) ?? this.#addUp(partnerId, tokenId)
      }),
    )
  }

  /** Resolves when all that was appended before the call is added up. Calls that wait for the same share it. */
  #readOn(): Promise<void> {
    this.#reading ??= this.#scanner.inTurn(() => {
      this.#reading = undefined
      return this.#orUnavailable(() => this.#readAppended())
    })
    return this.#reading
  }

  async #readAppended(): Promise<void> {
    const sizes = await this.#sizes()
    // What is gone can't be taken off the sums.
    for (const [name, readTo] of this.#readTo) if ((sizes.get(name) ?? -1) < readTo) this.#forget()
    const needle = Buffer.from('"tokenId":')
    try {
      for (const [name, size] of sizes) {
        const from = this.#readTo.get(name) ?? 0
        if (size === from) continue
        await this.#withFile(name, async (handle) => {
          const readTo = await this.#scan(handle, from, size, needle, (line) => {
            if (line.tokenId !== undefined) this.#totals.add(keyOf(line.partnerId, line.tokenId), line)
          })
          this.#readTo.set(name, readTo)
        })
      }
    } catch (error) {
      // Part of a file may have been added up.
      this.#forget()
      throw error
    }
  }

  #forget(): void {
    this.#readTo = new Map()
    this.#totals.clear()
  }

  async #sizes(): Promise<ReadonlyMap<string, number>> {
    const sizes = new Map<string, number>()
    for (const name of await listFiles(this.#directory)) {
      try {
        sizes.set(name, (await stat(join(this.#directory, name))).size)
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    }
    return sizes
  }

  /** One token alone, out of all that is added up: for those that there was no room for. */
  async #addUp(partnerId: number, tokenId: string): Promise<TokenTotals> {
    const totals = new TokenTotals()
    const needle = needleOf(partnerId, { tokenId })
    for (const [name, readTo] of this.#readTo) {
      await this.#withFile(name, (handle) =>
        this.#scan(handle, 0, readTo, needle, (line) => {
          if (line.partnerId === partnerId && line.tokenId === tokenId) totals.add(line)
        }),
      )
    }
    this.#totals.put(keyOf(partnerId, tokenId), totals)
    return totals
  }

  #withFile<T>(name: string, work: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
    return withFile(join(this.#directory, name), work)
  }

  async #orUnavailable<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw unavailable(this.#directory, error)
    }
  }
}

function keyOf(partnerId: number, tokenId: string): string {
  return `${partnerId}/${tokenId}`
}

/**
 * Bytes that every line which matches holds; as few others as can be told beforehand. No text within a line can hold them,
 * since its quotes are escaped.
 */
function needleOf(partnerId: number, filter: JournalFilter): Buffer {
  for (const field of ['requestId', 'tokenId', 'actor'] as const) {
    const text = filter[field]
    if (text !== undefined) return Buffer.from(`"${field}":${JSON.stringify(text)}`)
  }
  return Buffer.from(`"partnerId":${partnerId},`)
}
