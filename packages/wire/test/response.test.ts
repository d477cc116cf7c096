import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiError, isCallback, parseFormat, propertyNames, type ResponseFormat, writeResponse } from '@latchkey/wire'
import { ok, write } from './answers.ts'

const FORMATS: readonly ResponseFormat[] = ['json', 'xml', 'php', 'jsonp']

test('a format is one of four numbers, and XML where none is named', () => {
  assert.deepEqual(['1', '2', '3', '9', undefined].map(parseFormat), ['json', 'xml', 'php', 'jsonp', 'xml'])
  for (const other of ['4', '', '0', '01', '1.0', ' 1', 'json', '__proto__', 'constructor'])
    assert.equal(parseFormat(other), undefined, other)
})

test('each format has the content type of the original, PHP none', () => {
  const typeOf = (format: ResponseFormat) =>
    writeResponse({ format, result: ok(1), classes: propertyNames, ignoreNull: false, executionSeconds: 0 }).contentType
  assert.deepEqual(FORMATS.map(typeOf), ['application/json', 'text/xml', undefined, 'application/javascript'])
})

test('an action that answers nothing has an empty answer in the way of each format', () => {
  assert.deepEqual(
    FORMATS.map((format) => write(format, ok(undefined))),
    [
      'null',
      '<?xml version="1.0" encoding="utf-8"?><xml><result></result><executionTime>0.0123</executionTime></xml>',
      'N;',
      'cb(null);',
    ],
  )
})

test('JSONP is the JSON in a call of the callback, errors and multirequests too', () => {
  assert.equal(write('jsonp', ok('/')), 'cb("\\/");')
  for (const answer of [[ok(1), ok('x')], { ok: false, error: apiError('MISSING_KS') } as const])
    assert.equal(write('jsonp', answer), `cb(${write('json', answer)});`)
})

test('a callback has letters, digits, underscores and points, and at least one of them', () => {
  for (const name of ['a.b_1', 'f', '0', 'A.B.C']) assert.ok(isCallback(name), name)
  for (const name of ['', 'a()', 'a-b', '<', 'a b', 'é', 'a\n', 'a[0]', 'a;b']) assert.ok(!isCallback(name), name)
})

test('the answer is on one line with the time it took to four places', () => {
  const options = { format: 'xml', result: ok('x'), classes: propertyNames, ignoreNull: false } as const
  for (const [executionSeconds, text] of [
    [0, '0.0000'],
    [0.00004, '0.0000'],
    [12.34567, '12.3457'],
  ] as const) {
    const { body } = writeResponse({ ...options, executionSeconds })
    assert.ok(body.includes(`<executionTime>${text}</executionTime>`) && !body.includes('\n'), body)
  }
})
