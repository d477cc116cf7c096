import { ACTION_COUNT, type ActionEffect } from '@latchkey/core'
import { useMemo, useRef } from 'preact/hooks'
import { refine, route } from '../../app/router.ts'
import { Button } from '../../parts/controls.tsx'
import { Empty } from '../../parts/layout.tsx'
import { Matrix } from '../../parts/matrix.tsx'
import {
  COLUMNS,
  type ColumnId,
  columnOf,
  countOpen,
  gridRows,
  isOriginalService,
  SERVICE_COUNT,
  servicesFirst,
  shownColumns,
} from './catalogue-grid.ts'
import { matrixCell, SIGNS } from './cell-signs.ts'
import type { Differences } from './differences.ts'
import { TO_EVERYBODY } from './local-access.ts'
import type { Reading } from './reading.ts'
import { cell, filter, settle } from './state.ts'

const EFFECTS: readonly ActionEffect[] = ['read', 'write', 'delete']

export function chosenEffects(): readonly ActionEffect[] {
  const chosen = (route.value.query.effects ?? '').split(',')
  return EFFECTS.filter((effect) => chosen.includes(effect))
}

export interface AccessGridProps {
  readonly reading: Reading
  readonly other: Reading | undefined
  readonly differences: Differences | undefined
  readonly isOnlyDifferent: boolean
  readonly changed: ReadonlySet<string> | undefined
  readonly onOpen: (name: string, by: 'key' | 'pointer') => void
}

export function AccessGrid({ reading, other, differences, isOnlyDifferent, changed, onOpen }: AccessGridProps) {
  const { cells } = reading
  const effects = chosenEffects()
  // Of the first reading: what a change opens should not move rows under the pointer.
  const order = useRef<{ readonly of: string; readonly first: ReadonlySet<string> } | undefined>(undefined)
  const of = `${reading.title.sort} ${reading.title.id ?? reading.title.name}`
  if (order.current?.of !== of) order.current = { of, first: servicesFirst(cells, TO_EVERYBODY) }
  const { first } = order.current
  const rows = useMemo(
    () =>
      gridRows({
        filter: filter.value,
        effects,
        cells,
        isWanted: isOnlyDifferent && differences !== undefined ? (name) => differences.different.has(name) : undefined,
        first,
      }),
    [filter.value, effects.join(), cells, isOnlyDifferent, differences, first],
  )
  const columns = shownColumns(rows)
  const byService = new Map(rows.map((row) => [row.service, row.cells]))
  const shownCell = cell.value
  const at = shownCell.lastIndexOf('.')
  const selected = at < 0 ? undefined : placeOf(shownCell)
  const count = countOpen(cells)
  const namesAt = (service: string, column: string) => byService.get(service)?.[columnNamed(column)] ?? []
  const look = (service: string, column: string) => {
    const names = namesAt(service, column)
    const next = names.length === 1 ? (names[0] ?? '') : `${service}.*`
    // A list of others that is open stays at the one that was chosen out of it.
    if (placeOf(shownCell)?.row === service && column === 'other' && names.includes(shownCell)) return
    cell.value = next
    settle()
  }
  const compared = other !== undefined && differences !== undefined
  const clear = () => {
    filter.value = ''
    refine({ effects: '', filter: '' })
  }
  if (rows.length === 0) {
    return (
      <Empty title={isOnlyDifferent ? 'There is no difference' : 'Nothing has a name like that'}>
        <p>
          {isOnlyDifferent
            ? 'Both may call the same, as far as the filter reaches.'
            : 'The filter looks for parts of names of services and actions, with commas between them: media, user.list'}
        </p>
        <Button onClick={clear}>Clear the filter</Button>
      </Empty>
    )
  }
  return (
    <Matrix
      label={`What ${reading.title.sort.toLowerCase()} ${reading.title.name || (reading.title.id ?? '')} may call`}
      rowTitle="service"
      columns={columns.map((id) => ({ id, title: id }))}
      rows={rows.map(({ service }) => ({ id: service, title: service }))}
      cell={(service, column) =>
        matrixCell({
          service,
          column: columnNamed(column),
          names: namesAt(service, column),
          cells,
          isLookedAt: selected?.row === service && selected.column === column,
          other: compared ? { cells: other.cells, different: differences.different } : undefined,
          changed,
        })
      }
      selected={selected}
      onFocus={look}
      onOpen={(service, column, by) => {
        look(service, column)
        onOpen(cell.value, by)
      }}
      foot={
        <div class="matrix-legend">
          {(['allow', 'own', 'deny', 'never'] as const).map((state) => (
            <span key={state}>
              <i data-tone={SIGNS[state].tone} aria-hidden="true">
                {SIGNS[state].sign}
              </i>
              {SIGNS[state].words}
            </span>
          ))}
          {compared && <span>○ differs: the first, then the other</span>}
          <span role="status">
            {rows.filter(({ service }) => isOriginalService(service)).length} of {SERVICE_COUNT} services shown ·{' '}
            {compared ? `${count.actions} and ${countOpen(other.cells).actions}` : count.actions} of {ACTION_COUNT}{' '}
            actions allowed
          </span>
        </div>
      }
    />
  )
}

function columnNamed(id: string): ColumnId {
  return COLUMNS.find((column) => column === id) ?? 'other'
}

/** Where an action is to be found in the grid. */
export function placeOf(name: string): { readonly row: string; readonly column: ColumnId } | undefined {
  const at = name.lastIndexOf('.')
  if (at < 0) return undefined
  return { row: name.slice(0, at), column: columnOf(name.slice(at + 1)) }
}
