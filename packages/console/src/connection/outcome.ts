import { isObject, numberOf, objectsOf, textOf, textsOf } from './json.ts'

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
  readonly mistakes: readonly string[]
  readonly needed: readonly string[]
  readonly allOf: boolean
  readonly held: readonly { readonly permission: string; readonly from: string }[]
  readonly fixes: readonly ToldFix[]
  readonly requestId: string
  readonly serverTime?: number | undefined
}

export interface ToldFix {
  readonly id: string
  readonly title: string
  /** How many other actions it would open. */
  readonly opens: number
  /** Calls in order; later ones use `{1:result:id}`. */
  readonly change: readonly ToldCall[]
}

export interface ToldCall {
  readonly service: string
  readonly action: string
  readonly params: Readonly<Record<string, unknown>>
}

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly told?: Told | undefined
}

export type Outcome =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** An answer that is not the API's: a page of a proxy, say. */
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'no-answer'
      readonly why: 'offline' | 'unreachable' | 'timeout' | 'stopped'
      readonly text: string
    }

/** Reads the body of an answer. Never throws. */
export function readOutcome(status: number, body: string): Outcome {
  const text = body.replace(/^\ufeff/, '').trim()
  if (text === '') {
    return { kind: 'unreadable', why: `The server answered ${status} with nothing in it.` }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const what = /^<(!doctype|html)/i.test(text) ? 'a web page' : text.startsWith('<') ? 'XML' : 'text that is not JSON'
    return {
      kind: 'unreadable',
      why: `The server answered ${status} with ${what}. This address is probably not a v3 endpoint.`,
    }
  }
  const refusal = refusalIn(value)
  if (refusal !== undefined) return { kind: 'refused', refusal }
  // No v3 endpoint answers a wrong address so; one of ours does.
  if (status >= 400) return { kind: 'unreadable', why: `The server answered ${status}: ${text.slice(0, 200)}` }
  return { kind: 'result', value }
}

/** The refusal in an answer, or in one step of a multirequest; undefined where it is a result. */
export function refusalIn(value: unknown): Refusal | undefined {
  if (!isObject(value) || typeof value.code !== 'string' || typeof value.message !== 'string') return undefined
  return { code: value.code, message: value.message, told: toldIn(value.diagnosis) }
}

/** Far more than any server of ours says; a foreign one must not be able to fill the page. */
const MOST = 200

function toldIn(value: unknown): Told | undefined {
  if (!isObject(value) || !isObject(value.cause)) return undefined
  const { cause } = value
  return {
    stage: textOf(value.stage),
    passed: textsOf(value.passed).slice(0, MOST),
    cause: {
      id: textOf(cause.id),
      title: textOf(cause.title),
      saw: textOf(cause.saw),
      remedy: textsOf(cause.remedy).slice(0, MOST),
      docs: textOf(cause.docs),
    },
    mistakes: textsOf(value.mistakes).slice(0, MOST),
    needed: textsOf(value.needed).slice(0, MOST),
    allOf: value.allOf === true,
    held: objectsOf(value.held)
      .slice(0, MOST)
      .map((held) => ({ permission: textOf(held.permission), from: textOf(held.from) })),
    fixes: fixesIn(value.fixes),
    requestId: textOf(value.requestId),
    serverTime: numberOf(value.serverTime),
  }
}

/** Also of `latchkey_access.explain` and `suggest`, which answer in the same shape. */
export function fixesIn(value: unknown): readonly ToldFix[] {
  return objectsOf(value)
    .slice(0, MOST)
    .map((fix) => ({
      id: textOf(fix.id),
      title: textOf(fix.title),
      opens: numberOf(fix.opens) ?? 0,
      change: callsIn(fix.change),
    }))
}

export function callsIn(value: unknown): readonly ToldCall[] {
  return objectsOf(value)
    .slice(0, MOST)
    .map((call) => ({
      service: textOf(call.service),
      action: textOf(call.action),
      params: isObject(call.params) ? call.params : {},
    }))
}
