import { createHash } from 'node:crypto'
import type { Fetch } from '../src/index.ts'
import type { SessionOptions } from '../src/options.ts'
import { createSessionAt, type Session } from '../src/session.ts'

type Body = Readonly<Record<string, unknown>>
export interface Sent {
  readonly name: string
  readonly body: Body
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}
/** Answers a call; `undefined` leaves it to the server. */
type Answer = (body: Body, sent: Sent) => unknown

export const VALUE = '00112233445566778899aabbccddeeff'
const ALGORITHMS = { SHA1: 'sha1', MD5: 'md5', SHA256: 'sha256', SHA512: 'sha512' } as const

/** A refusal as the protocol has it. */
export function refusal(code: string, message: string, args: object = {}, more: object = {}): object {
  return { code, message, objectType: 'KalturaAPIException', args, ...more }
}

/** As the original says it: the numbers beside the word are always the same. */
export function invalidSession(word: string): object {
  const args = { KSID: word, ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' }
  return refusal('INVALID_KS', `Invalid KS "${word}", Error "-1,INVALID_STR"`, args)
}

/** The login and a few calls of the protocol, in memory and with a clock of its own. */
export class FakeServer {
  /** Seconds since 1970, by the server. */
  now = 1_800_000_000
  /** Milliseconds by the clock of the program, however wrong it is. */
  localNow = 5_000_000
  value = VALUE
  hashType: keyof typeof ALGORITHMS = 'SHA256'
  durationSeconds = 1_000
  showsDate = true
  isLatchkey = false
  readonly sent: Sent[] = []
  readonly answers: Record<string, Answer> = {}
  readonly ended = new Set<string>()
  #sessions = new Map<string, number>()
  #gate: Promise<void> | undefined

  advance(seconds: number): void {
    this.now += seconds
    this.localNow += seconds * 1000
  }

  /** From now on nothing is answered until what is returned is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#gate = promise
    return () => {
      this.#gate = undefined
      resolve()
    }
  }

  count(name: string): number {
    return this.sent.filter((sent) => sent.name === name).length
  }

  readonly fetch: Fetch = async (url, { body, headers, signal }) => {
    const path = new URL(url).pathname
    const name = path.replace(/^\/api_v3\/service\//, '').replace('/action/', '.')
    const sent: Sent = { name, body: JSON.parse(body), url, headers }
    this.sent.push(sent)
    if (this.#gate !== undefined) await this.#gate
    signal.throwIfAborted()
    const value = this.#answer(sent)
    if (value instanceof Response) return value
    return new Response(JSON.stringify(value), {
      headers: {
        'content-type': 'application/json',
        ...(this.showsDate && { date: new Date(this.now * 1000).toUTCString() }),
        ...(this.isLatchkey && { 'x-latchkey-request': 'r-1' }),
      },
    })
  }

  session(options: Partial<SessionOptions> = {}): Promise<Session> {
    return createSessionAt(
      {
        serviceUrl: 'https://v3.example.com',
        partnerId: 102,
        tokenId: '0_k3v9qz1m',
        tokenValue: () => VALUE,
        fetch: this.fetch,
        ...options,
      },
      () => this.localNow,
    )
  }

  #answer(sent: Sent): unknown {
    const { name, body } = sent
    const own = this.answers[name]?.(body, sent)
    if (own !== undefined) return own
    if (name === 'multirequest') {
      const steps = Object.entries(body).filter(([key]) => /^\d+$/.test(key))
      return steps.map(([, step]) => this.#step(step, body.ks, sent))
    }
    if (name === 'session.startWidgetSession') return { ks: this.#issue('widget', 3600), userId: 0, partnerId: 102 }
    const refused = this.#check(body.ks)
    if (refused !== undefined) return refused
    if (name === 'appToken.startSession') return this.#exchange(body)
    if (name === 'session.end') {
      this.ended.add(String(body.ks))
      return null
    }
    return { objectType: 'Echo', name }
  }

  #step(step: unknown, ks: unknown, sent: Sent): unknown {
    const body: Body = { ks, ...(typeof step === 'object' ? step : {}) }
    return this.#answer({ ...sent, name: `${body.service}.${body.action}`, body })
  }

  #exchange(body: Body): object {
    const hash = createHash(ALGORITHMS[this.hashType])
      .update(String(body.ks) + this.value)
      .digest('hex')
    if (body.tokenHash !== hash) return refusal('INVALID_APP_TOKEN_HASH', 'Invalid application token hash', [])
    const seconds = Math.min(Number(body.expiry ?? this.durationSeconds), this.durationSeconds)
    const expiry = this.now + seconds
    return {
      ks: this.#issue('session', seconds),
      sessionType: 0,
      partnerId: '102',
      userId: 'ana',
      expiry,
      privileges: '',
    }
  }

  #issue(kind: string, seconds: number): string {
    const ks = `djJ8MTAyfA${kind}${this.#sessions.size}secretsecretsecret==`
    this.#sessions.set(ks, this.now + seconds)
    return ks
  }

  #check(ks: unknown): object | undefined {
    const expiresAt = this.#sessions.get(String(ks))
    if (expiresAt === undefined) return invalidSession(String(ks))
    if (expiresAt <= this.now) return invalidSession('EXPIRED')
    return this.ended.has(String(ks)) ? invalidSession('LOGOUT') : undefined
  }
}
