/** Questions about facts that several checks ask. */
import {
  type CatalogueAction,
  type EpochSeconds,
  findAction,
  type HashType,
  neededPermissions,
  type Primitives,
  readSessionHeader,
  type SessionHeader,
} from '@latchkey/core'
import type { SessionInfo } from './answer.ts'
import type { Exchange, Facts, Probe } from './facts.ts'
import { codeOf, stoppedAt } from './rungs.ts'

export function probesOf({ exchanges }: Facts, ...probes: readonly Exchange['probe'][]): readonly Exchange[] {
  return exchanges.filter(({ probe }) => probes.includes(probe))
}

export function lastOf(facts: Facts, probe: Probe): Exchange | undefined {
  return probesOf(facts, probe).at(-1)
}

export function pasted(facts: Facts): readonly Exchange[] {
  return probesOf(facts, 'tool')
}

/** How a call is named to a person. */
export function nameOf({ service, action }: Exchange): string {
  return `${service}.${action}`
}

/** The logins of the doctor's own, and where the last of them stopped. */
export function failedLogin(facts: Facts): Exchange | undefined {
  const login = probesOf(facts, 'login', 'login-again').at(-1)
  return login !== undefined && stoppedAt(login) !== undefined ? login : undefined
}

/** The login that worked. */
export function login(facts: Facts): Exchange | undefined {
  return probesOf(facts, 'login', 'login-again').find((exchange) => infoOf(exchange) !== undefined)
}

export function infoOf({ answer }: Exchange): SessionInfo | undefined {
  return answer.kind === 'reply' && answer.result?.kind === 'session' ? answer.result.info : undefined
}

export function granted(facts: Facts): SessionInfo | undefined {
  const found = login(facts)
  return found === undefined ? undefined : infoOf(found)
}

const BY_LENGTH: Readonly<Record<number, HashType>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256', 128: 'SHA512' }

/** Of the login that worked; the doctor's own digests tell it by their length. */
export function acceptedHashType(facts: Facts): HashType | undefined {
  const hash = login(facts)?.params.tokenHash
  return typeof hash === 'object' && 'expose' in hash && typeof hash.expose === 'function'
    ? BY_LENGTH[String(hash.expose()).length]
    : undefined
}

export function namesIn({ answer }: Exchange): readonly string[] | undefined {
  return answer.kind === 'reply' && answer.result?.kind === 'names' ? answer.result.names : undefined
}

/** What the session of the doctor's own login holds; undefined where nobody could ask. */
export function heldNames(facts: Facts): readonly string[] | undefined {
  const asked = lastOf(facts, 'permissions')
  return asked === undefined ? undefined : namesIn(asked)
}

/** The time of the server at an answer, and how it is known. */
export function serverTime({ answer }: Exchange): { readonly at: EpochSeconds; readonly from: string } | undefined {
  if (answer.kind === 'none') return undefined
  const session = /(\d{9,11})\s*$/.exec(answer.headers['x-kaltura-session'] ?? '')?.[1]
  if (session !== undefined) return { at: Number(session), from: 'X-Kaltura-Session' }
  const date = Date.parse(answer.headers.date ?? '')
  return Number.isNaN(date) ? undefined : { at: Math.floor(date / 1_000), from: 'Date' }
}

/** By how much the server's clock is ahead of the one here, seconds; the answer that came fastest is the best witness. */
export function clockSkew(facts: Facts): { readonly seconds: number; readonly from: string } | undefined {
  let best: { seconds: number; from: string; tookMs: number } | undefined
  for (const exchange of facts.exchanges) {
    const time = exchange.probe === 'tool' ? undefined : serverTime(exchange)
    if (time === undefined || (best !== undefined && best.tookMs <= exchange.tookMs)) continue
    best = { seconds: time.at - exchange.sentAt, from: time.from, tookMs: exchange.tookMs }
  }
  return best
}

/** What became of one thing that is wanted. */
export interface Wanted {
  readonly name: string
  readonly known: CatalogueAction | undefined
  readonly needed: readonly string[]
  readonly exchange: Exchange | undefined
  /** `unknown` where neither an answer nor the catalogue tells. */
  readonly outcome: 'allowed' | 'refused' | 'unknown'
}

export function wantedOf(facts: Facts): readonly Wanted[] {
  const held = heldNames(facts)
  return facts.told.wanted.map((name) => {
    const [service = '', action = ''] = name.split('.')
    const known = findAction(service, action)
    const needed = known === undefined ? [] : neededPermissions(known)
    const exchange = probesOf(facts, 'want').find((at) => nameOf(at) === name)
    return { name, known, needed, exchange, outcome: outcomeOf(exchange, known, needed, held) }
  })
}

function outcomeOf(
  exchange: Exchange | undefined,
  known: CatalogueAction | undefined,
  needed: readonly string[],
  held: readonly string[] | undefined,
): Wanted['outcome'] {
  if (exchange !== undefined) {
    const stage = stoppedAt(exchange)
    if (stage === undefined || stage === 'action') return 'allowed'
    if (codeOf(exchange) === 'SERVICE_DOES_NOT_EXISTS') return 'unknown'
    // Parameters are judged before permissions: such an answer tells nothing of these.
    if (stage !== 'parameters' && stage !== 'endpoint') return 'refused'
  }
  if (known === undefined || held === undefined) return 'unknown'
  if (known.kind !== 'ordinary') return 'refused'
  return held.includes('*') || needed.some((name) => held.includes(name)) ? 'allowed' : 'refused'
}

/** What a session string says in clear; undefined where it cannot be read. */
export function headerOf(primitives: Primitives, text: string): SessionHeader | undefined {
  try {
    return readSessionHeader(primitives, text)
  } catch {
    return undefined
  }
}
