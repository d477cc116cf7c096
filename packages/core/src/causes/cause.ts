/** Where in the way from token to data a cause lies. */
export type CauseClass = 'hash' | 'transport' | 'flow' | 'token' | 'permission' | 'afterwards' | 'server'

/** Why something was refused, under an id that never changes. */
export interface CauseText {
  readonly class: CauseClass
  readonly title: string
  /** What its victim sees. */
  readonly symptom: string
  /** How to tell that it is this one. */
  readonly check: string
  /** What to do, in order. */
  readonly remedy: readonly string[]
}
