/** What a Latchkey server says beside a refusal. Other servers of the protocol send none. */
export interface Diagnosis {
  /** How far the request got: the rung where it stopped, such as `hash` or `permission`. */
  readonly stage: string
  /** Rungs that were proven good, in order. */
  readonly passed: readonly string[]
  readonly cause: {
    readonly id: string
    readonly title: string
    /** Names, lengths and edges; never a secret. */
    readonly saw: string
    /** What to do, step by step. */
    readonly remedy: readonly string[]
    readonly docs: string
  }
  /** When a hash shows several mistakes at once. */
  readonly mistakes?: readonly string[]
  /** Permissions of which any one would do, unless `allOf` is given. */
  readonly needed?: readonly string[]
  /** Permissions of which each is needed. */
  readonly allOf?: readonly string[]
  readonly held?: readonly { readonly permission: string; readonly from: string }[]
  /** The smallest change that would let the call through, first. */
  readonly fixes?: readonly {
    readonly id: string
    readonly title: string
    readonly opens: number
    readonly change: readonly { readonly service: string; readonly action: string; readonly params: object }[]
  }[]
  readonly requestId: string
  /** Epoch seconds. */
  readonly serverTime: number
}

/** A diagnosis, or `undefined` for what has not the form of one: nothing half made reaches a caller. */
export function parseDiagnosis(input: unknown): Diagnosis | undefined {
  return isDiagnosis(input) ? input : undefined
}

function isDiagnosis(input: unknown): input is Diagnosis {
  const {
    stage,
    passed,
    cause,
    mistakes = [],
    needed = [],
    allOf = [],
    held = [],
    fixes = [],
    requestId,
  } = fieldsOf(input)
  const { id, title, saw, remedy, docs } = fieldsOf(cause)
  return (
    [stage, id, title, saw, docs, requestId].every((value) => typeof value === 'string') &&
    [passed, remedy, mistakes, needed, allOf].every(areTexts) &&
    areAll(held, ({ permission, from }) => typeof permission === 'string' && typeof from === 'string') &&
    areAll(fixes, ({ title, change }) => typeof title === 'string' && Array.isArray(change))
  )
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function areAll(value: unknown, isOne: (fields: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isOne(fieldsOf(item)))
}

/** The fields of an object; of anything else none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
