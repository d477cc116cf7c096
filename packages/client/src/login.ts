import { fieldsOf } from './diagnosis.ts'
import { LatchkeyAnswerError, LatchkeyLoginError, type Refusal } from './errors.ts'
import { HASH_TYPES, type HashType, hashOf } from './hash.ts'
import type { Credentials } from './options.ts'
import { refusalIn } from './refusal.ts'
import { post, type Reply, type Transport, until } from './transport.ts'

/** What the server said of the session that it made. Holds no secret. */
export interface SessionInfo {
  readonly partnerId: number
  /** Empty where nobody set one. */
  readonly userId: string
  /** 0 USER, 2 ADMIN. */
  readonly sessionType: number
  readonly privileges: string
  /** By the server's clock, in seconds since 1970; 0 where it did not say. */
  readonly expiresAt: number
  /** With which algorithm the app token let itself be used. */
  readonly hashType: HashType
  /** Privileges that were asked for and not given. Only Latchkey tells; elsewhere compare with `privileges`. */
  readonly dropped: readonly { readonly privilege: string; readonly reason: string }[]
  /** What else the server warned of. Only Latchkey does. */
  readonly warnings: readonly { readonly id: string; readonly text: string }[]
  /** Whether a Latchkey server that shows itself made it. */
  readonly isLatchkey: boolean
}

export interface LoggedIn {
  readonly ks: string
  readonly info: SessionInfo
  /** How long it lives from when it was asked for; `undefined` where that cannot be told. */
  readonly lifeMs: number | undefined
}

const WIDGET = { service: 'session', action: 'startWidgetSession' } as const
const START = { service: 'appToken', action: 'startSession' } as const
const WRONG_HASH = 'INVALID_APP_TOKEN_HASH'
/** The form that values have. */
const VALUE = /^[0-9a-f]{32}$/

/**
 * The whole login: a session that anybody may have, its string hashed with the token's value, and the exchange.
 * Nothing of it locks an app token, however often it fails.
 *
 * @param known the algorithm that worked last time, which is tried first
 * @throws {LatchkeyLoginError} with the server's code
 */
export async function logIn(
  transport: Transport,
  credentials: Credentials,
  clientTag: string,
  known: HashType | undefined,
  signal: AbortSignal,
): Promise<LoggedIn> {
  const { tokenId, hashType, wishes } = credentials
  // A cached answer may be another caller's old session or refusal: nothing of a login may come from a cache.
  const base = { format: 1, clientTag, nocache: 1 }
  // No `ks` goes with this call: one that has ended would have it refused.
  const widget = await ask(transport, WIDGET, { ...base, widgetId: credentials.widgetId, expiry: 3600 }, [], signal)
  if (widget.refusal !== undefined) throw new LatchkeyLoginError(widget.refusal, hintOf(widget.refusal, tokenId, ''))
  const widgetKs = textField(widget.reply, 'ks')
  // A function that never answers must not keep those who wait beyond the closing of the session.
  const value = await until(credentials.readValue(), signal)
  const types = hashType === undefined ? [...new Set([...(known ? [known] : []), ...HASH_TYPES])] : [hashType]
  // Where the two were taken for each other, the server says that it knows no app token of this id.
  const swapped = VALUE.test(tokenId) ? [tokenId] : []
  const refusals: Refusal[] = []
  for (const type of types) {
    const tokenHash = await hashOf(type, widgetKs, value)
    const body = { ...base, ks: widgetKs, id: tokenId, tokenHash, ...wishes }
    const { reply, refusal } = await ask(transport, START, body, [widgetKs, tokenHash, value, ...swapped], signal)
    if (refusal === undefined) return readLogin(reply, type)
    refusals.push(refusal)
    // Only a wrong hash leaves anything for another algorithm to show.
    if (refusal.code !== WRONG_HASH) break
  }
  // Of several refused hashes the one that the server can explain tells most.
  const telling = refusals.find(({ diagnosis }) => !/^$|unexplained|algorithm/.test(diagnosis?.cause.id ?? ''))
  const refusal = telling ?? refusals.at(-1)
  if (refusal === undefined) throw unexpected('has no hash type to try', 0)
  throw new LatchkeyLoginError(refusal, hintOf(refusal, tokenId, value))
}

async function ask(
  transport: Transport,
  name: typeof WIDGET | typeof START,
  body: object,
  secrets: readonly string[],
  signal: AbortSignal,
) {
  const { service, action } = name
  const path = `/api_v3/service/${service}/action/${action}`
  const reply = await post(transport, `${service}.${action}`, path, body, secrets, { signal })
  return { reply, refusal: refusalIn(reply.value, name, reply.status, reply.requestId, secrets) }
}

function readLogin(reply: Reply, hashType: HashType): LoggedIn {
  const ks = textField(reply, 'ks')
  const fields = fieldsOf(reply.value)
  // Some servers send numbers as texts.
  const expiresAt = Number(fields.expiry) || 0
  const now = reply.serverTimeMs
  const lifeMs = expiresAt === 0 ? undefined : expiresAt * 1000 - (now ?? Date.now())
  if (lifeMs !== undefined && lifeMs <= 0 && now !== undefined) {
    const why = 'its app token has a duration of 0, or was about to expire'
    throw new LatchkeyAnswerError('SESSION_DEAD', `the session had ended when it was issued: ${why}`, reply.status)
  }
  return {
    ks,
    // By a clock of which nobody knows how wrong it is, a session that has just been issued has ended: then it doesn't.
    lifeMs: lifeMs !== undefined && lifeMs > 0 ? lifeMs : undefined,
    info: {
      partnerId: Number(fields.partnerId) || 0,
      userId: String(fields.userId ?? ''),
      sessionType: Number(fields.sessionType) || 0,
      privileges: String(fields.privileges ?? ''),
      expiresAt,
      hashType,
      dropped: listOf(fields.dropped).map(({ privilege, reason }) => ({
        privilege: String(privilege),
        reason: String(reason),
      })),
      warnings: listOf(fields.warnings).map(({ id, text }) => ({ id: String(id), text: String(text) })),
      isLatchkey: reply.isLatchkey,
    },
  }
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(fieldsOf) : []
}

function textField({ value, status }: Reply, name: string): string {
  const text = fieldsOf(value)[name]
  if (typeof text === 'string' && text !== '') return text
  throw unexpected(`was answered without ${name}`, status)
}

function unexpected(what: string, status: number): LatchkeyAnswerError {
  return new LatchkeyAnswerError('UNEXPECTED_ANSWER', `the login ${what}`, status)
}

/** What the form of the credentials tells, for servers that say no more than a code. */
function hintOf({ code }: Refusal, tokenId: string, value: string): string | undefined {
  const looksLikeId = /^\d+_[0-9a-z]{8}$/
  if (code === 'INVALID_WIDGET_ID') return 'partnerId is not an account of this server'
  if (code === 'APP_TOKEN_ID_NOT_FOUND' && !looksLikeId.test(tokenId)) {
    return 'tokenId has not the form of an id, such as 0_k3v9qz1m; the value belongs into tokenValue'
  }
  if (code !== WRONG_HASH) return undefined
  if (looksLikeId.test(value)) return 'tokenValue has the form of an id; the value has 32 hex characters'
  if (!VALUE.test(value)) return `tokenValue has ${value.length} characters; values have 32, of 0-9 and a-f`
  return 'tokenValue has the form of a value; it may be that of another app token, or an old one'
}
