import type { ToldFix } from '../../connection/outcome.ts'
import { Button } from '../../parts/controls.tsx'
import { gridRows } from './catalogue-grid.ts'
import type { CellReason } from './cell-reason.ts'
import { Others } from './others-card.tsx'
import type { Reading } from './reading.ts'
import { Reason } from './reason-card.tsx'
import { cell } from './state.ts'

export interface ReasonsProps {
  readonly reading: Reading
  readonly other: Reading | undefined
  readonly roleNames: ReadonlyMap<number, string>
  readonly isSheetOpen: boolean
  readonly onLook: (name: string) => void
  readonly onClose: () => void
  readonly onFix: (fix: ToldFix, reason: CellReason, of: Reading) => void
}

/** Beside the grid, and at the foot of a narrow screen, where it opens with a cell. */
export function Reasons({ reading, other, roleNames, isSheetOpen, onLook, onClose, onFix }: ReasonsProps) {
  const name = cell.value
  const at = name.lastIndexOf('.')
  const service = name.slice(0, at)
  const isList = name.endsWith('.*')
  const all = at < 0 ? [] : gridRows({ filter: '', effects: [], cells: reading.cells })
  const row = all.find((each) => each.service === service)
  const others = row?.cells.other ?? []
  const isKnown = reading.cells.has(name)
  return (
    <section
      class="card access-reason"
      data-open={isSheetOpen || undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      {isList && row !== undefined ? (
        <Others service={service} names={others} cells={reading.cells} onLook={onLook} />
      ) : isKnown ? (
        <>
          {others.length > 1 && others.includes(name) && (
            <Button kind="link" onClick={() => onLook(`${service}.*`)}>
              {`‹ Other actions of ${service}`}
            </Button>
          )}
          <Reason
            reading={reading}
            name={name}
            roleNames={roleNames}
            whose={other === undefined ? undefined : whoseIs(reading)}
            onFix={(fix, reason) => onFix(fix, reason, reading)}
          />
          {other !== undefined && (
            <div class="second">
              <Reason
                reading={other}
                name={name}
                roleNames={roleNames}
                whose={whoseIs(other)}
                onFix={(fix, reason) => onFix(fix, reason, other)}
              />
            </div>
          )}
        </>
      ) : (
        <div class="stack-tight">
          <h2 tabIndex={-1}>{name === '' ? 'Why, and what it would take' : `${name} is not in this grid`}</h2>
          <p class="muted">
            {name === ''
              ? 'Choose a cell. It says here what opens it or what is missing, and the smallest change that would open it.'
              : 'It may be an action of another server, or one that the filter hides.'}
          </p>
        </div>
      )}
      <div class="sheet-foot">
        <Button onClick={onClose}>Back to the grid</Button>
      </div>
    </section>
  )
}

function whoseIs({ title }: Reading): string {
  return title.name === '' ? (title.id ?? title.sort) : title.name
}
