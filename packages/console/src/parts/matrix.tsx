import './matrix.css'
import { useSignal } from '@preact/signals'
import { Component, type ComponentChildren, type TargetedKeyboardEvent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { firstPlace, type GridPlace, nextPlace } from './matrix-keys.ts'

export type MatrixTone = 'good' | 'warn' | 'none' | 'bad'

export interface MatrixCell {
  /** What a screen reader says: the whole of it, in words. */
  readonly label: string
  /** A sign, or several beside each other. */
  readonly signs: readonly { readonly sign: string; readonly tone: MatrixTone }[]
  /** It has another value than before, or than beside it. */
  readonly isMarked?: boolean | undefined
}

export interface MatrixProps {
  readonly label: string
  /** Names the first column. */
  readonly rowTitle: string
  readonly columns: readonly { readonly id: string; readonly title: string }[]
  readonly rows: readonly { readonly id: string; readonly title: string }[]
  /** Undefined where there is nothing. */
  readonly cell: (row: string, column: string) => MatrixCell | undefined
  readonly selected?: { readonly row: string; readonly column: string } | undefined
  /** Whenever the focus comes to a cell. */
  readonly onFocus: (row: string, column: string) => void
  /** By Enter, Space or a click. */
  readonly onOpen: (row: string, column: string, by: 'key' | 'pointer') => void
  readonly foot?: ComponentChildren
}

/**
 * A grid as ARIA has it: one stop for Tab, arrows inside, Home and End in a row, with Ctrl in the whole, a page at a time by
 * PageUp and PageDown. Header and first column stay while it scrolls.
 */
export function Matrix(props: MatrixProps) {
  const { label, rowTitle, columns, rows, cell, selected, onFocus, onOpen, foot } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const cells = rows.map((row) => columns.map((column) => cell(row.id, column.id)))
  const grid = {
    rows: rows.length,
    columns: columns.length,
    isThere: (row: number, column: number) => cells[row]?.[column] !== undefined,
  }
  // By names, not by numbers: a filter moves rows, and Tab should come back to the same cell.
  const last = useSignal<{ readonly row: string; readonly column: string } | undefined>(undefined)
  const placeOf = (named: typeof last.value): GridPlace | undefined => {
    if (named === undefined) return undefined
    const row = rows.findIndex(({ id }) => id === named.row)
    const column = columns.findIndex(({ id }) => id === named.column)
    return row >= 0 && column >= 0 && grid.isThere(row, column) ? { row, column } : undefined
  }
  const chosen = placeOf(selected)
  const stop = placeOf(last.value) ?? chosen ?? firstPlace(grid)
  const focusAt = ({ row, column }: GridPlace) => {
    const element = body.current?.rows[row]?.cells[column + 1]
    element?.focus({ preventScroll: true })
    if (element !== undefined) bringIntoView(element)
  }
  // Where an address names a cell, it should be seen.
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current || chosen === undefined) return
    isFirst.current = false
    const element = body.current?.rows[chosen.row]?.cells[chosen.column + 1]
    if (element !== undefined) bringIntoView(element, false)
  }, [chosen?.row, chosen?.column])
  // One listener for all cells: there are about a thousand.
  const placeAt = (target: EventTarget | null): GridPlace | undefined => {
    const element = target instanceof Element ? target.closest('td') : null
    const row = element?.parentElement
    if (element === null || !(row instanceof HTMLTableRowElement)) return undefined
    const place = { row: row.sectionRowIndex, column: element.cellIndex - 1 }
    return grid.isThere(place.row, place.column) ? place : undefined
  }
  const namesAt = ({ row, column }: GridPlace) => [rows[row]?.id ?? '', columns[column]?.id ?? ''] as const
  const keyed = (event: TargetedKeyboardEvent<HTMLTableSectionElement>) => {
    const at = placeAt(event.target)
    if (at === undefined || event.altKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onOpen(...namesAt(at), 'key')
      return
    }
    const next = nextPlace(event.key, event.ctrlKey, at, grid)
    if (next === undefined) return
    event.preventDefault()
    focusAt(next)
  }
  return (
    <div class="matrix">
      <div class="matrix-scroll">
        <table role="grid" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={columns.length + 1}>
          <thead>
            <tr>
              <th scope="col">{rowTitle}</th>
              {columns.map(({ id, title }) => (
                <th key={id} scope="col">
                  <span>{title}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody
            ref={body}
            onFocusIn={(event) => {
              const at = placeAt(event.target)
              if (at === undefined) return
              const [row, column] = namesAt(at)
              last.value = { row, column }
              onFocus(row, column)
            }}
            onClick={(event) => {
              const at = placeAt(event.target)
              if (at === undefined) return
              body.current?.rows[at.row]?.cells[at.column + 1]?.focus({ preventScroll: true })
              onOpen(...namesAt(at), 'pointer')
            }}
            onKeyDown={keyed}
          >
            {rows.map((row, at) => (
              <MatrixRow
                key={row.id}
                at={at}
                title={row.title}
                columns={columns}
                cells={cells[at] ?? []}
                stop={stop?.row === at ? stop.column : -1}
                selected={chosen?.row === at ? chosen.column : -1}
              />
            ))}
          </tbody>
        </table>
      </div>
      {foot !== undefined && <div class="matrix-foot">{foot}</div>}
    </div>
  )
}

interface RowProps {
  readonly at: number
  readonly title: string
  readonly columns: MatrixProps['columns']
  readonly cells: readonly (MatrixCell | undefined)[]
  /** Columns, counted from 0; -1 for none. */
  readonly stop: number
  readonly selected: number
}

/** Drawn anew only where it shows something else: moving through the grid changes two rows of many. */
class MatrixRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { at, title, stop, selected } = this.props
    if (at !== next.at || title !== next.title || stop !== next.stop || selected !== next.selected) return true
    return textOf(this.props) !== textOf(next)
  }

  override render({ at, title, columns, cells, stop, selected }: RowProps) {
    return (
      <tr aria-rowindex={at + 2}>
        <th scope="row">{breakable(title)}</th>
        {columns.map(({ id }, column) => {
          const shown = cells[column]
          if (shown === undefined) return <td key={id} />
          return (
            <td
              key={id}
              role="gridcell"
              tabIndex={stop === column ? 0 : -1}
              aria-selected={selected === column}
              data-marked={shown.isMarked || undefined}
            >
              <span class="unseen">{shown.label}</span>
              <span class="cell" aria-hidden="true">
                {shown.signs.map(({ sign, tone }, place) => (
                  <span key={place} data-tone={tone}>
                    {sign}
                  </span>
                ))}
              </span>
            </td>
          )
        })}
      </tr>
    )
  }
}

function textOf({ columns, cells }: RowProps): string {
  return JSON.stringify([columns.map(({ id }) => id), cells])
}

/** Long names break where their parts meet, rather than anywhere. */
function breakable(name: string): ComponentChildren {
  const [first, ...rest] = name.split('_')
  return rest.length === 0 ? (
    name
  ) : (
    <>
      {first}_<wbr />
      {rest.join('_')}
    </>
  )
}

/** Under the header and beside the first column, which both lie over the rest. */
function bringIntoView(element: HTMLElement, isPageMoved = true): void {
  const scroller = element.closest<HTMLElement>('.matrix-scroll')
  if (scroller === null) return
  const box = element.getBoundingClientRect()
  const frame = scroller.getBoundingClientRect()
  const top = scroller.querySelector('thead')?.getBoundingClientRect().height ?? 0
  const first = element.parentElement?.firstElementChild?.getBoundingClientRect().width ?? 0
  const isRight = getComputedStyle(element).direction === 'rtl'
  if (box.top < frame.top + top) scroller.scrollTop -= frame.top + top - box.top
  else if (box.bottom > frame.bottom) scroller.scrollTop += box.bottom - frame.bottom
  const start = isRight ? frame.left : frame.left + first
  const end = isRight ? frame.right - first : frame.right
  if (box.left < start) scroller.scrollLeft -= start - box.left
  else if (box.right > end) scroller.scrollLeft += box.right - end
  // And the page, where the grid itself is only partly seen.
  if (isPageMoved) element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
