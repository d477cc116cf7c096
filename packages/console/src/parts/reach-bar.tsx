import { ACTIONS } from '@latchkey/core'
import { countOf } from './words.ts'
import './reach.css'

export interface ReachBarProps {
  readonly read: number
  readonly write: number
  readonly delete: number
  /** All actions that there are; the whole catalogue where left out. */
  readonly of?: number | undefined
  /** Without the numbers beneath, where they stand beside it anyway. */
  readonly isBare?: boolean
}

/** How much of the API is open: the bar is all of it, and its parts are what is read, changed and deleted. */
export function ReachBar({ read, write, delete: deletes, of = ACTIONS.length, isBare = false }: ReachBarProps) {
  const parts = [
    { kind: 'read', count: read, text: countOf(read, 'read') },
    { kind: 'write', count: write, text: countOf(write, 'write') },
    { kind: 'delete', count: deletes, text: countOf(deletes, 'delete') },
  ]
  const words = parts.map(({ text }) => text).join(', ')
  return (
    <div class="reach">
      <div class="reach-bar" role="img" aria-label={`${words}, of ${countOf(of, 'action')}`}>
        {parts.map(({ kind, count }) =>
          count === 0 ? null : <i key={kind} data-kind={kind} style={{ flexGrow: count }} />,
        )}
        <i style={{ flexGrow: Math.max(0, of - read - write - deletes) }} />
      </div>
      {!isBare && (
        <p class="reach-words small">
          {parts.map(({ kind, text, count }) => (
            <span key={kind}>
              <i class="reach-sign" data-kind={count === 0 ? undefined : kind} aria-hidden="true" /> {text}
            </span>
          ))}
          <span class="muted">of {of.toLocaleString('en')}</span>
        </p>
      )}
    </div>
  )
}
