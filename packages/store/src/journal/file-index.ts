import { Blocks } from './blocks.ts'
import { needleOf, type Reader } from './reader.ts'
import { TokenTotals, TotalsCache } from './token-totals.ts'

const NOTHING = new TokenTotals()

/** Every line has it, and no text within one can hold it, since its quotes are escaped. */
const ANY_LINE = Buffer.from('"partnerId":')

/**
 * What is kept in memory of all files: the totals of tokens, and where lines of what time are. Each line is read once for
 * that; what is asked again reads on from where it was.
 */
export class FileIndex {
  readonly blocks = new Blocks()
  readonly #reader: Reader
  readonly #totals: TotalsCache
  /** How far each file was read. */
  #readTo = new Map<string, number>()
  #reading: Promise<void> | undefined

  /** @param maxRecords see {@link TotalsCache} */
  constructor(reader: Reader, maxRecords: number) {
    this.#reader = reader
    this.#totals = new TotalsCache(maxRecords)
  }

  /**
   * Totals of all that was appended before the call, by whichever process.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`
   */
  async totalsOf(partnerId: number, tokenId: string): Promise<TokenTotals> {
    const key = keyOf(partnerId, tokenId)
    await this.#readOn()
    const known = this.#totals.find(key)
    if (known !== undefined || !this.#totals.isPartial) return known ?? NOTHING
    return this.#reader.inTurn(async () => {
      await this.readAppended()
      return this.#totals.find(key) ?? this.#addUp(partnerId, tokenId)
    })
  }

  /** Whoever asks before it has begun shares it. */
  #readOn(): Promise<void> {
    this.#reading ??= this.#reader.inTurn(() => {
      this.#reading = undefined
      return this.readAppended()
    })
    return this.#reading
  }

  /** Called within {@link Reader.inTurn}. */
  async readAppended(): Promise<void> {
    const sizes = await this.#sizes()
    // What is gone can't be taken off the sums.
    for (const [name, readTo] of this.#readTo) if ((sizes.get(name) ?? -1) < readTo) this.#forget()
    try {
      for (const [name, size] of sizes) {
        const from = this.#readTo.get(name) ?? 0
        if (size === from) continue
        const readTo = await this.#reader.scan(name, { from }, ANY_LINE, (line, position, length) => {
          this.blocks.add(name, line, position, length)
          if (line.tokenId !== undefined) this.#totals.add(keyOf(line.partnerId, line.tokenId), line)
        })
        this.#readTo.set(name, readTo)
      }
    } catch (error) {
      // Part of a file may have been taken in.
      this.#forget()
      throw error
    }
  }

  async #sizes(): Promise<ReadonlyMap<string, number>> {
    const sizes = new Map<string, number>()
    for (const name of await this.#reader.names()) {
      const size = await this.#reader.size(name)
      if (size !== undefined) sizes.set(name, size)
    }
    return sizes
  }

  #forget(): void {
    this.#readTo = new Map()
    this.#totals.clear()
    this.blocks.clear()
  }

  /** One token alone, out of all that was read: for those that there was no room for. */
  async #addUp(partnerId: number, tokenId: string): Promise<TokenTotals> {
    const totals = new TokenTotals()
    const needle = needleOf(partnerId, { tokenId })
    for (const [name, to] of this.#readTo) {
      await this.#reader.scan(name, { from: 0, to }, needle, (line) => {
        if (line.partnerId === partnerId && line.tokenId === tokenId) totals.add(line)
      })
    }
    this.#totals.put(keyOf(partnerId, tokenId), totals)
    return totals
  }
}

function keyOf(partnerId: number, tokenId: string): string {
  return `${partnerId}/${tokenId}`
}
