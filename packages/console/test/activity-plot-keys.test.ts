import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeAfter } from '../src/pages/activity/plot-keys.ts'

test('arrows go from bar to bar and stop at the ends; other keys lead nowhere', () => {
  assert.equal(placeAfter('ArrowRight', 3, 24), 4)
  assert.equal(placeAfter('ArrowLeft', 3, 24), 2)
  assert.equal(placeAfter('ArrowRight', 23, 24), 23)
  assert.equal(placeAfter('ArrowLeft', 0, 24), 0)
  assert.equal(placeAfter('Home', 9, 24), 0)
  assert.equal(placeAfter('End', 9, 24), 23)
  assert.equal(placeAfter('End', 0, 0), 0)
  assert.equal(placeAfter('Tab', 9, 24), undefined)
})
