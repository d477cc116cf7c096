import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadVectors, mustEnd, type Vector } from '@latchkey/testkit'
import fc from 'fast-check'
import { decodeQueryComponent, encodeQueryComponent, parseQueryString } from '../src/query-string.ts'
import { describeBoth } from './both-primitives.ts'

type Input = { readonly encode: string } | { readonly parse: string }
type Expect =
  | { readonly text: string }
  | { readonly pairs: readonly (readonly [string, string])[] }
  | { readonly invalid: true }

describeBoth('query strings', (primitives) => {
  for (const { name, input, expect } of loadVectors<Vector<Input, Expect>>('query-string')) {
    test(name, () => {
      if ('encode' in input) assert.deepEqual({ text: encodeQueryComponent(primitives, input.encode) }, expect)
      else {
        const parsed = parseQueryString(primitives, input.parse)
        assert.deepEqual(parsed ? { pairs: Array.from(parsed) } : { invalid: true }, expect)
      }
    })
  }

  test('decoding undoes encoding for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const encoded = encodeQueryComponent(primitives, text)
        assert.match(encoded, /^[A-Za-z0-9_.+%-]*$/)
        assert.equal(decodeQueryComponent(primitives, encoded), text.toWellFormed())
      }),
    )
  })

  // Quadratic work would not end within the limit; a slow machine would.
  test('a megabyte of pairs of any kind is read to its end', () => {
    for (const pair of ['a&', '=&', 'a=&', '%', '+', '%41', '&', '\0', ' ', '.']) {
      const text = pair.repeat((1 << 20) / pair.length)
      assert.notEqual(
        mustEnd(() => parseQueryString(primitives, text)),
        null,
      )
    }
  })
})
