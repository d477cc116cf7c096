import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { columnsOf } from '../src/pages/workflow/result-columns.ts'

const rows = (...fields: readonly Readonly<Record<string, unknown>>[]) =>
  fields.map((item, index) => ({ index, fields: item }))

describe('the columns of a result', () => {
  test('id, name and their kin come first, in that order, wherever they stand', () => {
    assert.deepEqual(columnsOf(rows({ status: 2, name: 'a', id: '0_a', objectType: 'KalturaMediaEntry' })), [
      'id',
      'name',
      'status',
    ])
  })

  test('what is the same in every row is left out, unless it is one of the first', () => {
    assert.deepEqual(columnsOf(rows({ id: 1, tags: 'x', plays: 3 }, { id: 2, tags: 'x', plays: 4 })), ['id', 'plays'])
  })

  test('what no row says is left out, and so are objects and lists', () => {
    assert.deepEqual(columnsOf(rows({ id: 1, name: '', more: { a: 1 } }, { id: 2, name: '', more: { a: 2 } })), ['id'])
  })

  test('a long text does not take the place of others', () => {
    assert.deepEqual(columnsOf(rows({ id: 1, xml: 'a'.repeat(41) }, { id: 2, xml: 'b' })), ['id'])
  })

  test('there are five at most', () => {
    const many = (seed: number) => Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`c${at}`, seed + at]))
    assert.equal(columnsOf(rows(many(1), many(2))).length, 5)
  })

  test('no rows have no columns', () => assert.deepEqual(columnsOf([]), []))
})
