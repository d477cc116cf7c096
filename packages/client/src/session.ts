/// <reference lib="esnext.disposable" preserve="true" />
import type { CallArguments, KnownAction, KnownService, Open, ResultOf } from './call-types.ts'
import { LatchkeyAnswerError, LatchkeyCallError, LatchkeyUsageError } from './errors.ts'
import { Keeper } from './keeper.ts'
import { logIn, type SessionInfo } from './login.ts'
import { parseCredentials, parseTransport, type SessionOptions } from './options.ts'
import { type CallName, refusalIn } from './refusal.ts'
import { post, type Reply, type Transport, type WaitOptions } from './transport.ts'

/** A session that renews itself. Made by {@link createSession}. */
export interface Session extends AsyncDisposable {
  /** What the server said of the newest session; no secret is in it. */
  readonly info: SessionInfo
  /** Where it is, without `/api_v3`. */
  readonly serviceUrl: string
  /**
   * One call of the protocol. Logs in before it where that is due, and where the session has expired meanwhile logs in and
   * calls once more.
   *
   * @throws {LatchkeyCallError} the server refused it, so it was not carried out
   * @throws {LatchkeyLoginError} a login was needed and was refused
   * @throws {LatchkeyNoAnswerError} no answer came; whether it was carried out is not known
   * @throws {LatchkeyAnswerError} what came is none of this protocol
   * @throws {LatchkeyUsageError} `SESSION_CLOSED`, `NAME_INVALID`, `OPTIONS_INVALID`, `BODY_UNSUPPORTED`, `TOKEN_VALUE_UNAVAILABLE`
   */
  call<const S extends Open<KnownService>, const A extends Open<KnownAction<S>>>(
    service: S,
    action: A,
    ...rest: CallArguments<S, A, WaitOptions>
  ): Promise<ResultOf<S, A>>
  /** A live session string, for code that sends it itself. It is a credential: keep it out of logs and URLs. */
  ks(options?: Pick<WaitOptions, 'signal'>): Promise<string>
  /**
   * Does something with a live session string, and once more with the next one if it throws or answers the server's refusal
   * of an expired session (an object with `code`, `message`, `args`), or a list of nothing but such. For clients that are not
   * ours.
   */
  run<T>(work: (ks: string) => Promise<T>, options?: Pick<WaitOptions, 'signal'>): Promise<T>
  /** Logs in anew, as after a change of the app token or a role. */
  renew(options?: Pick<WaitOptions, 'signal'>): Promise<void>
  /**
   * Lets go of the session: later calls are refused, and a login in flight is given up. Ends the session at the server too
   * where that ends no other; see {@link CloseOptions.ends}.
   */
  close(options?: CloseOptions): Promise<void>
}

export interface CloseOptions extends WaitOptions {
  /**
   * Whether to end the session at the server. Left out, only at a Latchkey server that shows itself: at others ending one
   * session ends all sessions of the app token, and keeps it from new ones that work for a day.
   */
  readonly ends?: boolean | undefined
}

/** What the parts of the SDK that stand beside a session need of it. */
export interface Parts {
  readonly keeper: Keeper
  readonly transport: Transport
  readonly clientTag: string
}

const CLOSING_MS = 5_000

const partsOfSession = /* @__PURE__ */ new WeakMap<Session, Parts>()

/** @throws {LatchkeyUsageError} `OPTIONS_INVALID` for anything but a session of ours */
export function partsOf(session: Session): Parts {
  const parts = partsOfSession.get(session)
  if (parts === undefined) throw new LatchkeyUsageError('OPTIONS_INVALID', 'that is no session of createSession')
  return parts
}

/**
 * Logs in with an app token, so that credentials that do not work show at once.
 *
 * @throws {LatchkeyLoginError} with the server's code, its diagnosis where it gives one, and a hint
 * @throws {LatchkeyNoAnswerError} `UNREACHABLE`, `TIMEOUT`
 * @throws {LatchkeyAnswerError} the server speaks another protocol, or issues sessions that have ended
 * @throws {LatchkeyUsageError} `OPTIONS_INVALID`, `TOKEN_VALUE_UNAVAILABLE`
 */
export function createSession(options: SessionOptions): Promise<Session> {
  return createSessionAt(options, Date.now)
}

/** @param now milliseconds, for the tests */
export async function createSessionAt(options: SessionOptions, now: () => number): Promise<Session> {
  const transport = parseTransport(options)
  const credentials = parseCredentials(options)
  const { clientTag = 'latchkey-client', onRenewalError, signal } = options
  const keeper = new Keeper({
    logIn: (known, closing) => logIn(transport, credentials, clientTag, known, closing),
    now,
    onRenewalError,
  })
  try {
    await keeper.renew({ signal })
  } catch (error) {
    keeper.close()
    throw error
  }
  const session = new KeptSession({ keeper, transport, clientTag })
  return session
}

class KeptSession implements Session {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
    partsOfSession.set(this, parts)
  }

  get serviceUrl(): string {
    return this.#parts.transport.serviceUrl
  }

  get info(): SessionInfo {
    const { info } = this.#parts.keeper
    // There is one from the first login on, before which nobody has this object.
    if (info === undefined) throw new LatchkeyUsageError('SESSION_CLOSED', 'there is no session')
    return info
  }

  async call<const S extends Open<KnownService>, const A extends Open<KnownAction<S>>>(
    service: S,
    action: A,
    ...rest: CallArguments<S, A, WaitOptions>
  ): Promise<ResultOf<S, A>> {
    const { keeper } = this.#parts
    const [params, options = {}]: readonly [params?: object, options?: WaitOptions] = rest
    const name = { service: nameOf('service', service), action: nameOf('action', action) }
    return keeper.run(async (ks) => asAnswered(await callWith(this.#parts, ks, name, params ?? {}, options)), options)
  }

  ks(options: Pick<WaitOptions, 'signal'> = {}): Promise<string> {
    return this.#parts.keeper.run(async (ks) => ks, options)
  }

  run<T>(work: (ks: string) => Promise<T>, options: Pick<WaitOptions, 'signal'> = {}): Promise<T> {
    return this.#parts.keeper.run(work, options)
  }

  renew(options: Pick<WaitOptions, 'signal'> = {}): Promise<void> {
    return this.#parts.keeper.renew(options)
  }

  async close({ ends, ...options }: CloseOptions = {}): Promise<void> {
    const { keeper } = this.#parts
    if (keeper.isClosed) return
    const { isLatchkey } = this.info
    const ks = keeper.close()
    if (ks === undefined || !(ends ?? isLatchkey)) return
    // A program that ends does not wait long for what it did not ask for.
    const timeoutMs = ends ? undefined : Math.min(this.#parts.transport.timeoutMs, CLOSING_MS)
    try {
      await callWith(this.#parts, ks, { service: 'session', action: 'end' }, {}, { timeoutMs, ...options })
    } catch (error) {
      // Who did not ask for it is not told that it did not work: the session ends by itself.
      if (ends === true) throw error
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  toJSON(): object {
    return { serviceUrl: this.serviceUrl, ...this.info }
  }
}

async function callWith(
  { transport, clientTag }: Parts,
  ks: string,
  name: CallName,
  params: object,
  options: WaitOptions,
): Promise<unknown> {
  const { service, action } = name
  // In JSON it would silently be an empty object.
  if (Object.values(params).some((value) => value instanceof Blob)) {
    throw new LatchkeyUsageError('BODY_UNSUPPORTED', 'a file goes as multipart: send it by withSession(fetch, session)')
  }
  const body = { ...params, format: 1, clientTag, ks }
  const path = `/api_v3/service/${service}/action/${action}`
  const reply = await post(transport, `${service}.${action}`, path, body, [ks], options)
  return resultOf(reply, name, [ks])
}

/** @throws {LatchkeyCallError} @throws {LatchkeyAnswerError} `HTTP_STATUS` */
export function resultOf({ value, status, requestId }: Reply, name: CallName, secrets: readonly string[]): unknown {
  const refusal = refusalIn(value, name, status, requestId, secrets)
  if (refusal !== undefined) throw new LatchkeyCallError(refusal)
  if (status >= 200 && status < 300) return value
  const what = `${name.service}.${name.action} was answered with status ${status}`
  throw new LatchkeyAnswerError('HTTP_STATUS', what, status)
}

/** @throws {LatchkeyUsageError} `NAME_INVALID`: names become part of a URL */
export function nameOf(what: string, text: string): string {
  if (/^\w+$/.test(text)) return text
  throw new LatchkeyUsageError('NAME_INVALID', `a name of a ${what} has letters, digits and _ only`)
}

/** The answer of an action whose types say what it is: the server is taken at its word. */
export function asAnswered<T>(value: unknown): T {
  return value as T
}
