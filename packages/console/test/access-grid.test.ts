import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ACTION_COUNT, ACTIONS, accessOfKind } from '@latchkey/core'
import {
  type Cell,
  columnOf,
  countOpen,
  gridRows,
  SERVICE_COUNT,
  servicesFirst,
  shownColumns,
  summarise,
} from '../src/pages/access/catalogue-grid.ts'
import { matrixCell } from '../src/pages/access/cell-signs.ts'
import { cellsOf, TO_EVERYBODY } from '../src/pages/access/local-access.ts'

const USER = cellsOf(accessOfKind('user'))
const all = { filter: '', effects: [], cells: USER } as const

describe('gridRows', () => {
  test('every action of the catalogue stands in just one cell', () => {
    const names = gridRows(all).flatMap(({ cells }) => Object.values(cells).flat())
    assert.equal(names.length, ACTION_COUNT)
    assert.equal(new Set(names).size, ACTION_COUNT)
    assert.equal(gridRows(all).length, SERVICE_COUNT)
  })

  test('an action whose name is a column stands in that column, any other in the last', () => {
    assert.equal(columnOf('list'), 'list')
    assert.equal(columnOf('other'), 'other')
    assert.equal(columnOf('serve'), 'other')
    const media = gridRows(all).find(({ service }) => service === 'media')
    assert.deepEqual(media?.cells.list, ['media.list'])
    assert.ok(media?.cells.other.includes('media.flag'))
  })

  test('parts of a filter are alternatives, and one with a dot is looked for in the whole name', () => {
    const names = (filter: string) => gridRows({ ...all, filter }).flatMap(({ cells }) => Object.values(cells).flat())
    assert.deepEqual(names('USER.list'), ['groupUser.list', 'categoryUser.list', 'user.list'].sort())
    const either = names('userRole, baseEntry.count')
    assert.ok(either.includes('baseEntry.count') && either.includes('userRole.add'))
    assert.ok(!either.includes('baseEntry.get'))
    assert.deepEqual(gridRows({ ...all, filter: 'zzzz' }), [])
  })

  test('with effects chosen only actions that do so are left, and columns without any go', () => {
    const rows = gridRows({ ...all, effects: ['delete'] })
    assert.deepEqual(shownColumns(rows), ['delete', 'other'])
    assert.ok(rows.every(({ cells }) => cells.add.length === 0))
  })

  test('services that hold something not open to everybody come first, in the order of their names', () => {
    const cells = new Map(TO_EVERYBODY).set('uiConf.add', 'allow').set('category.add', 'own')
    const first = servicesFirst(cells, TO_EVERYBODY)
    assert.deepEqual([...first].sort(), ['category', 'uiConf'])
    const order = gridRows({ ...all, cells, first }).map(({ service }) => service)
    assert.deepEqual(order.slice(0, 3), ['category', 'uiConf', 'accessControl'])
  })

  test('services of ours are there only where the server says something about them', () => {
    const services = gridRows({ ...all, cells: new Map(USER).set('latchkey_access.explain', 'allow') })
    assert.ok(services.some(({ service }) => service === 'latchkey_access'))
    assert.ok(!gridRows(all).some(({ service }) => service.startsWith('latchkey')))
  })
})

test('what is open is counted among the actions of the original only', () => {
  const cells = new Map<string, Cell>([
    ['media.list', 'allow'],
    ['media.update', 'own'],
    ['user.list', 'deny'],
    ['latchkey_access.explain', 'allow'],
  ])
  assert.deepEqual(countOpen(cells), { services: 1, actions: 2 })
})

test('a cell of several actions tells how many are open', () => {
  const cells = new Map<string, Cell>([
    ['a.x', 'deny'],
    ['a.y', 'own'],
    ['a.z', 'never'],
  ])
  assert.deepEqual(summarise(['a.x', 'a.y', 'a.z'], cells), { state: 'own', open: 1, total: 3 })
  assert.deepEqual(summarise(['a.z', 'a.w'], cells), { state: 'never', open: 0, total: 2 })
})

describe('matrixCell', () => {
  const shown = {
    service: 'user',
    column: 'list',
    names: ['user.list'],
    cells: new Map<string, Cell>([['user.list', 'deny']]),
  } as const

  test('a refused cell that is looked at has another sign than one that is not', () => {
    assert.equal(matrixCell({ ...shown, isLookedAt: true })?.signs[0]?.sign, '✗')
    assert.equal(matrixCell({ ...shown, isLookedAt: false })?.signs[0]?.sign, '–')
  })

  test('a screen reader is told the action, and what two that differ may each do', () => {
    const other = { cells: new Map<string, Cell>([['user.list', 'allow']]), different: new Set(['user.list']) }
    const cell = matrixCell({ ...shown, isLookedAt: false, other })
    assert.equal(cell?.label, 'user.list: not allowed and allowed, different')
    assert.deepEqual(
      cell?.signs.map(({ sign }) => sign),
      ['–', '✓'],
    )
    assert.equal(cell?.isMarked, true)
  })

  test('there is no cell where there is no action', () => {
    assert.equal(matrixCell({ ...shown, names: [], isLookedAt: false }), undefined)
  })
})

test('every action of the catalogue has a sign of its own in every local access', () => {
  for (const kind of ['none', 'widget', 'user', 'admin'] as const) {
    assert.equal(cellsOf(accessOfKind(kind)).size, ACTIONS.length)
  }
})
