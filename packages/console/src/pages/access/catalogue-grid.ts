import {
  ACTIONS,
  type ActionEffect,
  actionsOf,
  type CatalogueAction,
  type Cell,
  effectOf,
  SERVICES,
} from '@latchkey/core'

export type { Cell }

/** By `service.action`, as the catalogue spells it. */
export type Cells = ReadonlyMap<string, Cell>

export const COLUMNS = ['get', 'list', 'count', 'add', 'update', 'delete', 'other'] as const
export type ColumnId = (typeof COLUMNS)[number]

/** A service with its actions by column; `other` holds all whose names are none of the columns. */
export interface GridRow {
  readonly service: string
  readonly cells: Readonly<Record<ColumnId, readonly string[]>>
}

const isColumn = (name: string): name is ColumnId => COLUMNS.some((column) => column === name) && name !== 'other'

export function columnOf(action: string): ColumnId {
  return isColumn(action) ? action : 'other'
}

export function nameOf({ service, action }: Pick<CatalogueAction, 'service' | 'action'>): string {
  return `${service}.${action}`
}

/** Services of the original, and those that this server adds. Names that only internal accounts use are left out: nobody else may. */
const LISTED: readonly { readonly service: string; readonly actions: readonly CatalogueAction[] }[] = (() => {
  const own = new Map<string, CatalogueAction[]>()
  for (const action of ACTIONS) own.set(action.service, [...(own.get(action.service) ?? []), action])
  const ours = SERVICES.filter((service) => actionsOf(service).every(({ kind }) => kind === 'ours'))
  return [
    ...[...own].map(([service, actions]) => ({ service, actions })),
    ...ours.map((service) => ({ service, actions: actionsOf(service) })),
  ].toSorted((a, b) => a.service.localeCompare(b.service, 'en', { sensitivity: 'base' }))
})()

/** How many there are of the original's. */
const originals = new Set(ACTIONS.map(({ service }) => service))
export const SERVICE_COUNT: number = originals.size
/** False for those that only a server like ours has. */
export function isOriginalService(service: string): boolean {
  return originals.has(service)
}
const isOriginal = new Set(ACTIONS.map(nameOf))

export interface GridWish {
  /** Parts of names of services or actions, with commas between them; empty is all. */
  readonly filter: string
  /** Empty is all. */
  readonly effects: readonly ActionEffect[]
  /** Only actions that these say something about; those that only our servers have are left out elsewhere. */
  readonly cells: Cells
  /** Such as: only those that differ. */
  readonly isWanted?: ((name: string) => boolean) | undefined
  /** Services to stand first, as {@link servicesFirst} names them. */
  readonly first?: ReadonlySet<string> | undefined
}

/** The rows that are left, and in them the actions that are. */
export function gridRows({ filter, effects, cells, isWanted, first }: GridWish): readonly GridRow[] {
  const isMatched = matcher(filter)
  const rows = LISTED.flatMap(({ service, actions }): readonly GridRow[] => {
    const byColumn: Record<ColumnId, string[]> = {
      get: [],
      list: [],
      count: [],
      add: [],
      update: [],
      delete: [],
      other: [],
    }
    let count = 0
    for (const action of actions) {
      const name = nameOf(action)
      if (!cells.has(name) || !isMatched(service, action.action)) continue
      if (effects.length > 0 && !effects.includes(effectOf(action))) continue
      if (isWanted !== undefined && !isWanted(name)) continue
      byColumn[columnOf(action.action)].push(name)
      count += 1
    }
    byColumn.other.sort()
    return count === 0 ? [] : [{ service, cells: byColumn }]
  })
  if (first === undefined) return rows
  return [...rows.filter(({ service }) => first.has(service)), ...rows.filter(({ service }) => !first.has(service))]
}

/** Any one of the parts is enough. With a dot it is looked for in the whole name. */
function matcher(filter: string): (service: string, action: string) => boolean {
  const parts = filter
    .toLowerCase()
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
  if (parts.length === 0) return () => true
  return (service, action) => {
    const [lowService, lowAction] = [service.toLowerCase(), action.toLowerCase()]
    return parts.some((part) =>
      part.includes('.')
        ? `${lowService}.${lowAction}`.includes(part)
        : lowService.includes(part) || lowAction.includes(part),
    )
  }
}

/** Columns in which any of these rows has something. */
export function shownColumns(rows: readonly GridRow[]): readonly ColumnId[] {
  return COLUMNS.filter((column) => rows.some(({ cells }) => cells[column].length > 0))
}

/** Services in which something is open that is not open to everybody: what a subject is for. */
export function servicesFirst(cells: Cells, toEverybody: Cells): ReadonlySet<string> {
  const services = new Set<string>()
  for (const [name, cell] of cells) {
    if (isOpen(cell) && isOriginal.has(name) && !isOpen(toEverybody.get(name)))
      services.add(name.slice(0, name.lastIndexOf('.')))
  }
  return services
}

export function isOpen(cell: Cell | undefined): boolean {
  return cell === 'allow' || cell === 'own'
}

export interface GridCount {
  readonly services: number
  readonly actions: number
}

/** How much is open, among what the original has. */
export function countOpen(cells: Cells): GridCount {
  const open = [...cells].filter(([name, cell]) => isOpen(cell) && isOriginal.has(name)).map(([name]) => name)
  return { services: new Set(open.map((name) => name.slice(0, name.lastIndexOf('.')))).size, actions: open.length }
}

/** What one cell of the grid shows: one decision, or how many of several are open. */
export interface CellSummary {
  readonly state: Cell
  readonly open: number
  readonly total: number
}

export function summarise(names: readonly string[], cells: Cells): CellSummary {
  const states = names.map((name) => cells.get(name) ?? 'never')
  const open = states.filter(isOpen).length
  const state = states.includes('allow')
    ? 'allow'
    : states.includes('own')
      ? 'own'
      : states.includes('deny')
        ? 'deny'
        : 'never'
  return { state, open, total: names.length }
}
