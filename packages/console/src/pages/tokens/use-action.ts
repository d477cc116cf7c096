import { useSignal } from '@preact/signals'
import type { Made } from '../../connection/call.ts'
import type { JsonObject } from '../../connection/json.ts'
import { callSignedIn } from '../../connection/sign-in.ts'

export interface Action {
  readonly service: string
  readonly action: string
  readonly params: JsonObject
}

/** One call that a person starts: busy while it is made, and what was refused stays where it is. */
export function useAction() {
  const running = useSignal<string | undefined>(undefined)
  const refused = useSignal<{ readonly call: Action; readonly made: Made } | undefined>(undefined)
  /** @param name of the button, so that only that one turns @returns the result, or undefined where there is none */
  const run = async (name: string, call: Action): Promise<{ readonly value: unknown } | undefined> => {
    running.value = name
    refused.value = undefined
    const made = await callSignedIn(call)
    running.value = undefined
    if (made.outcome.kind === 'result') return { value: made.outcome.value }
    refused.value = { call, made }
    return undefined
  }
  return { running, refused, run }
}
