import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { indentJson } from '../src/parts/json-text.ts'

describe('JSON as it is shown', () => {
  for (const value of [
    {},
    [],
    { a: [], b: {}, c: [1, { d: 'x, {y}: "z"' }] },
    'text',
    7,
    null,
    [[[]]],
    { 'a"b': '\\' },
  ]) {
    test(`${JSON.stringify(value)} looks as a serializer would write it`, () => {
      assert.equal(indentJson(JSON.stringify(value)), JSON.stringify(value, undefined, 2))
    })
  }

  test('numbers, escapes and repeated names stay as they were sent', () => {
    const text = '{"id":12345678901234567890,"a":1.0,"a":"\\u00e9","__proto__":{"b":1e400}}'
    const shown = indentJson(text)
    for (const piece of ['12345678901234567890', '"a": 1.0', '"a": "\\u00e9"', '"__proto__": {', '1e400']) {
      assert.ok(shown.includes(piece), piece)
    }
    assert.equal(shown.replaceAll(/\s/g, ''), text)
  })

  test('what is not JSON stays as it is', () => {
    for (const text of ['<html>', '{"a":', '', 'a b\n c']) assert.equal(indentJson(text), text)
  })

  test('depth does not make it grow without end', () => {
    const deep = '['.repeat(5_000) + ']'.repeat(5_000)
    assert.ok(indentJson(deep).length < 5_000 * 2 * 90)
  })
})
