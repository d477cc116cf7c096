import type { ComponentChildren } from 'preact'
import { Breakable } from './breakable.tsx'
import { countOf } from './words.ts'

export interface FixProps {
  readonly title: string
  /** How many other actions it opens besides; undefined where nobody knows. */
  readonly opens?: number | undefined
  readonly detail?: ComponentChildren
  /** The button. */
  readonly children?: ComponentChildren
}

/** One way to have the call let through, with what else it would open. */
export function Fix({ title, opens, detail, children }: FixProps) {
  return (
    <div class="fix">
      <div>
        <div>
          <Breakable text={title} />
        </div>
        <p class="small muted">
          {opens !== undefined && (opens === 0 ? 'opens nothing else' : `opens ${countOf(opens, 'other action')}`)}
          {opens !== undefined && detail !== undefined && ' · '}
          {detail}
        </p>
      </div>
      {children}
    </div>
  )
}
