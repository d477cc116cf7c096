import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly cell: (row: Row) => ComponentChildren
  readonly width?: string
  /** Names the row: on a narrow screen it heads the card that the row becomes there. */
  readonly isTitle?: boolean
  /** Numbers, one below the other. */
  readonly isNumber?: boolean
  /** Worth its place only where there is much of it: not on screens of a middle width. */
  readonly isAside?: boolean
  /** Whether a row has nothing there, which a card need not say. */
  readonly isNothing?: (row: Row) => boolean
}

export interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Pixels, the same for all, in a table that is virtual; on a narrow screen rows are cards of `cardHeight`. */
  readonly rowHeight?: number
  readonly cardHeight?: number
  /** Of the part that scrolls. */
  readonly height?: number
  readonly rowProps?: (row: Row) => { readonly 'aria-current'?: 'true'; readonly 'data-tone'?: string }
}

const VIRTUAL_FROM = 120
const SPARE = 8
const NARROW = '(max-width: 600px)'

/** A table; past some rows only those in view are there, with the count and place of each told to screen readers. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, keyOf, rowHeight = 41, cardHeight = rowHeight * 3, height = 560, rowProps } = props
  const scroller = useRef<HTMLDivElement>(null)
  const top = useSignal(0)
  const isNarrow = useSignal(typeof matchMedia !== 'undefined' && matchMedia(NARROW).matches)
  useLayoutEffect(() => {
    const media = matchMedia(NARROW)
    const listen = () => {
      isNarrow.value = media.matches
    }
    media.addEventListener('change', listen)
    return () => media.removeEventListener('change', listen)
  }, [])
  const isVirtual = rows.length > VIRTUAL_FROM
  const size = isNarrow.value ? cardHeight : rowHeight
  const first = isVirtual ? Math.max(0, Math.min(rows.length - 1, Math.floor(top.value / size) - SPARE)) : 0
  const last = isVirtual ? Math.min(rows.length, first + Math.ceil(height / size) + 2 * SPARE) : rows.length
  return (
    <div
      ref={scroller}
      class="table-wrap table-cards"
      style={isVirtual ? { maxHeight: `${height}px` } : undefined}
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={(event) => (top.value = event.currentTarget.scrollTop)}
    >
      <table class="table" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                style={column.width === undefined ? undefined : { width: column.width }}
                {...marksOf(column)}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Spacer height={first * size} columns={columns.length} />}
          {rows.slice(first, last).map((row, at) => (
            <tr
              key={keyOf(row)}
              aria-rowindex={first + at + 2}
              style={isVirtual ? { height: `${size}px` } : undefined}
              {...rowProps?.(row)}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  data-label={column.title}
                  data-nothing={column.isNothing?.(row) || undefined}
                  {...marksOf(column)}
                >
                  <div>{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
          {last < rows.length && <Spacer height={(rows.length - last) * size} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  )
}

function marksOf<Row>({ isTitle, isNumber, isAside }: Column<Row>) {
  return {
    'data-title': isTitle || undefined,
    'data-number': isNumber || undefined,
    'data-aside': isAside || undefined,
  }
}

function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true" style={{ height: `${height}px` }}>
      <td colSpan={columns} style={{ padding: 0, border: 0 }} />
    </tr>
  )
}
