import { Worker } from 'node:worker_threads'
import type { Statement, UnitOutcome } from '../engine.ts'
import { unavailable } from '../failures.ts'
import type { FromWriter, ToWriter, UnitReply, WriterOptions } from './writer-messages.ts'

// A URL's text isn't rewritten by the compiler as an import is.
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './writer-worker.ts' : './writer-worker.js', import.meta.url)

interface Waiting {
  readonly unit: readonly Statement[]
  readonly resolve: (outcome: UnitOutcome) => void
  readonly reject: (error: unknown) => void
}

/**
 * Hands units to the writing thread: those of one turn of the loop, and all that came while the last transaction ran,
 * go into one. So a unit waits for at most the transaction that is under way and its own.
 */
export class Writer {
  readonly #options: WriterOptions
  readonly #onWritten: () => void
  #worker: Worker | undefined
  #queue: Waiting[] = []
  #sent: readonly Waiting[] = []
  #isFlushDue = false
  #closing: Promise<void> | undefined
  #onIdle: (() => void) | undefined

  /** @param onWritten called after each commit, before any of its units resolves */
  constructor(options: WriterOptions, onWritten: () => void) {
    this.#options = options
    this.#onWritten = onWritten
  }

  /** @throws {LatchkeyError} `STORE_UNAVAILABLE` */
  write(unit: readonly Statement[]): Promise<UnitOutcome> {
    if (this.#closing !== undefined) return Promise.reject(unavailable(this.#options.path, new Error('it is closed')))
    return new Promise((resolve, reject) => {
      this.#queue.push({ unit, resolve, reject })
      this.#flushSoon()
    })
  }

  /** Lets what was handed in finish first. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    while (this.#isBusy()) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve
      })
    }
    const worker = this.#worker
    if (worker === undefined) return
    this.#worker = undefined
    worker.ref()
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    worker.postMessage({ type: 'close' } satisfies ToWriter)
    await ended
  }

  #isBusy(): boolean {
    return this.#sent.length > 0 || this.#queue.length > 0
  }

  #flushSoon(): void {
    if (this.#isFlushDue || this.#sent.length > 0) return
    this.#isFlushDue = true
    setImmediate(() => {
      this.#isFlushDue = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#sent.length > 0 || this.#queue.length === 0) return
    this.#sent = this.#queue
    this.#queue = []
    try {
      this.#worker ??= this.#start()
      this.#worker.ref()
      this.#worker.postMessage({ type: 'write', units: this.#sent.map(({ unit }) => unit) } satisfies ToWriter)
    } catch (error) {
      this.#fail(error)
    }
  }

  #start(): Worker {
    // None of this process's own flags: some are refused in a thread, and it needs none.
    const worker = new Worker(WORKER, { workerData: this.#options, name: 'latchkey-writer', execArgv: [] })
    worker.on('message', (message: FromWriter) => {
      if (message.type === 'written') this.#settle(message.replies)
    })
    let reason: unknown = new Error('the writing thread ended')
    worker.on('error', (error) => {
      reason = error
    })
    worker.on('exit', () => {
      // The next write starts another one.
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#fail(reason)
    })
    return worker
  }

  #settle(replies: readonly UnitReply[]): void {
    const sent = this.#sent
    this.#sent = []
    // An idle thread keeps no process alive.
    this.#worker?.unref()
    this.#onWritten()
    for (const [index, waiting] of sent.entries()) {
      const reply = replies[index]
      if (reply?.type === 'outcome') waiting.resolve(reply.outcome)
      else waiting.reject(unavailable(this.#options.path, new Error(reply?.message ?? 'no reply')))
    }
    this.#goOn()
  }

  #fail(reason: unknown): void {
    const sent = this.#sent
    this.#sent = []
    this.#onWritten()
    for (const waiting of sent) waiting.reject(unavailable(this.#options.path, reason))
    this.#goOn()
  }

  #goOn(): void {
    if (this.#queue.length > 0) this.#flush()
    else this.#onIdle?.()
  }
}
