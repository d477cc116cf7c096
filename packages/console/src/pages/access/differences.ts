import { type Cells, isOpen } from './catalogue-grid.ts'

/** What each of two can call that the other cannot, and what has another sign in the grid. */
export interface Differences {
  readonly onlyA: readonly string[]
  readonly onlyB: readonly string[]
  readonly both: readonly string[]
  /** Also those that one of them may call for its own entries only. */
  readonly different: ReadonlySet<string>
}

export function differencesOf(a: Cells, b: Cells): Differences {
  const names = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x.localeCompare(y, 'en'))
  const isIn = (cells: Cells) => (name: string) => isOpen(cells.get(name))
  const [inA, inB] = [isIn(a), isIn(b)]
  return {
    onlyA: names.filter((name) => inA(name) && !inB(name)),
    onlyB: names.filter((name) => inB(name) && !inA(name)),
    both: names.filter((name) => inA(name) && inB(name)),
    different: new Set(names.filter((name) => signOf(a, name) !== signOf(b, name))),
  }
}

/** What only the one knows is closed to the other; that nobody may is no difference to that. */
function signOf(cells: Cells, name: string): string {
  const cell = cells.get(name)
  return cell === 'allow' || cell === 'own' ? cell : 'closed'
}
