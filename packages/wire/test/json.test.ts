import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { apiError, writeJson } from '@latchkey/wire'
import fc from 'fast-check'
import { ok, write } from './answers.ts'

type TextVector = Vector<{ readonly value: unknown }, { readonly text: string }>

describe('JSON', () => {
  for (const { name, input, expect } of loadVectors<TextVector>('wire-json')) {
    test(`goes by the rule: ${name}`, () => {
      assert.equal(write('json', ok(input.value)), expect.text)
    })
  }

  test('writes what JSON does not know as null, or leaves it out of an object', () => {
    assert.equal(write('json', ok(undefined)), 'null')
    assert.equal(write('json', ok(Number.NaN)), 'null')
    assert.equal(writeJson({ a: undefined, b: [undefined] }), '{"b":[null]}')
  })

  test('has the steps of a multirequest in a list, refusals in their places', () => {
    assert.equal(
      write('json', [ok(1), { ok: false, error: apiError('MISSING_KS') }, ok(null)]),
      '[1,{"code":"MISSING_KS","message":"Missing KS, session not established","objectType":"KalturaAPIException","args":[]},null]',
    )
    assert.equal(write('json', []), '[]')
  })

  test('is ASCII and reads back, whatever the value', () => {
    const text = fc.string({ unit: 'binary' })
    const name = text.filter((candidate) => candidate !== '__proto__')
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(name, tie('any'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(any, (value) => {
        const written = writeJson(value)
        assert.match(written, /^[\x20-\x7e]*$/)
        assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
