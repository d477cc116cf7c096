/** A place in a grid, counted from 0. */
export interface GridPlace {
  readonly row: number
  readonly column: number
}

export interface GridSize {
  readonly rows: number
  readonly columns: number
  /** Where there is something; the arrows pass over the rest. */
  readonly isThere: (row: number, column: number) => boolean
}

const PAGE = 10

/**
 * Where a key leads from a place, as in any ARIA grid; undefined where it leads nowhere, or is none of the grid's.
 *
 * @param key as `KeyboardEvent.key` names it
 */
export function nextPlace(key: string, isCtrl: boolean, from: GridPlace, grid: GridSize): GridPlace | undefined {
  const { row, column } = from
  switch (key) {
    case 'ArrowRight':
      return along(row, column + 1, grid.columns, grid)
    case 'ArrowLeft':
      return along(row, column - 1, -1, grid)
    case 'ArrowDown':
      return down(row + 1, grid.rows, column, grid)
    case 'ArrowUp':
      return down(row - 1, -1, column, grid)
    case 'PageDown':
      return paged(Math.min(grid.rows - 1, row + PAGE), from, grid)
    case 'PageUp':
      return paged(Math.max(0, row - PAGE), from, grid)
    case 'Home':
      return isCtrl ? firstPlace(grid) : along(row, 0, grid.columns, grid)
    case 'End':
      return isCtrl ? lastPlace(grid) : along(row, grid.columns - 1, -1, grid)
    default:
      return undefined
  }
}

/** The first that is there, in reading order. */
export function firstPlace(grid: GridSize): GridPlace | undefined {
  for (let row = 0; row < grid.rows; row += 1) {
    const place = along(row, 0, grid.columns, grid)
    if (place !== undefined) return place
  }
  return undefined
}

function lastPlace(grid: GridSize): GridPlace | undefined {
  for (let row = grid.rows - 1; row >= 0; row -= 1) {
    const place = along(row, grid.columns - 1, -1, grid)
    if (place !== undefined) return place
  }
  return undefined
}

/** From a column on, towards an end that is itself outside. */
function along(row: number, from: number, end: number, { isThere }: GridSize): GridPlace | undefined {
  const step = end >= from ? 1 : -1
  for (let column = from; column !== end; column += step) if (isThere(row, column)) return { row, column }
  return undefined
}

/** In the same column; a service that has no such action is passed over. */
function down(from: number, end: number, column: number, { isThere }: GridSize): GridPlace | undefined {
  const step = end >= from ? 1 : -1
  for (let row = from; row !== end; row += step) if (isThere(row, column)) return { row, column }
  return undefined
}

function paged(row: number, from: GridPlace, grid: GridSize): GridPlace | undefined {
  if (row === from.row) return undefined
  if (grid.isThere(row, from.column)) return { row, column: from.column }
  // The nearest on the way back; the place itself ends it.
  const isDown = row > from.row
  return (
    down(row, from.row, from.column, grid) ??
    (isDown ? down(row, grid.rows, from.column, grid) : down(row, -1, from.column, grid))
  )
}
