import type { Made } from './call.ts'
import { isObject, type Json, type JsonObject, textOf } from './json.ts'
import type { ToldCall } from './outcome.ts'
import { callSignedIn } from './sign-in.ts'

/** Makes calls in order with the signed-in session; stops at the first that is refused, which is then the last. */
export async function runChange(change: readonly ToldCall[]): Promise<readonly Made[]> {
  const made: Made[] = []
  for (const { service, action, params } of change) {
    const results = made.map(({ outcome }) => (outcome.kind === 'result' ? outcome.value : undefined))
    const done = await callSignedIn({ service, action, params: resolved(params, results) as JsonObject })
    made.push(done)
    if (done.outcome.kind !== 'result') break
  }
  return made
}

/** `{1:result:id}` stands for the id in the first answer. */
function resolved(value: unknown, results: readonly unknown[]): Json {
  if (typeof value === 'string') {
    return value.replaceAll(/\{(\d+):result:(\w+)\}/g, (_, step: string, name: string) => {
      const result = results[Number(step) - 1]
      return isObject(result) ? textOf(result[name]) : ''
    })
  }
  if (Array.isArray(value)) return value.map((item) => resolved(item, results))
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolved(item, results)]))
  return value as Json
}
