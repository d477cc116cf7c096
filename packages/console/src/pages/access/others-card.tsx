import type { Cells } from './catalogue-grid.ts'
import { SIGNS } from './cell-signs.ts'

export interface OthersProps {
  readonly service: string
  readonly names: readonly string[]
  readonly cells: Cells
  readonly onLook: (name: string) => void
}

/** The actions of a service that have no column of their own, each with its sign; choosing one explains it. */
export function Others({ service, names, cells, onLook }: OthersProps) {
  return (
    <div class="stack-tight reason">
      <h2 tabIndex={-1}>
        <span class="mono">{service}</span>: {names.length} other actions
      </h2>
      <ul class="others">
        {names.map((name) => {
          const { sign, tone, words } = SIGNS[cells.get(name) ?? 'never']
          return (
            <li key={name}>
              <button type="button" onClick={() => onLook(name)}>
                <i data-tone={tone} aria-hidden="true">
                  {sign}
                </i>
                <span class="mono">{name.slice(service.length + 1)}</span>
                <span class="muted small">{words}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
