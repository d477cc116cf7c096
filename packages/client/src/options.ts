import { invalid, LatchkeyUsageError } from './errors.ts'
import { HASH_TYPES, type HashType } from './hash.ts'
import { type Fetch, parseTimeout, type Transport } from './transport.ts'

export interface SessionOptions {
  /** Where the server is: `https://www.kaltura.com`, with `/api_v3` behind it or without. */
  readonly serviceUrl: string
  readonly partnerId: number | string
  /** The app token's id, such as `0_k3v9qz1m`. */
  readonly tokenId: string
  /**
   * The app token's value, or what fetches it. A function is asked at each login, so that a value that was changed
   * meanwhile is the one that counts, and what it answers is not kept. `undefined` is an error of the login.
   */
  readonly tokenValue: string | (() => string | undefined | Promise<string | undefined>)
  /** The app token's `hashType`. Left out, it is found: SHA256, SHA1, SHA512, MD5, until one is taken. */
  readonly hashType?: HashType | undefined
  /** Counts only where the app token names no user. */
  readonly userId?: string | undefined
  /** 0 USER, 2 ADMIN; counts only where the app token has no type. */
  readonly type?: 0 | 2 | undefined
  /** Life of each session in seconds; left out, as long as the app token allows. */
  readonly expiry?: number | undefined
  /** Privileges to ask for; see {@link SessionInfo.dropped} for those that were not given. */
  readonly privileges?: string | undefined
  /** The widget to begin with; left out, the account's own: an underscore and the partner id. */
  readonly widgetId?: string | undefined
  /** For one request with its answer; 30000 unless given. */
  readonly timeoutMs?: number | undefined
  /** In place of the platform's. */
  readonly fetch?: Fetch | undefined
  /** Ends the first login. */
  readonly signal?: AbortSignal | undefined
  /** How the program shows itself in the server's books. */
  readonly clientTag?: string | undefined
  /**
   * Told of a renewal in the background that failed. The session goes on as long as it lives, and is tried to be renewed
   * again; without this a failure shows only when the session is over.
   */
  readonly onRenewalError?: ((error: unknown) => void) | undefined
}

/** What a login takes, checked. Holds a way to the value, and is therefore kept from everything that prints. */
export interface Credentials {
  readonly tokenId: string
  readonly widgetId: string
  readonly hashType: HashType | undefined
  readonly wishes: Readonly<Record<string, string | number>>
  readonly readValue: () => Promise<string>
}

/** @throws {LatchkeyUsageError} `OPTIONS_INVALID`, naming the option */
export function parseTransport({ serviceUrl, timeoutMs = 30_000, fetch }: SessionOptions): Transport {
  let url: URL
  try {
    url = new URL(serviceUrl)
  } catch {
    throw invalid('serviceUrl', 'an http or https URL')
  }
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.search !== '') {
    throw invalid('serviceUrl', 'an http or https URL without a user and without a query')
  }
  if (fetch !== undefined && typeof fetch !== 'function') throw invalid('fetch', 'a function')
  return {
    // Browsers refuse to run it as a method of anything else.
    fetch: fetch ?? ((target, init) => globalThis.fetch(target, init)),
    serviceUrl: (url.origin + url.pathname).replace(/\/+$/, '').replace(/\/api_v3$/, ''),
    timeoutMs: parseTimeout(timeoutMs),
  }
}

/** @throws {LatchkeyUsageError} `OPTIONS_INVALID`, naming the option */
export function parseCredentials(options: SessionOptions): Credentials {
  const { partnerId, tokenId, tokenValue, hashType, userId, type, expiry, privileges, widgetId } = options
  if (!/^-?\d+$/.test(String(partnerId))) throw invalid('partnerId', 'the number of the account')
  if (typeof tokenId !== 'string' || tokenId.trim() === '') throw invalid('tokenId', 'the id of an app token')
  if (typeof tokenValue !== 'string' && typeof tokenValue !== 'function') {
    throw invalid('tokenValue', 'the value of an app token, or a function that fetches it')
  }
  if (hashType !== undefined && !HASH_TYPES.includes(hashType)) throw invalid('hashType', HASH_TYPES.join(', '))
  if (expiry !== undefined && !(Number.isInteger(expiry) && expiry > 0))
    throw invalid('expiry', 'whole seconds above 0')
  return {
    tokenId: tokenId.trim(),
    widgetId: widgetId ?? `_${partnerId}`,
    hashType,
    wishes: {
      ...(userId !== undefined && { userId }),
      ...(type !== undefined && { type }),
      ...(expiry !== undefined && { expiry }),
      ...(privileges !== undefined && { sessionPrivileges: privileges }),
    },
    readValue: () => readValue(tokenValue),
  }
}

/** Values have no white space in them; files that hold them mostly have a newline at their end. */
async function readValue(source: SessionOptions['tokenValue']): Promise<string> {
  let value: unknown
  try {
    value = typeof source === 'function' ? await source() : source
  } catch (cause) {
    throw new LatchkeyUsageError('TOKEN_VALUE_UNAVAILABLE', 'the function tokenValue failed', { cause })
  }
  if (typeof value !== 'string' || value.trim() === '') {
    throw new LatchkeyUsageError('TOKEN_VALUE_UNAVAILABLE', 'tokenValue is not a text, or is an empty one')
  }
  return value.trim()
}
