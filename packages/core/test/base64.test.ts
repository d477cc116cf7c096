import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { decodeTolerantBase64 } from '../src/base64.ts'
import { describeBoth } from './both-primitives.ts'

type Decode = Vector<{ readonly decode: string }, { readonly bytes: string } | { readonly invalid: true }>
type Encode = Vector<{ readonly encode: string }, { readonly standard: string; readonly url: string }>

describeBoth('base64', (primitives) => {
  for (const vector of loadVectors<Decode | Encode>('base64')) {
    test(vector.name, () => {
      if (isEncode(vector)) {
        const bytes = Uint8Array.from(Buffer.from(vector.input.encode, 'hex'))
        assert.equal(primitives.encodeBase64(bytes), vector.expect.standard)
        assert.equal(primitives.encodeBase64Url(bytes), vector.expect.url)
        assert.deepEqual(Array.from(primitives.decodeBase64(vector.expect.standard) ?? []), Array.from(bytes))
      } else {
        const bytes = decodeTolerantBase64(primitives, vector.input.decode)
        const hex = bytes && Buffer.from(bytes).toString('hex')
        assert.equal(hex, 'bytes' in vector.expect ? vector.expect.bytes : undefined)
      }
    })
  }

  test('the strict form takes the standard alphabet with its padding, and nothing else', () => {
    assert.deepEqual(Array.from(primitives.decodeBase64('+/8=') ?? []), [0xfb, 0xff])
    for (const text of ['-_8=', '+/8', '+/8= ', '+/8==', ' ']) assert.equal(primitives.decodeBase64(text), undefined)
  })
})

function isEncode(vector: Decode | Encode): vector is Encode {
  return 'encode' in vector.input
}
