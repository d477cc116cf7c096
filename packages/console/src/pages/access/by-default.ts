import { accessOfKind } from '@latchkey/core'
import { type Cells, isOpen } from './catalogue-grid.ts'
import { cellsOf, TO_EVERYBODY } from './local-access.ts'

let kinds: readonly (readonly [string, Cells])[] | undefined

/** Made when first asked for: three more passes over the catalogue. */
function kindCells(): readonly (readonly [string, Cells])[] {
  kinds ??= [
    ['everybody', TO_EVERYBODY],
    ['widget sessions', cellsOf(accessOfKind('widget'))],
    ['USER sessions', cellsOf(accessOfKind('user'))],
    ['ADMIN sessions', cellsOf(accessOfKind('admin'))],
  ]
  return kinds
}

/** Who may call it where no role says otherwise: the least of the kinds, and that those above it may too. */
export function byDefault(name: string): string {
  const who = kindCells().filter(([, cells]) => isOpen(cells.get(name)))
  const words = who.map(([kind]) => kind)
  if (words.length === 0) return 'nobody'
  if (words[0] === 'everybody') return 'everybody'
  const own =
    kindCells()
      .find(([kind]) => kind === 'USER sessions')?.[1]
      .get(name) === 'own'
  const list = words.length === 1 ? `${words[0]} only` : words.length === 2 ? words.join(' and ') : 'all sessions'
  return own ? `${list}; USER ones for their own entries` : list
}
