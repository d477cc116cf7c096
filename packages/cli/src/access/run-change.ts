import { fillReferences } from '@latchkey/wire/answer'
import { CommandFailure } from '../command-failure.ts'
import type { Connection } from '../connect/endpoint.ts'
import { isObject, type JsonObject } from '../connect/json.ts'
import type { ToldCall } from '../connect/outcome.ts'
import { wrapWords } from '../doctor/paint.ts'
import { refusedFailure } from '../view/refusal-view.ts'

/**
 * Makes calls in order, and stops at the first that is refused.
 *
 * One after the other rather than as a multirequest: that goes on after a refused step, with nothing where the step's result
 * was meant to be, and privileges with a hole in them may open more than was wanted.
 *
 * @returns the result of each
 * @throws {CommandFailure} which also tells what was made before
 */
export async function runChange(connection: Connection, change: readonly ToldCall[]): Promise<readonly unknown[]> {
  const results: unknown[] = []
  for (const call of change) {
    const { service, action } = call
    const name = `${service}.${action}`
    const outcome = await connection.call({ service, action, params: filled(call, results) })
    if (outcome.kind === 'result') {
      results.push(outcome.value)
      continue
    }
    const failure = refusedFailure(outcome, name)
    throw new CommandFailure(failure.message, {
      next: [...undoing(change, results), ...failure.next],
      exitCode: failure.exitCode,
      data: failure.data && { ...failure.data, made: results },
      details: `${failure.details}${madeBefore(change, results)}`,
    })
  }
  return results
}

/** What takes away again what is of no use without the rest, the last first. */
function undoing(change: readonly ToldCall[], results: readonly unknown[]): readonly string[] {
  return results
    .flatMap((result, at) => {
      const { id, name } = isObject(result) ? result : {}
      const { service } = change[at] ?? {}
      if (service === 'userRole') return [`latchkey call userRole.delete userRoleId=${String(id)}`]
      return service === 'permission' ? [`latchkey call permission.delete permissionName=${String(name)}`] : []
    })
    .reverse()
}

function madeBefore(change: readonly ToldCall[], results: readonly unknown[]): string {
  if (results.length === 0) return '  Nothing was made.\n'
  const made = results.map((result, at) => {
    const { service = '' } = change[at] ?? {}
    const { id, name } = isObject(result) ? result : {}
    return `${service} ${String(id ?? '')}${name === undefined ? '' : ` (${String(name)})`}`
  })
  return wrapWords(`Made before, and still there: ${made.join(', ')}.`, '    ', '  ')
}

/** Nothing goes out with a hole where an id belongs. */
function filled({ params }: ToldCall, results: readonly unknown[]): JsonObject {
  const found = fillReferences(params, results)
  if (found.ok) return found.params
  throw new CommandFailure(`an earlier answer does not hold what the next call needs of it (${found.missing})`, {
    next: ['latchkey doctor --help'],
    exitCode: 1,
  })
}
