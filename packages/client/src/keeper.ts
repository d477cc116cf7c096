import { LatchkeyLoginError, LatchkeyUsageError } from './errors.ts'
import type { HashType } from './hash.ts'
import type { LoggedIn, SessionInfo } from './login.ts'
import { sessionFate } from './refusal.ts'
import { inTime, until, type WaitOptions } from './transport.ts'

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
  #refused: { readonly error: LatchkeyLoginError; readonly at: number } | undefined

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
   * @param work throws the refusal or answers it, or a list in which every step is one
   * @throws what the work throws, and what a login does
   */
  async run<T>(work: (ks: string) => Promise<T>, wait: WaitOptions): Promise<T> {
    const kept = await this.#live(wait)
    try {
      const answer = await work(kept.ks)
      if (!this.#note(kept, answer)) return answer
    } catch (error) {
      if (!this.#note(kept, error)) throw error
    }
    const fresh = await this.#live(wait)
    try {
      const answer = await work(fresh.ks)
      this.#note(fresh, answer)
      return answer
    } catch (error) {
      this.#note(fresh, error)
      throw error
    }
  }

  /** Logs in anew; joins a login that is in flight. */
  async renew({ signal }: WaitOptions): Promise<void> {
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

  async #live({ signal, timeoutMs }: WaitOptions): Promise<Kept> {
    signal?.throwIfAborted()
    this.#assertOpen()
    const kept = this.#kept
    const now = this.#deps.now()
    // The login is everybody's and keeps its own time; who cannot wait so long goes without it.
    if (kept === undefined || now >= kept.lastUseAt)
      return inTime('the login', { signal, timeoutMs }, (over) => until(this.#renew(), over))
    if (now >= kept.renewAt && now >= this.#nextTryAt) this.#renewBeside()
    return kept
  }

  #renewBeside(): void {
    // Set at once, so that one of many callers starts it.
    this.#nextTryAt = this.#deps.now() + RETRY_MS
    this.#renew()
      // What a listener returns is waited for as well: nobody else does, and if it fails it would end the program.
      .catch((error: unknown) => (this.isClosed ? undefined : this.#deps.onRenewalError?.(error)))
      .catch(() => {})
  }

  #renew(): Promise<Kept> {
    if (this.#renewal !== undefined) return this.#renewal
    // Either way: a clock that was set back would have it stand for as long.
    if (this.#refused !== undefined && Math.abs(this.#deps.now() - this.#refused.at) < REFUSAL_STANDS_MS)
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
      if (error instanceof LatchkeyLoginError) this.#refused = { error, at: now() }
      throw error
    }
  }

  /**
   * Lets go of a session that is no more; whoever comes next logs in.
   *
   * @returns whether all of it was refused because the session has expired
   */
  #note(kept: Kept, outcome: unknown): boolean {
    const fates = (Array.isArray(outcome) ? outcome : [outcome]).map(sessionFate)
    if (fates.some((fate) => fate !== undefined) && this.#kept === kept) this.#kept = undefined
    // Where one step was carried out, sending all again would carry it out twice.
    return fates.length > 0 && fates.every((fate) => fate === 'EXPIRED')
  }

  #assertOpen(): void {
    if (this.isClosed) throw closed()
  }
}

function closed(): LatchkeyUsageError {
  return new LatchkeyUsageError('SESSION_CLOSED', 'the session was closed')
}
