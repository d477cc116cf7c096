import { closeSync, fdatasync, fstatSync, ftruncateSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unavailable } from '../failures.ts'
import { fileNames } from './files.ts'

// This process's end of the journal. Lines of one turn of the loop go to the operating system in one write, and from there
// to the disk several turns at a time, behind the replies.

/** When an appended line counts as kept: once the operating system has it, or once the disk has. */
export type JournalSync = 'turn' | 'always'

export interface AppenderOptions {
  readonly directory: string
  readonly sync: JournalSync
  /** A file that has grown to this is followed by another one. */
  readonly maxFileBytes: number
}

interface Turn {
  text: string
  readonly promise: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

interface OpenFile {
  readonly fd: number
  readonly path: string
  /** Bytes of whole lines. */
  size: number
  /** As long as its directory's entry isn't on disk either. */
  isNew: boolean
  /** Closed once it is on disk. */
  isDone: boolean
}

/** From the first line that isn't on disk to the flush that takes it there. */
const SYNC_DELAY_MS = 3

/** How often to look whether someone deleted the file that is being written. */
const CHECK_MS = 1000

const fdatasyncAsync = promisify(fdatasync)

/** Appends lines to a file of its own in the directory, which is made, like the file, with the first line. */
export class Appender {
  readonly #options: AppenderOptions
  readonly #nextName = fileNames()
  #turn: Turn | undefined
  #file: OpenFile | undefined
  /** Files with something that isn't on disk. */
  #dirty: OpenFile[] = []
  #dirtySince = 0
  /** With `always`: written turns whose flush hasn't begun. */
  #waiting: Turn[] = []
  #timer: NodeJS.Timeout | undefined
  #syncing: Promise<unknown> | undefined
  /** Lines that were acknowledged may not be on disk; the next append tells. */
  #syncFailure: unknown
  #checkedAt = 0
  #isClosed = false

  constructor(options: AppenderOptions) {
    this.#options = options
  }

  /**
   * @param line without its newline
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`
   */
  append(line: string): Promise<void> {
    if (this.#isClosed) return Promise.reject(this.#unavailable(new Error('it is closed')))
    let turn = this.#turn
    if (turn === undefined) {
      turn = { text: '', ...Promise.withResolvers<void>() }
      this.#turn = turn
      setImmediate(this.#writeTurn)
    }
    turn.text += line
    turn.text += '\n'
    // One promise for all of a turn: they are written together, or not at all.
    return turn.promise
  }

  /**
   * Resolves when what was appended so far is on disk.
   * @throws {LatchkeyError} `STORE_UNAVAILABLE`
   */
  async flush(): Promise<void> {
    this.#writeTurn()
    // One flush may be under way that began too early; the next one covers all.
    await this.#syncing
    if (this.#syncing === undefined && this.#dirty.length > 0) this.#startSync()
    const failure = (await this.#syncing) ?? this.#syncFailure
    this.#syncFailure = undefined
    if (failure !== undefined) throw this.#unavailable(failure)
  }

  /** As {@link Appender.flush}, and lets go of the file. Nothing is taken any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#writeTurn()
    if (this.#file !== undefined) this.#finish(this.#file)
    await this.flush()
  }

  readonly #writeTurn = (): void => {
    const turn = this.#turn
    if (turn === undefined) return
    this.#turn = undefined
    try {
      const failure = this.#syncFailure
      this.#syncFailure = undefined
      if (failure !== undefined) throw failure
      this.#write(Buffer.from(turn.text))
    } catch (error) {
      turn.reject(this.#unavailable(error))
      return
    }
    if (this.#options.sync === 'always') this.#waiting.push(turn)
    else turn.resolve()
    this.#syncSoon()
  }

  #write(bytes: Uint8Array): void {
    this.#file ??= this.#open()
    const file = this.#file
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file.fd, bytes, written)
    } catch (error) {
      this.#abandon(file)
      throw error
    }
    file.size += bytes.length
    this.#markDirty(file)
    if (file.size >= this.#options.maxFileBytes) this.#finish(file)
  }

  #open(): OpenFile {
    mkdirSync(this.#options.directory, { recursive: true, mode: 0o700 })
    const path = join(this.#options.directory, this.#nextName())
    return { fd: openSync(path, 'ax', 0o600), path, size: 0, isNew: true, isDone: false }
  }

  /** Half a line may be at its end, to which nothing must be added; a reader may have seen what is cut off. */
  #abandon(file: OpenFile): void {
    try {
      ftruncateSync(file.fd, file.size)
      if (file.size === 0) unlinkSync(file.path)
    } catch {
      // Readers pass over a torn line.
    }
    this.#finish(file)
  }

  #finish(file: OpenFile): void {
    file.isDone = true
    this.#file = undefined
    this.#markDirty(file)
    this.#syncSoon()
  }

  #markDirty(file: OpenFile): void {
    if (this.#dirty.length === 0) this.#dirtySince = performance.now()
    if (!this.#dirty.includes(file)) this.#dirty.push(file)
  }

  #syncSoon(): void {
    if (this.#syncing !== undefined || this.#timer !== undefined) return
    if (this.#options.sync === 'always') {
      this.#startSync()
      return
    }
    const passed = performance.now() - this.#dirtySince
    this.#timer = setTimeout(() => this.#startSync(), Math.max(0, SYNC_DELAY_MS - passed))
  }

  #startSync(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#syncing = this.#sync()
  }

  /** @returns what went wrong, if anything */
  async #sync(): Promise<unknown> {
    const files = this.#dirty
    const waiting = this.#waiting
    this.#dirty = []
    this.#waiting = []
    let failure: unknown
    for (const file of files) failure = (await this.#syncFile(file)) ?? failure
    for (const turn of waiting) {
      if (failure === undefined) turn.resolve()
      else turn.reject(this.#unavailable(failure))
    }
    if (waiting.length === 0) this.#syncFailure = failure
    this.#syncing = undefined
    if (this.#dirty.length > 0) this.#syncSoon()
    return failure
  }

  async #syncFile(file: OpenFile): Promise<unknown> {
    let failure: unknown
    try {
      await fdatasyncAsync(file.fd)
      if (file.isNew) await this.#syncDirectory()
      file.isNew = false
      this.#checkStillThere(file)
    } catch (error) {
      failure = error
      // What the system does with the rest of it from now on, nobody knows.
      if (!file.isDone) this.#finish(file)
    }
    if (file.isDone && !this.#dirty.includes(file)) closeSync(file.fd)
    return failure
  }

  async #syncDirectory(): Promise<void> {
    // A directory can't be opened on Windows, where its entries need no flush of their own either.
    if (process.platform === 'win32') return
    const directory = await open(this.#options.directory, 'r')
    try {
      await directory.sync()
    } finally {
      await directory.close()
    }
  }

  /** Whoever deletes journals to make room may take the one in use, and lines would go nowhere. */
  #checkStillThere(file: OpenFile): void {
    const now = performance.now()
    if (file.isDone || now - this.#checkedAt < CHECK_MS) return
    this.#checkedAt = now
    if (fstatSync(file.fd).nlink === 0) this.#finish(file)
  }

  #unavailable(error: unknown): unknown {
    return unavailable(this.#options.directory, error)
  }
}
