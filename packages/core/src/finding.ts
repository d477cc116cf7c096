import { CAUSES, type CauseId, docsOf } from './causes/catalogue.ts'

/** `error`: it does not work. `warning`: it will hurt. `note`: worth knowing. */
export type Severity = 'error' | 'warning' | 'note'

/** One thing that was noticed, under the id of its cause. */
export interface Finding {
  readonly cause: CauseId
  readonly severity: Severity
  readonly title: string
  /** Names, numbers and edges; never a secret. */
  readonly saw: string
  /** In order. */
  readonly remedy: readonly string[]
  readonly docs: string
}

export function finding(cause: CauseId, severity: Severity, saw: string): Finding {
  const { title, remedy } = CAUSES[cause]
  return { cause, severity, title, saw, remedy, docs: docsOf(cause) }
}
