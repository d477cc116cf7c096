import { isObject, type JsonObject, numberOf, objectsOf, textOf, textsOf } from './json.ts'

/** One call that a server proposes; later ones refer to results of earlier ones as `{1:result:id}`. */
export interface ToldCall {
  readonly service: string
  readonly action: string
  readonly params: JsonObject
}

export interface ToldFix {
  readonly title: string
  /** How many other actions it would open. */
  readonly opens: number
  readonly change: readonly ToldCall[]
}

/** What a server says beside a refusal, where it is one of ours. */
export interface Told {
  readonly stage: string
  readonly passed: readonly string[]
  readonly cause: {
    readonly id: string
    readonly title: string
    readonly saw: string
    readonly remedy: readonly string[]
    readonly docs: string
  }
  readonly needed: readonly string[]
  readonly allOf: boolean
  readonly held: readonly { readonly permission: string; readonly from: string }[]
  readonly fixes: readonly ToldFix[]
  readonly requestId: string
}

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly told?: Told | undefined
  /** As it came. */
  readonly raw: JsonObject
}

export type Outcome =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** An answer that is not the API's, or none. */
  | { readonly kind: 'failed'; readonly why: string }

/**
 * Reads an answer. Never throws.
 *
 * @param location where it sends whoever calls: nothing is sent on, since a session would go along
 */
export function readOutcome(status: number, body: string, location?: string): Outcome {
  if (status >= 300 && status < 400) {
    const to = location === undefined ? 'elsewhere' : `to ${originOf(location) ?? 'elsewhere'}: name that address`
    return { kind: 'failed', why: `it answered ${status}, and sends whoever calls ${to}` }
  }
  const text = body.replace(/^\ufeff/, '').trim()
  if (text === '') return { kind: 'failed', why: `it answered ${status} with nothing in it` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const what = /^<(!doctype|html)/i.test(text) ? 'a web page' : text.startsWith('<') ? 'XML' : 'text that is no JSON'
    return { kind: 'failed', why: `it answered ${status} with ${what}: this address is probably no v3 endpoint` }
  }
  const refusal = refusalIn(value)
  if (refusal !== undefined) return { kind: 'refused', refusal }
  if (status >= 400) return { kind: 'failed', why: `it answered ${status}: this address is probably no v3 endpoint` }
  return { kind: 'result', value }
}

/** Without what may be a session, in a path or a query. */
function originOf(location: string): string | undefined {
  return URL.canParse(location) ? new URL(location).origin : undefined
}

function refusalIn(value: unknown): Refusal | undefined {
  if (!isObject(value) || typeof value.code !== 'string' || typeof value.message !== 'string') return undefined
  return { code: value.code, message: value.message, told: toldIn(value.diagnosis), raw: value }
}

function toldIn(value: unknown): Told | undefined {
  if (!isObject(value) || !isObject(value.cause)) return undefined
  const { cause } = value
  return {
    stage: textOf(value.stage),
    passed: textsOf(value.passed),
    cause: {
      id: textOf(cause.id),
      title: textOf(cause.title),
      saw: textOf(cause.saw),
      remedy: textsOf(cause.remedy),
      docs: textOf(cause.docs),
    },
    needed: textsOf(value.needed),
    allOf: value.allOf === true,
    held: heldIn(value.held),
    fixes: fixesIn(value.fixes),
    requestId: textOf(value.requestId),
  }
}

export function heldIn(value: unknown): Told['held'] {
  return objectsOf(value).map((held) => ({ permission: textOf(held.permission), from: textOf(held.from) }))
}

/** Also of `latchkey_access.explain`, which answers in the same shape. */
export function fixesIn(value: unknown): readonly ToldFix[] {
  return objectsOf(value).map((fix) => ({
    title: textOf(fix.title),
    opens: numberOf(fix.opens) ?? 0,
    change: callsIn(fix.change),
  }))
}

export function callsIn(value: unknown): readonly ToldCall[] {
  return objectsOf(value).map((call) => ({
    service: textOf(call.service),
    action: textOf(call.action),
    params: isObject(call.params) ? call.params : {},
  }))
}
