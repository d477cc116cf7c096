import { LatchkeyLoginError, LatchkeyUsageError } from './errors.ts'
import type { HashType } from './hash.ts'
import type { LoggedIn, SessionInfo } from './login.ts'
import { sessionFate } from './refusal.ts'
import { until } from './transport.ts'

/** A session string, and by the local clock when to see after it. */
interface Kept {
  readonly ks: string
  /** From here on it is renewed, beside the calls that still use it. */
  readonly renewAt: number
  /** From here on calls wait for the next one. */
  readonly lastUseAt: number
}

const RENEW_AT = 0.8
/** Before the end by the server's clock, which is known to a second and is behind by what an answer travels. */
const MARGIN_MS = 5_000
const MARGIN_PART = 0.05
/** After a refused login the refusal stands this long, so that a loop of callers does not become one of logins. */
const REFUSAL_STANDS_MS = 1_000
const RETRY_MS = 10_000

/** What a {@link Keeper} stands on. */
export interface KeeperDeps {
  readonly logIn: (known: HashType | undefined, signal: AbortSignal) => Promise<LoggedIn>
  /** Milliseconds; only differences count. */
  readonly now: () => number
  readonly onRenewalError: ((error: unknown) => void) | undefined
}

/**
 * Keeps one session alive, with at most one login in flight however many ask. It has no timer: whoever asks for the
 * session causes what is due, and while nobody does nothing happens. Lives are counted from the server's clock when a
 * session was issued, so a local clock that is wrong by any amount does no harm.
 */
export class Keeper {
  readonly #deps: KeeperDeps
  readonly #closing = new AbortController()
  #kept: Kept | undefined
  #info: SessionInfo | undefined
  #renewal: Promise<Kept> | undefined
  #nextTryAt = Number.NEGATIVE_INFINITY
  #refused: { readonly error: LatchkeyLoginError; readonly until: number } | undefined

  constructor(deps: KeeperDeps) {
    this.#deps = deps
  }

  /** Of the newest session. */
  get info(): SessionInfo | undefined {
    return this.#info
  }

  /**
   * Does something with a live session string, and once more with the next one where the server says that the first has
   * expired: what was refused for that was not carried out. Nothing else is ever tried again.
   *
   * @throws what the work throws, and what a login does
   */
  async run<T>(work: (ks: string) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const kept = await this.#live(signal)
    try {
      return await work(kept.ks)
    } catch (error) {
      if (this.#note(kept, error) !== 'EXPIRED') throw error
    }
    const fresh = await this.#live(signal)
    try {
      return await work(fresh.ks)
    } catch (error) {
      this.#note(fresh, error)
      throw error
    }
  }

  /** Logs in anew; joins a login that is in flight. */
  async renew(signal: AbortSignal | undefined): Promise<void> {
    this.#assertOpen()
    this.#refused = undefined
    await until(this.#renew(), signal)
  }

  /** @returns the session string that was in use, for whoever wants to end it */
  close(): string | undefined {
    const ks = this.#kept?.ks
    this.#kept = undefined
    this.#closing.abort(closed())
    return ks
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  async #live(signal: AbortSignal | undefined): Promise<Kept> {
    signal?.throwIfAborted()
    this.#assertOpen()
    const kept = this.#kept
    const now = this.#deps.now()
    if (kept === undefined || now >= kept.lastUseAt) return until(this.#renew(), signal)
    if (now >= kept.renewAt && now >= this.#nextTryAt) this.#renewBeside()
    return kept
  }

  #renewBeside(): void {
    // Set at once, so that one of many callers starts it.
    this.#nextTryAt = this.#deps.now() + RETRY_MS
    this.#renew()
      .catch((error: unknown) => {
        if (!this.isClosed) this.#deps.onRenewalError?.(error)
      })
      // Nobody waits for this: a listener that throws would end the program.
      .catch(() => {})
  }

  #renew(): Promise<Kept> {
    if (this.#renewal !== undefined) return this.#renewal
    if (this.#refused !== undefined && this.#deps.now() < this.#refused.until)
      return Promise.reject(this.#refused.error)
    this.#renewal = this.#logIn().finally(() => {
      this.#renewal = undefined
    })
    return this.#renewal
  }

  async #logIn(): Promise<Kept> {
    const { logIn, now } = this.#deps
    // From when it was asked for: its life began no earlier.
    const startedAt = now()
    try {
      const { ks, info, lifeMs = Number.POSITIVE_INFINITY } = await logIn(this.#info?.hashType, this.#closing.signal)
      this.#assertOpen()
      const kept = {
        ks,
        renewAt: startedAt + lifeMs * RENEW_AT,
        lastUseAt: startedAt + lifeMs - Math.min(MARGIN_MS, lifeMs * MARGIN_PART),
      }
      this.#kept = kept
      this.#info = info
      this.#refused = undefined
      this.#nextTryAt = Number.NEGATIVE_INFINITY
      return kept
    } catch (error) {
      if (error instanceof LatchkeyLoginError) this.#refused = { error, until: now() + REFUSAL_STANDS_MS }
      throw error
    }
  }

  /** Lets go of a session that is no more; whoever comes next logs in. */
  #note(kept: Kept, error: unknown): ReturnType<typeof sessionFate> {
    const fate = sessionFate(error)
    if (fate !== undefined && this.#kept === kept) this.#kept = undefined
    return fate
  }

  #assertOpen(): void {
    if (this.isClosed) throw closed()
  }
}

function closed(): LatchkeyUsageError {
  return new LatchkeyUsageError('SESSION_CLOSED', 'the session was closed')
}
