import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { firstPlace, nextPlace } from '../src/parts/matrix-keys.ts'

// x is a cell, a dot is none.
const MAP = ['x.xx', '.x..', 'x..x', ...Array.from({ length: 12 }, () => 'xxxx')]
const grid = { rows: MAP.length, columns: 4, isThere: (row: number, column: number) => MAP[row]?.[column] === 'x' }
const go = (key: string, row: number, column: number, isCtrl = false) => {
  const place = nextPlace(key, isCtrl, { row, column }, grid)
  return place === undefined ? undefined : [place.row, place.column]
}

describe('nextPlace', () => {
  test('arrows go to the next cell that is there, and stop at the edges', () => {
    assert.deepEqual(go('ArrowRight', 0, 0), [0, 2])
    assert.deepEqual(go('ArrowLeft', 0, 2), [0, 0])
    assert.deepEqual(go('ArrowDown', 0, 0), [2, 0])
    assert.deepEqual(go('ArrowUp', 3, 1), [1, 1])
    assert.equal(go('ArrowRight', 0, 3), undefined)
    assert.equal(go('ArrowUp', 0, 2), undefined)
    assert.equal(go('ArrowDown', 14, 0), undefined)
  })

  test('Home and End stay in the row, with Ctrl they go to the ends of all', () => {
    assert.deepEqual(go('Home', 2, 3), [2, 0])
    assert.deepEqual(go('End', 0, 0), [0, 3])
    assert.deepEqual(go('Home', 9, 3, true), [0, 0])
    assert.deepEqual(go('End', 0, 0, true), [14, 3])
  })

  test('a page is ten rows, or as far as there are any', () => {
    assert.deepEqual(go('PageDown', 0, 0), [10, 0])
    assert.deepEqual(go('PageDown', 10, 0), [14, 0])
    assert.deepEqual(go('PageUp', 14, 2), [4, 2])
    assert.deepEqual(go('PageUp', 4, 1), [1, 1])
    assert.equal(go('PageDown', 14, 0), undefined)
  })

  test('other keys are none of its business', () => {
    for (const key of ['a', 'Tab', 'Escape', 'F5']) assert.equal(go(key, 0, 0), undefined)
  })

  test('from any cell, no key leads to a place where there is none', () => {
    const keys = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp']
    for (let row = 0; row < grid.rows; row += 1) {
      for (let column = 0; column < grid.columns; column += 1) {
        if (!grid.isThere(row, column)) continue
        for (const key of keys) {
          for (const isCtrl of [false, true]) {
            const place = nextPlace(key, isCtrl, { row, column }, grid)
            assert.ok(place === undefined || grid.isThere(place.row, place.column), `${key} from ${row},${column}`)
          }
        }
      }
    }
  })
})

test('an empty grid has no first place', () => {
  assert.equal(firstPlace({ rows: 0, columns: 3, isThere: () => false }), undefined)
  assert.deepEqual(firstPlace(grid), { row: 0, column: 0 })
})
