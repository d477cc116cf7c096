import { Button } from '../../parts/controls.tsx'
import { Note } from '../../parts/layout.tsx'
import { countOf } from '../../parts/words.ts'
import type { Cells } from './catalogue-grid.ts'
import { differencesOf } from './differences.ts'
import type { Reading } from './reading.ts'
import { formatSubject, type Subject } from './subject.ts'

/** What was so before a change, to show what the change made of it. */
export interface Before {
  readonly subject: string
  readonly cells: Cells
  readonly reading: Reading
}

export interface ChangedNames {
  readonly opened: readonly string[]
  readonly closed: readonly string[]
}

/** Undefined until it has been read anew. */
export function changedSince(
  before: Before | undefined,
  subject: Subject | undefined,
  reading: Reading | undefined,
): ChangedNames | undefined {
  if (before === undefined || subject === undefined || reading === undefined) return undefined
  if (before.subject !== formatSubject(subject) || before.reading === reading) return undefined
  const { onlyA, onlyB } = differencesOf(before.cells, reading.cells)
  return { opened: onlyB, closed: onlyA }
}

export function Changed({
  changed,
  onLook,
  onClose,
}: {
  readonly changed: ChangedNames
  readonly onLook: (name: string) => void
  readonly onClose: () => void
}) {
  const { opened, closed } = changed
  const [only] = opened
  return (
    <div role="status">
      <Note tone={opened.length > 0 ? 'good' : 'plain'}>
        <div class="spread">
          <span>
            <strong>{opened.length === 0 && closed.length === 0 ? 'Nothing in this grid changed.' : 'Changed.'}</strong>{' '}
            {only !== undefined && (
              <>
                {countOf(opened.length, 'more action is', 'more actions are')} open now:{' '}
                {opened.length === 1 ? (
                  <Button kind="link" onClick={() => onLook(only)}>
                    {only}
                  </Button>
                ) : (
                  'they are marked in the grid'
                )}
                .
              </>
            )}
            {closed.length > 0 && ` ${countOf(closed.length, 'action')} closed.`}
          </span>
          <Button kind="link" onClick={onClose}>
            Dismiss
          </Button>
        </div>
      </Note>
    </div>
  )
}
