import { signal } from '@preact/signals'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, numberOf, objectsOf, textOf } from '../../connection/json.ts'
import { callSignedIn } from '../../connection/sign-in.ts'

/** What became of a token so far; of `latchkey_token.usage`. */
export interface Usage {
  readonly issued: number
  readonly calls: number
  readonly refusedByCause: readonly { readonly cause: string; readonly count: number }[]
  readonly lastIssuedAt?: number | undefined
  readonly lastCallAt?: number | undefined
  readonly lastRefusedAt?: number | undefined
  readonly rotatedAt?: number | undefined
  readonly previousUntil?: number | undefined
  /** The value before the last rotation is still taken. */
  readonly isPreviousTaken: boolean
  /** Who still uses it, the latest first. */
  readonly previousValue: readonly {
    readonly client: string
    readonly address: string
    readonly lastAt: number
    readonly count: number
  }[]
}

export function parseUsage(value: unknown): Usage | undefined {
  if (!isObject(value) || numberOf(value.issued) === undefined) return undefined
  const causes = isObject(value.refusedByCause) ? Object.entries(value.refusedByCause) : []
  return {
    issued: numberOf(value.issued) ?? 0,
    calls: numberOf(value.calls) ?? 0,
    refusedByCause: causes
      .map(([cause, count]) => ({ cause, count: numberOf(count) ?? 0 }))
      .sort((a, b) => b.count - a.count),
    lastIssuedAt: numberOf(value.lastIssuedAt),
    lastCallAt: numberOf(value.lastCallAt),
    lastRefusedAt: numberOf(value.lastRefusedAt),
    rotatedAt: numberOf(value.rotatedAt),
    previousUntil: numberOf(value.previousUntil),
    isPreviousTaken: value.isPreviousTaken === true,
    previousValue: objectsOf(value.previousValue).map((use) => ({
      client: textOf(use.client),
      address: textOf(use.address),
      lastAt: numberOf(use.lastAt) ?? 0,
      count: numberOf(use.count) ?? 0,
    })),
  }
}

/** When it last started a session, or a session of it last called. */
export function lastUsedAt({ lastIssuedAt, lastCallAt }: Usage): number | undefined {
  if (lastIssuedAt === undefined || lastCallAt === undefined) return lastIssuedAt ?? lastCallAt
  return Math.max(lastIssuedAt, lastCallAt)
}

/** By token id; `undefined` as a value is one that could not be had. */
export const usages = signal<ReadonlyMap<string, Usage | undefined>>(new Map())

const wanted = new Set<string>()
/** Fewer than the steps that a multirequest may have. */
const AT_ONCE = 40
/** So that rows that scroll past are not asked for. */
const SETTLE_MS = 120
let isAsking = false

/** Asks for a row that came into view. @returns takes it back, where it has not been asked for yet */
export function wantUsage(id: string): () => void {
  wanted.add(id)
  if (!isAsking) {
    isAsking = true
    setTimeout(askSoon, SETTLE_MS)
  }
  return () => wanted.delete(id)
}

/** Forgets all: they are asked for again by the rows in view. */
export function forgetUsages(): void {
  usages.value = new Map()
}

export function keepUsage(id: string, usage: Usage): void {
  usages.value = new Map(usages.peek()).set(id, usage)
}

async function askSoon(): Promise<void> {
  isAsking = false
  const ids = [...wanted].filter((id) => !usages.peek().has(id)).slice(0, AT_ONCE)
  for (const id of ids) wanted.delete(id)
  if (ids.length === 0 || isLatchkey.peek() === false) return
  const steps = ids.map((id, at) => [String(at + 1), { service: 'latchkey_token', action: 'usage', id }] as const)
  // Any action does: the service alone says what it is.
  const { outcome } = await callSignedIn({
    service: 'multirequest',
    action: 'usage',
    params: Object.fromEntries(steps),
  })
  const answers = outcome.kind === 'result' && Array.isArray(outcome.value) ? outcome.value : []
  const known = new Map(usages.peek())
  ids.forEach((id, at) => {
    known.set(id, parseUsage(answers[at]))
  })
  usages.value = known
  if (wanted.size > 0 && !isAsking) {
    isAsking = true
    setTimeout(askSoon, 0)
  }
}
