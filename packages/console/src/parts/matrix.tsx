import './matrix.css'
import { useSignal } from '@preact/signals'
import type { ComponentChildren, TargetedKeyboardEvent } from 'preact'
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
  const keyed = (event: TargetedKeyboardEvent<HTMLTableCellElement>, at: GridPlace, row: string, column: string) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onOpen(row, column, 'key')
      return
    }
    if (event.altKey || event.metaKey) return
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
          <tbody ref={body}>
            {rows.map((row, rowAt) => (
              <tr key={row.id} aria-rowindex={rowAt + 2}>
                <th scope="row">{breakable(row.title)}</th>
                {columns.map((column, columnAt) => {
                  const shown = cells[rowAt]?.[columnAt]
                  if (shown === undefined)
                    return <td key={column.id} />
                  const isStop = stop?.row === rowAt && stop.column === columnAt
                  return (
                    <td
                      key={column.id}
                      role="gridcell"
                      tabIndex={isStop ? 0 : -1}
                      aria-selected={selected?.row === row.id && selected.column === column.id}
                      data-marked={shown.isMarked || undefined}
                      onFocus={() => {
                        last.value = { row: row.id, column: column.id }
                        onFocus(row.id, column.id)
                      }}
                      onClick={(event) => {
                        event.currentTarget.focus({ preventScroll: true })
                        onOpen(row.id, column.id, 'pointer')
                      }}
                      onKeyDown={(event) => keyed(event, { row: rowAt, column: columnAt }, row.id, column.id)}
                    >
                      <span class="unseen">{shown.label}</span>
                      <span class="cell" aria-hidden="true">
                        {shown.signs.map(({ sign, tone }, at) => (
                          <span key={at} data-tone={tone}>
                            {sign}
                          </span>
                        ))}
                      </span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {foot !== undefined && <div class="matrix-foot">{foot}</div>}
    </div>
  )
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
