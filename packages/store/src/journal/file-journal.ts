import type { JournalFilter, JournalLine, Listed, Page, TokenUsage } from '@latchkey/authority'
import type { EpochSeconds } from '@latchkey/core'
import { Appender, type AppenderOptions } from './appender.ts'
import { countOf } from './blocks.ts'
import type { CallCounts } from './call-counts.ts'
import { FileIndex } from './file-index.ts'
import { fittedFilter, fittedTokenId, formatLine, matches } from './line.ts'
import { Newest } from './newest.ts'
import { type OpenJournal, rangeOf, usageOf, whyNotWritable } from './open-journal.ts'
import { needleOf, Reader } from './reader.ts'

export interface FileJournalOptions extends AppenderOptions {
  /**
   * Records that are kept of tokens, and as many again of ids that were only ever refused; 100,000 unless told, which is some
   * tens of megabytes at the most.
   */
  readonly maxRecords?: number | undefined
}

const MAX_RECORDS = 100_000

/** The journal of the embedded store: files that are only ever added to, one a process, merged on reading. */
export class FileJournal implements OpenJournal {
  readonly #appender: Appender
  readonly #counts: CallCounts
  readonly #reader: Reader
  readonly #index: FileIndex

  constructor(options: FileJournalOptions, counts: CallCounts) {
    this.#appender = new Appender(options)
    this.#counts = counts
    this.#reader = new Reader(options.directory)
    this.#index = new FileIndex(this.#reader, options.maxRecords ?? MAX_RECORDS)
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
    return this.#reader.inTurn(() => this.#list(partnerId, fittedFilter(filter), page))
  }

  async usage(partnerId: number, tokenId: string): Promise<TokenUsage> {
    const [totals, calls] = await Promise.all([
      this.#index.totalsOf(partnerId, fittedTokenId(tokenId)),
      this.#counts.find(partnerId, tokenId),
    ])
    const { issued, refusedByCause, lastIssuedAt, lastRefusedAt, previousValue } = totals
    return usageOf({ issued, refusedByCause, lastIssuedAt, lastRefusedAt, previousValue }, calls)
  }

  /**
   * The total may take looking at every line, though only at those that hold what the filter names. Of the lines it keeps no
   * more than where those of the page are.
   */
  async #list(partnerId: number, filter: JournalFilter, page: Page): Promise<Listed<JournalLine>> {
    await this.#index.readAppended()
    const { from, to } = rangeOf(page)
    const newest = new Newest(to > from ? to : 0)
    const needle = needleOf(partnerId, filter)
    const names = this.#index.blocks.names()
    const places = new Map(names.map((name, place) => [name, place]))
    let total = 0
    for (const block of this.#index.blocks.latestFirst()) {
      const count = countOf(block, partnerId, filter)
      if (count === 0 || (count !== undefined && newest.isAbove(block.maxAt))) {
        total += count
        continue
      }
      const file = places.get(block.name) ?? 0
      await this.#reader.scan(block.name, block, needle, (line, position, length) => {
        if (line.partnerId !== partnerId || !matches(line, filter)) return
        total += 1
        newest.add({ at: line.at, file, position, length })
      })
    }
    return { total, items: await this.#reader.read(names, newest.sorted().slice(from)) }
  }
}
