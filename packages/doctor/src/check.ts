import { type CauseId, type Finding, finding, type Primitives, type Severity } from '@latchkey/core'
import type { Facts } from './facts.ts'

/** A finding that also says how it is known. */
export interface DoctorFinding extends Finding {
  /** The call or the input that shows it. */
  readonly evidence: string
}

/** A pure function: the same facts always give the same findings. */
export type Check = (facts: Facts, primitives: Primitives) => readonly DoctorFinding[]

/** @param saw no secret and no session string */
export function found(cause: CauseId, severity: Severity, saw: string, evidence: string): DoctorFinding {
  return { ...finding(cause, severity, saw), evidence }
}
