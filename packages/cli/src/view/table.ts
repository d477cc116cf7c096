import { cutTo, plain, WIDTH, widthOf, wrapWords } from '../doctor/paint.ts'

const GAP = '  '

/**
 * Rows under a head, in 80 columns: the last column takes what is left, and is cut there. Whoever needs all of it asks for JSON.
 *
 * @returns with line ends; empty where there is no row
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const lines = [head, ...rows].map((cells) => cells.map(plain))
  const widths = head.map((_, at) => Math.max(...lines.map((cells) => widthOf(cells[at] ?? ''))))
  return lines.map((cells) => `${lineOf(cells, widths)}\n`).join('')
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  const last = cells.length - 1
  const line = cells
    .map((cell, at) => (at === last ? cell : `${cell}${' '.repeat((widths[at] ?? 0) - widthOf(cell))}`))
    .join(GAP)
  return widthOf(line) > WIDTH ? `${cutTo(line, WIDTH - 1)}…` : line.trimEnd()
}

/** Names and values under each other, values broken into lines. What has no value is left out. */
export function fields(rows: readonly (readonly [name: string, value: string | undefined])[]): string {
  const told = rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const]))
  const width = Math.max(0, ...told.map(([name]) => name.length)) + GAP.length
  return told.map(([name, value]) => wrapWords(value, ' '.repeat(width), name.padEnd(width))).join('')
}

/** Epoch seconds as a person reads them. */
export function timeInWords(seconds: number | undefined): string | undefined {
  if (seconds === undefined || seconds <= 0 || seconds > 8_640_000_000_000) return undefined
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z')
}
