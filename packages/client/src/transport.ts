import { invalid, LatchkeyAnswerError, LatchkeyClientError, LatchkeyNoAnswerError } from './errors.ts'
import { cleanText } from './refusal.ts'

/**
 * As much of `fetch` as the SDK uses. The platform's own fits, and so does any other that speaks of the same things.
 */
export type Fetch = (
  url: string,
  init: {
    readonly method: 'POST'
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly signal: AbortSignal
    readonly redirect: 'manual'
    readonly credentials: 'omit'
  },
) => Promise<{
  readonly status: number
  readonly type?: string | undefined
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}>

export interface Transport {
  readonly fetch: Fetch
  /** Without a slash at its end and without `/api_v3`. */
  readonly serviceUrl: string
  /** For one request with its answer. */
  readonly timeoutMs: number
}

export interface WaitOptions {
  /** Ends the wait; what it was aborted with is thrown. */
  readonly signal?: AbortSignal | undefined
  /** For the request, and for a login that it has to wait for; in place of the session's own. */
  readonly timeoutMs?: number | undefined
}

export interface Reply {
  readonly value: unknown
  readonly status: number
  readonly requestId: string | undefined
  /** The server's clock in milliseconds since 1970, to a second; `undefined` where it cannot be read. */
  readonly serverTimeMs: number | undefined
  /** Whether a Latchkey server that shows itself answered. */
  readonly isLatchkey: boolean
}

/**
 * One request with a JSON body, and its answer in JSON, whatever its status.
 *
 * @param what names the request in errors, such as `media.list`
 * @param path behind the service URL
 * @param secrets what must not show in an error
 * @throws {LatchkeyNoAnswerError} `UNREACHABLE`, `TIMEOUT`
 * @throws {LatchkeyAnswerError} `REDIRECTED`, `NOT_JSON`, `HTTP_STATUS`
 */
export async function post(
  transport: Transport,
  what: string,
  path: string,
  body: object,
  secrets: readonly string[],
  { signal, timeoutMs = transport.timeoutMs }: WaitOptions = {},
): Promise<Reply> {
  // What cannot be written is the caller's fault, not the network's.
  const text = JSON.stringify(body)
  try {
    return await inTime(what, { signal, timeoutMs }, async (over) => {
      const { response, content } = await until(exchange(transport, path, text, over), over)
      return read(what, response, content, secrets)
    })
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof LatchkeyClientError) throw error
    const reason = cleanText(reasonOf(error), secrets)
    throw new LatchkeyNoAnswerError('UNREACHABLE', `${what} was not answered: ${reason}`)
  }
}

/** What a timer takes: with more it would be over at once. */
const LONGEST_MS = 2 ** 31 - 1

/**
 * Some work, whose signal says when the caller's does, or when time is up.
 *
 * @throws {LatchkeyNoAnswerError} `TIMEOUT`; what the signal says and what the work throws
 */
export async function inTime<T>(
  what: string,
  { signal, timeoutMs }: WaitOptions,
  work: (over: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const stop = () => controller.abort(signal?.reason)
  const late = () => {
    controller.abort(new LatchkeyNoAnswerError('TIMEOUT', `${what} was not answered within ${timeoutMs} ms`))
  }
  const timer = timeoutMs === undefined ? undefined : setTimeout(late, Math.min(parseTimeout(timeoutMs), LONGEST_MS))
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await work(controller.signal)
  } catch (error) {
    // Platforms make errors of their own of it.
    controller.signal.throwIfAborted()
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** @throws {LatchkeyUsageError} `OPTIONS_INVALID` */
export function parseTimeout(timeoutMs: number): number {
  if (typeof timeoutMs === 'number' && timeoutMs > 0) return timeoutMs
  throw invalid('timeoutMs', 'a number of milliseconds above 0')
}

async function exchange({ fetch, serviceUrl }: Transport, path: string, body: string, signal: AbortSignal) {
  const response = await fetch(serviceUrl + path, {
    method: 'POST',
    // Exactly this: with a charset behind it the original does not read the body. No header beyond those that the
    // original lets a page of another origin send.
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body,
    signal,
    // A redirect would carry the session to wherever it leads.
    redirect: 'manual',
    credentials: 'omit',
  })
  return { response, content: await response.text() }
}

/** The promise, or a rejection as soon as the signal says so: not every `fetch` listens to one. */
export function until<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function read(what: string, response: Awaited<ReturnType<Fetch>>, text: string, secrets: readonly string[]): Reply {
  const { status, headers } = response
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    const target = headers.get('location')
    const where = target === null ? 'elsewhere' : `to ${cleanText(target, secrets).split(/[?#]/)[0]}`
    throw new LatchkeyAnswerError('REDIRECTED', `${what} was redirected ${where}, which was not followed`, status)
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    const isOk = status >= 200 && status < 300
    const form = text.trim() === '' ? 'nothing' : text.trimStart().startsWith('<') ? 'markup' : 'text'
    const saw = `${form} of ${text.length} characters, with status ${status}, in place of JSON`
    throw new LatchkeyAnswerError(isOk ? 'NOT_JSON' : 'HTTP_STATUS', `${what} was answered by ${saw}`, status)
  }
  const date = Date.parse(headers.get('date') ?? '')
  const ownName = headers.get('x-latchkey-request')
  return {
    value,
    status,
    requestId: ownName ?? headers.get('x-kaltura-session') ?? undefined,
    serverTimeMs: Number.isNaN(date) ? undefined : date,
    isLatchkey: ownName !== null,
  }
}

/** What the platform says of a failed request: what lies behind a `fetch failed`. */
function reasonOf(error: unknown): string {
  let text = String(error)
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : ''
    text = [code, at.message].filter((part) => part !== '').join(': ') || text
  }
  return text
}
