import { type Fields, isObject, numberOf, objectOf, objectsOf, textOf, textsOf } from './json.ts'

/** A refusal, and what the server says beside it. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly told?: Told | undefined
}

/** What a server says beside a refusal, where it is one of ours. What it leaves out is empty. */
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
  /** Permissions: any one of them is enough, or each is needed. */
  readonly needed: readonly string[]
  readonly isEachNeeded: boolean
  readonly held: readonly ToldPermission[]
  readonly fixes: readonly ToldFix[]
  readonly requestId: string
  /** Epoch seconds. */
  readonly serverTime?: number | undefined
}

/** A permission that is held, and by what. */
export interface ToldPermission {
  readonly permission: string
  readonly from: string
}

export interface ToldFix {
  readonly id: string
  readonly title: string
  /** How many other actions it would open. */
  readonly opens: number
  readonly change: readonly ToldCall[]
}

/** One call that a server proposes; later ones refer to results of earlier ones as `{1:result:id}`. */
export interface ToldCall {
  readonly service: string
  readonly action: string
  readonly params: Fields
}

/** Far more than any server of ours says; a foreign one must not be able to fill a page. */
const MOST = 200
/** Of permissions there are some hundreds, and somebody may hold them all. */
const MOST_HELD = 2_000

/** The refusal in an answer, or in one step of a multirequest; undefined where it is a result. */
export function refusalIn(value: unknown): Refusal | undefined {
  if (!isObject(value) || typeof value.code !== 'string' || typeof value.message !== 'string') return undefined
  return { code: value.code, message: value.message, told: toldIn(value.diagnosis) }
}

function toldIn(value: unknown): Told | undefined {
  if (!isObject(value) || !isObject(value.cause)) return undefined
  const { cause } = value
  // It comes in place of those of which any one would do.
  const allOf = someTexts(value.allOf)
  return {
    stage: textOf(value.stage),
    passed: someTexts(value.passed),
    cause: {
      id: textOf(cause.id),
      title: textOf(cause.title),
      saw: textOf(cause.saw),
      remedy: someTexts(cause.remedy),
      docs: textOf(cause.docs),
    },
    mistakes: someTexts(value.mistakes),
    needed: allOf.length > 0 ? allOf : someTexts(value.needed),
    isEachNeeded: allOf.length > 0,
    held: heldIn(value.held),
    fixes: fixesIn(value.fixes),
    requestId: textOf(value.requestId),
    serverTime: numberOf(value.serverTime),
  }
}

function someTexts(value: unknown): readonly string[] {
  return textsOf(value).slice(0, MOST)
}

export function heldIn(value: unknown): readonly ToldPermission[] {
  return objectsOf(value)
    .slice(0, MOST_HELD)
    .map(({ permission, from }) => ({ permission: textOf(permission), from: textOf(from) }))
}

/** Also of `latchkey_access.explain` and `suggest`, which answer in the same shape. */
export function fixesIn(value: unknown): readonly ToldFix[] {
  return objectsOf(value)
    .slice(0, MOST)
    .map(({ id, title, opens, change }) => ({
      id: textOf(id),
      title: textOf(title),
      opens: numberOf(opens) ?? 0,
      change: callsIn(change),
    }))
}

export function callsIn(value: unknown): readonly ToldCall[] {
  return objectsOf(value)
    .slice(0, MOST)
    .map(({ service, action, params }) => ({
      service: textOf(service),
      action: textOf(action),
      params: objectOf(params),
    }))
}
