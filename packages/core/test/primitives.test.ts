import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DigestName } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'
import { nodePrimitives, openGcm, sealGcm } from '@latchkey/core/node'
import fc from 'fast-check'
import { describeBoth } from './both-primitives.ts'

const DIGESTS: readonly DigestName[] = ['md5', 'sha1', 'sha256', 'sha512']

describe('both implementations of the primitives', () => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  const agree = (node: unknown, noble: unknown) => assert.deepEqual(plain(node), plain(noble))

  test('digest and authenticate alike', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DIGESTS),
        bytes,
        bytes,
        fc.string({ unit: 'binary' }),
        (name, input, key, text) => {
          agree(nodePrimitives.digest(name, input), noblePrimitives.digest(name, input))
          agree(nodePrimitives.digestHex(name, input), noblePrimitives.digestHex(name, input))
          agree(nodePrimitives.digestHex(name, text), noblePrimitives.digestHex(name, text))
          agree(nodePrimitives.hmacHex(name, key, input), noblePrimitives.hmacHex(name, key, input))
        },
      ),
    )
  })

  test('encode and decode alike, whatever comes', () => {
    const base64ish = fc.string({
      unit: fc.constantFrom('A', 'x', '9', '+', '/', '-', '_', '=', ' ', '\u0141'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(bytes, fc.string({ unit: 'binary' }), base64ish, (input, text, encoded) => {
        agree(nodePrimitives.encodeUtf8(text), noblePrimitives.encodeUtf8(text))
        agree(nodePrimitives.decodeUtf8(input), noblePrimitives.decodeUtf8(input))
        agree(nodePrimitives.encodeBase64(input), noblePrimitives.encodeBase64(input))
        agree(nodePrimitives.encodeBase64Url(input), noblePrimitives.encodeBase64Url(input))
        agree(nodePrimitives.decodeBase64(encoded), noblePrimitives.decodeBase64(encoded))
        agree(nodePrimitives.decodeBase64Url(encoded), noblePrimitives.decodeBase64Url(encoded))
      }),
      { numRuns: 1000 },
    )
  })

  test('encrypt alike, message after message, with one key kept', () => {
    const key = nodePrimitives.randomBytes(16)
    const node = nodePrimitives.aes128Cbc(key)
    const noble = noblePrimitives.aes128Cbc(key)
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), fc.infiniteStream(fc.nat(255)), (first, second, stream) => {
        const message = Uint8Array.from(stream.take(16 * first))
        const garbage = Uint8Array.from(stream.take(16 * second))
        const sealed = node.encrypt(message)
        agree(sealed, noble.encrypt(message))
        agree(node.decrypt(sealed), message)
        agree(node.decrypt(garbage), noble.decrypt(garbage))
      }),
    )
  })
})

describeBoth('primitives', (primitives) => {
  test('a refused message does not spoil the next one', () => {
    const cipher = primitives.aes128Cbc(new Uint8Array(16))
    const before = plain(cipher.encrypt(new Uint8Array(32)))
    assert.throws(() => cipher.encrypt(new Uint8Array(17)))
    assert.throws(() => cipher.decrypt(new Uint8Array(15)))
    assert.deepEqual(plain(cipher.encrypt(new Uint8Array(32))), before)
  })

  test('encrypting leaves the message as it was', () => {
    const cipher = primitives.aes128Cbc(new Uint8Array(16).fill(3))
    const message = new Uint8Array(48).fill(5)
    cipher.encrypt(message)
    cipher.encrypt(message)
    assert.deepEqual(message, new Uint8Array(48).fill(5))
  })

  test('a key of another length is refused', () => {
    assert.throws(() => primitives.aes128Cbc(new Uint8Array(32)), RangeError)
  })

  test('random bytes have the length asked for, do not repeat and do not change later', () => {
    const drawn = Array.from({ length: 2000 }, () => primitives.randomBytes(16))
    const seen = drawn.map(plain)
    assert.equal(new Set(seen.map(String)).size, 2000)
    primitives.randomBytes(3000)
    for (let index = 0; index < 1000; index += 1) primitives.randomBytes(16)
    assert.deepEqual(drawn.map(plain), seen)
    for (const length of [0, 1, 1024, 1025, 5000]) assert.equal(primitives.randomBytes(length).length, length)
  })

  test('bytes are equal only when all of them are', () => {
    assert.equal(primitives.equalBytes(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 3)), true)
    assert.equal(primitives.equalBytes(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 4)), false)
    assert.equal(primitives.equalBytes(Uint8Array.of(1, 2, 3), Uint8Array.of(0, 2, 3)), false)
    assert.equal(primitives.equalBytes(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2)), false)
    assert.equal(primitives.equalBytes(new Uint8Array(), new Uint8Array()), true)
  })

  test('a byte order mark is part of the text', () => {
    assert.equal(primitives.decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)), '\ufeffA')
  })
})

describe('sealing with AES-256-GCM', () => {
  const key = nodePrimitives.randomBytes(32)
  const bound = nodePrimitives.encodeUtf8('app_tokens/0_abc/value')
  const sealed = sealGcm(key, nodePrimitives.encodeUtf8('the value'), bound)

  test('opens with the same key and binding', () => {
    assert.equal(nodePrimitives.decodeUtf8(openGcm(key, sealed, bound) ?? new Uint8Array()), 'the value')
  })

  test('the same text is never sealed alike twice', () => {
    assert.notDeepEqual(sealGcm(key, nodePrimitives.encodeUtf8('the value'), bound), sealed)
  })

  test('does not open under another key, another binding, or with any byte changed or missing', () => {
    assert.equal(openGcm(nodePrimitives.randomBytes(32), sealed, bound), undefined)
    assert.equal(openGcm(key, sealed, nodePrimitives.encodeUtf8('app_tokens/0_abd/value')), undefined)
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      assert.equal(openGcm(key, changed, bound), undefined)
    }
    for (let length = 0; length < sealed.length; length += 1) {
      assert.equal(openGcm(key, sealed.subarray(0, length), bound), undefined)
    }
  })
})

function plain(value: unknown): unknown {
  return value instanceof Uint8Array ? Array.from(value) : value
}
