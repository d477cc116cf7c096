import type { MatrixCell, MatrixTone } from '../../parts/matrix.tsx'
import { type Cell, type CellSummary, type Cells, type ColumnId, summarise } from './catalogue-grid.ts'

export interface CellSign {
  readonly sign: string
  readonly tone: MatrixTone
  readonly words: string
}

export const SIGNS: Readonly<Record<Cell, CellSign>> = {
  allow: { sign: '✓', tone: 'good', words: 'allowed' },
  own: { sign: '◐', tone: 'warn', words: 'own entries only' },
  deny: { sign: '–', tone: 'none', words: 'not allowed' },
  never: { sign: '⊘', tone: 'none', words: 'never open' },
}

/** A refused one while it is looked at. */
const REFUSED = { sign: '✗', tone: 'bad' } as const

function signOf({ state, open, total }: CellSummary, isLookedAt: boolean) {
  const { sign, tone } = SIGNS[state]
  if (isLookedAt && total === 1 && state === 'deny') return REFUSED
  return { sign: open > 1 ? String(open) : sign, tone }
}

function inWords({ state, open, total }: CellSummary): string {
  return total === 1 ? SIGNS[state].words : `${open} of ${total} allowed`
}

export interface CellsShown {
  readonly service: string
  readonly column: ColumnId
  readonly names: readonly string[]
  readonly cells: Cells
  readonly isLookedAt: boolean
  /** Of the one beside, where two are compared. */
  readonly other?: { readonly cells: Cells; readonly different: ReadonlySet<string> } | undefined
  /** Those that have just changed. */
  readonly changed?: ReadonlySet<string> | undefined
}

/** One cell of the grid: a sign, or two where they are compared, and all of it in words. */
export function matrixCell({
  service,
  column,
  names,
  cells,
  isLookedAt,
  other,
  changed,
}: CellsShown): MatrixCell | undefined {
  if (names.length === 0) return undefined
  const what = column === 'other' ? `${service}, ${names.length === 1 ? names[0] : 'other actions'}` : (names[0] ?? '')
  const own = summarise(names, cells)
  if (other === undefined) {
    const hasChanged = names.some((name) => changed?.has(name) === true)
    return {
      label: `${what}: ${inWords(own)}${hasChanged ? ', changed' : ''}`,
      signs: [signOf(own, isLookedAt)],
      isMarked: hasChanged,
    }
  }
  const second = summarise(names, other.cells)
  const isDifferent = names.some((name) => other.different.has(name))
  return {
    label: isDifferent
      ? `${what}: ${inWords(own)} and ${inWords(second)}, different`
      : `${what}: ${inWords(own)} for both`,
    signs: isDifferent ? [signOf(own, false), signOf(second, false)] : [signOf(own, false)],
    isMarked: isDifferent,
  }
}
