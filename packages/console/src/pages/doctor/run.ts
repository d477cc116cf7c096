import { noblePrimitives } from '@latchkey/core/noble'
import {
  type DoctorFinding,
  diagnoseFacts,
  type Facts,
  gather,
  type Pasted,
  provenBy,
  type Step,
  stoppedAt,
  type Told,
} from '@latchkey/doctor'
import { signal } from '@preact/signals'
import type { Made } from '../../connection/call.ts'
import { noteSecret } from '../../connection/secrets.ts'
import { probeCall } from './probe-call.ts'

/** One call of the doctor's, as it went and as it was read. */
export interface SeenStep {
  readonly step: Step
  /** Absent in a report that somebody else made. */
  readonly made?: Made | undefined
}

/** What the doctor saw, and what it makes of that. */
export interface Examination {
  readonly facts: Facts
  readonly findings: readonly DoctorFinding[]
  readonly steps: readonly SeenStep[]
}

export type Run =
  | { readonly state: 'idle' }
  /** `calling` is the action that is being waited for. */
  | { readonly state: 'running'; readonly steps: readonly SeenStep[]; readonly calling: string }
  | { readonly state: 'stopped'; readonly steps: readonly SeenStep[] }
  | { readonly state: 'done'; readonly examination: Examination }

/** Outlives going to another page and back. */
export const run = signal<Run>({ state: 'idle' })

let stopping: AbortController | undefined

/** Makes the calls of a login, one after the other. Resolves when the last has been answered, or when it was stopped. */
export async function startProbes(told: Told, pasted: Pasted | undefined): Promise<void> {
  stopping?.abort()
  const abort = new AbortController()
  stopping = abort
  noteSecret(told.tokenValue?.expose())
  noteSecret(told.sentSession?.expose())
  noteSecret(told.receivedHash?.expose())
  const steps: SeenStep[] = []
  let last: Made | undefined
  const show = (state: Run) => {
    // Of two runs the later one is shown.
    if (stopping === abort) run.value = state
  }
  show({ state: 'running', steps: [], calling: 'system.ping' })
  const call = probeCall(told.serviceUrl, {
    signal: abort.signal,
    onStart: (calling) => show({ state: 'running', steps: [...steps], calling }),
    onMade: (made) => {
      last = made
    },
  })
  const facts = await gather(call, {
    told,
    pasted: pasted?.exchanges,
    primitives: noblePrimitives,
    clock: Date.now,
    onStep(step) {
      // What was stopped has not been answered, so that it is no step.
      if (abort.signal.aborted) return
      steps.push({ step, made: last })
      show({ state: 'running', steps: [...steps], calling: '' })
    },
  })
  if (abort.signal.aborted) show({ state: 'stopped', steps: [...steps] })
  else
    show({ state: 'done', examination: { facts, findings: diagnoseFacts(facts, noblePrimitives), steps: [...steps] } })
}

export function stopProbes(): void {
  stopping?.abort()
}

/** The same conclusions from facts that somebody else gathered. */
export function examine(facts: Facts): Examination {
  const steps = facts.exchanges.map((exchange) => ({
    step: { exchange, proven: provenBy(exchange), stoppedAt: stoppedAt(exchange) },
  }))
  return { facts, findings: diagnoseFacts(facts, noblePrimitives), steps }
}
