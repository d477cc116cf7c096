import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { namesIn, numberOf, objectOf, objectsOf, textOf, textsOf } from '@latchkey/wire/answer'
import fc from 'fast-check'

describe('reading what came as JSON', () => {
  for (const [value, expected] of [
    [7, 7],
    ['7', 7],
    ['-1.5', -1.5],
    ['9007199254740991', 9_007_199_254_740_991],
    // Would come out as …992.
    ['9007199254740993', undefined],
    ['9'.repeat(400), undefined],
    // What JSON.parse makes of 1e999.
    [Number.POSITIVE_INFINITY, undefined],
    ['', undefined],
    ['0x10', undefined],
    [' 7', undefined],
    [true, undefined],
    [null, undefined],
    [['7'], undefined],
  ] as const) {
    test(`as a number, ${JSON.stringify(value)?.slice(0, 30)} (${typeof value}) is ${expected}`, () => {
      assert.equal(numberOf(value), expected)
    })
  }

  for (const [value, expected] of [
    ['a', 'a'],
    [0, '0'],
    [false, 'false'],
    [null, ''],
    [{}, ''],
    [['a'], ''],
  ] as const) {
    test(`as a text, ${JSON.stringify(value)} is “${expected}”`, () => {
      assert.equal(textOf(value), expected)
    })
  }

  test('a list keeps what it should hold, and nothing else is a list', () => {
    assert.deepEqual(textsOf(['a', 7, null, 'b']), ['a', 'b'])
    assert.deepEqual(textsOf('ab'), [])
    assert.deepEqual(objectsOf([{}, [], null, { a: 1 }]), [{}, { a: 1 }])
    assert.deepEqual(objectsOf({ length: 1, 0: {} }), [])
    assert.deepEqual(objectOf([1]), {})
  })

  test('names within a text lose the space around them, and the empty ones', () => {
    assert.deepEqual(namesIn(' a, b,,c ,'), ['a', 'b', 'c'])
    assert.deepEqual(namesIn(''), [])
  })

  test('no value makes a reader throw', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of [numberOf, textOf, textsOf, objectOf, objectsOf]) read(value)
      }),
    )
  })
})
