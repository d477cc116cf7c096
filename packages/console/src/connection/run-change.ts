import { fillReferences } from '@latchkey/wire/answer'
import { addressOf, type CallRequest, type Made } from './call.ts'
import { serviceUrl } from './connection.ts'
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
    const filled = fillReferences(params, results)
    const done = filled.ok
      ? await make({ service, action, params: filled.params, serviceUrl: at, signal })
      : notSent(service, action, filled.missing)
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

/** Nothing goes out with a hole where an id belongs. */
function notSent(service: string, action: string, missing: string): Made {
  return {
    request: { method: 'POST', url: addressOf('', service, action), headers: {}, body: {} },
    sentAt: Date.now(),
    tookMs: 0,
    outcome: {
      kind: 'unreadable',
      why: `An earlier answer does not hold what ${service}.${action} needs of it (${missing}). It was not called.`,
    },
  }
}
