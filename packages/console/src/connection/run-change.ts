import type { CallRequest, Made } from './call.ts'
import { serviceUrl } from './connection.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import type { ToldCall } from './outcome.ts'
import { callSignedIn } from './sign-in.ts'

export interface RunOptions {
  /** Makes one call; with the signed-in session unless told. */
  readonly make?: ((request: Omit<CallRequest, 'ks'>) => Promise<Made>) | undefined
  /** After each call that went through: how many of them have by now. */
  readonly onStep?: ((done: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Makes calls in order; stops at the first that is refused, which is then the last of those returned.
 *
 * One after the other rather than as a multirequest: that goes on after a refused step, with nothing where the step's result
 * was meant to be, and privileges with a hole in them may open more than was wanted. Each call is also shown as it was sent.
 */
export async function runChange(change: readonly ToldCall[], options: RunOptions = {}): Promise<readonly Made[]> {
  const { make = callSignedIn, onStep, signal } = options
  const made: Made[] = []
  // All of them at one endpoint, also where another is chosen meanwhile.
  const at = serviceUrl.peek()
  for (const { service, action, params } of change) {
    const results = made.map(({ outcome }) => (outcome.kind === 'result' ? outcome.value : undefined))
    const resolved = resolveReferences(params, results)
    const done = resolved.ok
      ? await make({ service, action, params: resolved.params, serviceUrl: at, signal })
      : notSent(service, action, resolved.missing)
    made.push(done)
    if (done.outcome.kind !== 'result') break
    onStep?.(made.length)
  }
  return made
}

/** How far a change got. */
export interface ChangeEnd {
  /** Calls that went through. */
  readonly done: number
  /** The call that did not, and what came of it; undefined where all went through. */
  readonly failed?: { readonly call: ToldCall; readonly made: Made } | undefined
  /** Calls that were not made for that reason. */
  readonly left: readonly ToldCall[]
}

/** Reads what {@link runChange} returned beside what it was given. */
export function endOfChange(change: readonly ToldCall[], made: readonly Made[]): ChangeEnd {
  const last = made.at(-1)
  const call = change[made.length - 1]
  if (last === undefined || call === undefined || last.outcome.kind === 'result') {
    return { done: made.length, left: change.slice(made.length) }
  }
  return { done: made.length - 1, failed: { call, made: last }, left: change.slice(made.length) }
}

export type Resolved =
  | { readonly ok: true; readonly params: JsonObject }
  /** The reference that leads nowhere. */
  | { readonly ok: false; readonly missing: string }

const REFERENCE = /\{(\d{1,4}):result((?::\w{1,100}){0,16})\}/g

/**
 * Puts results in the place of references: `{1:result:id}` stands for the id in the first of them. At any depth, and within
 * longer texts.
 */
export function resolveReferences(params: Readonly<Record<string, unknown>>, results: readonly unknown[]): Resolved {
  let missing: string | undefined
  const inText = (text: string) =>
    text.replaceAll(REFERENCE, (reference: string, step: string, path: string) => {
      const found = path
        .split(':')
        .slice(1)
        .reduce<unknown>((value, name) => follow(value, name), results[Number(step) - 1])
      if (typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') return String(found)
      missing ??= reference
      return ''
    })
  const inValue = (value: unknown): Json => {
    if (typeof value === 'string') return inText(value)
    if (typeof value === 'number' || typeof value === 'boolean') return value
    if (Array.isArray(value)) return value.map(inValue)
    return isObject(value) ? inObject(value) : null
  }
  const inObject = (object: Readonly<Record<string, unknown>>): JsonObject =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, inValue(value)]])),
    )
  const resolved = inObject(params)
  return missing === undefined ? { ok: true, params: resolved } : { ok: false, missing }
}

function follow(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)]
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** Nothing goes out with a hole where an id belongs. */
function notSent(service: string, action: string, missing: string): Made {
  return {
    request: { method: 'POST', url: `/api_v3/service/${service}/action/${action}`, headers: {}, body: {} },
    sentAt: Date.now(),
    tookMs: 0,
    outcome: {
      kind: 'unreadable',
      why: `An earlier answer does not hold what ${service}.${action} needs of it (${missing}). It was not called.`,
    },
  }
}
