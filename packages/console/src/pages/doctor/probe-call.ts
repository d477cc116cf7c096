import type { Params, ParamValue, V3Call } from '@latchkey/doctor'
import { call, type Made } from '../../connection/call.ts'
import type { Json, JsonObject } from '../../connection/json.ts'

export interface ProbeWatch {
  readonly signal: AbortSignal
  /** As a call begins. */
  readonly onStart: (name: string) => void
  /** With what was sent and what came, before the doctor has read it. */
  readonly onMade: (made: Made) => void
}

/** The doctor's calls by the page's own `call`, so that each can be shown as it went. */
export function probeCall(serviceUrl: string, { signal, onStart, onMade }: ProbeWatch): V3Call {
  return async ({ service, action, params }) => {
    onStart(`${service}.${action}`)
    const made = await call({ service, action, params: exposed(params), serviceUrl, signal })
    onMade(made)
    if (made.reply !== undefined) return made.reply
    throw new NoAnswer(made.outcome.kind === 'no-answer' && made.outcome.why === 'timeout' ? 'TIMEOUT' : '')
  }
}

/** A browser does not say why there was none; the doctor reads what there is by its `code`. */
class NoAnswer extends Error {
  readonly code: string

  constructor(code: string) {
    super('no answer')
    this.code = code
  }
}

/** What is a secret to a report is none to the server that it is for. */
function exposed(params: Params): JsonObject {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, jsonOf(value)]])),
  )
}

function jsonOf(value: ParamValue): Json {
  if (typeof value !== 'object') return value
  return isSecret(value) ? value.expose() : exposed(value)
}

function isSecret(value: object): value is { expose(): string } {
  return 'expose' in value && typeof value.expose === 'function'
}
