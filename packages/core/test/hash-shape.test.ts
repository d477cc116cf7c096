import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HASH_TYPES } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import fc from 'fast-check'
import { judgeHashShape } from '../src/hash-shape.ts'

const SHA256 = 'f9a36bfb0bd6ad179791ef4fdc7db268a07bbc3574e3a66ecd5fe733a4b416ac'
const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')

const FORMS: readonly (readonly [form: string, received: string, cause: string, saw: RegExp])[] = [
  ['nothing', '', 'hash-placeholder', /is empty/],
  ['null', 'null', 'hash-placeholder', /4 characters/],
  ['undefined', 'undefined', 'hash-placeholder', /word for nothing/],
  ['a template that was not filled in', '{{tokenHash}}', 'hash-placeholder', /braces/],
  ['a shell substitution that was not made', '$(sha256sum)', 'hash-placeholder', /braces/],
  ['the id of an app token', '0_abcd1234', 'hash-token-value-sent', /form of an app token id/],
  ['capitals', SHA256.toUpperCase(), 'hash-upper-case', /64 hex characters, some of them capitals/],
  ['one capital', `A${SHA256.slice(1)}`, 'hash-upper-case', /some of them capitals/],
  ['the length of MD5 or of a value', SHA256.slice(0, 32), 'hash-wrong-algorithm', /as MD5 gives, or as app token/],
  ['the length of SHA1', SHA256.slice(0, 40), 'hash-wrong-algorithm', /as SHA1 gives; SHA256 gives 64 lower-case/],
  ['the length of SHA512', SHA256 + SHA256, 'hash-wrong-algorithm', /128 hex characters, as SHA512/],
  ['one digit short', SHA256.slice(1), 'hash-zeros-dropped', /63 hex characters/],
  ['far too short', 'abc', 'hash-unexplained', /3 hex characters/],
  ['too long', `${SHA256}ab`, 'hash-unexplained', /66 hex characters/],
  ['the right form', SHA256, 'hash-unexplained', /as it should be/],
  ['Base64', base64(SHA256), 'hash-base64', /44 characters/],
  ['Base64 without padding', base64(SHA256).replace('=', ''), 'hash-base64', /43 characters/],
  ['URL-safe Base64', base64('fb'.repeat(32)).replaceAll('+', '-').replaceAll('/', '_'), 'hash-base64', /44/],
  ['Base64 of SHA1', base64(SHA256.slice(0, 40)), 'hash-base64', /28 characters/],
  ['0x before it', `0x${SHA256}`, 'hash-decorated', /66 characters/],
  ['\\x before it', `\\x${SHA256}`, 'hash-decorated', /66 characters/],
  ['the algorithm before it', `sha256:${SHA256}`, 'hash-decorated', /not only digits/],
  ['what openssl puts before it', `(stdin)= ${SHA256}`, 'hash-decorated', /not only digits/],
  ['dashes between the bytes', SHA256.replace(/..(?=.)/g, '$&-'), 'hash-decorated', /95 characters/],
  ['colons between the bytes', SHA256.replace(/..(?=.)/g, '$&:'), 'hash-decorated', /95 characters/],
  ['a file name behind it', `${SHA256}  input.txt`, 'hash-decorated', /not only digits/],
  ['a line end behind it', `${SHA256}\n`, 'hash-decorated', /65 characters/],
  ['quotes around it', `"${SHA256}"`, 'hash-decorated', /66 characters/],
  ['a word', 'opensesame', 'hash-unexplained', /10 characters, and no hex digest/],
  ['a word outside ASCII', 'schlüssel', 'hash-unexplained', /9 characters, and no hex digest/],
]

describe('the form of a wrong hash', () => {
  for (const [form, received, cause, saw] of FORMS) {
    test(`that is ${form} tells ${cause}`, () => {
      const judged = judgeHashShape(received, 'SHA256')
      assert.equal(judged.cause, cause)
      assert.match(judged.saw, saw)
    })
  }

  test('is told apart for each algorithm, by what its digests look like', () => {
    for (const [hashType, name] of Object.entries(HASH_TYPES)) {
      assert.ok(hashType === 'SHA1' || hashType === 'MD5' || hashType === 'SHA256' || hashType === 'SHA512')
      const digest = nodePrimitives.digestHex(name, 'x')
      const causeOf = (received: string) => judgeHashShape(received, hashType).cause
      assert.equal(causeOf(digest), 'hash-unexplained')
      assert.equal(causeOf(`f${digest.slice(1)}`.toUpperCase()), 'hash-upper-case')
      assert.equal(causeOf(base64(digest)), 'hash-base64')
      assert.equal(causeOf(`0x${digest}`), 'hash-decorated')
      for (const other of Object.values(HASH_TYPES)) {
        if (other !== name) assert.equal(causeOf(nodePrimitives.digestHex(other, 'x')), 'hash-wrong-algorithm')
      }
    }
  })

  test('tells of no wrong algorithm where the right one is not known', () => {
    assert.deepEqual(judgeHashShape(SHA256, undefined), {
      cause: 'hash-unexplained',
      saw: 'tokenHash is 64 hex characters',
    })
  })

  test('is described by its length only, whatever it is', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', minLength: 5, maxLength: 200 }),
      fc.stringMatching(/^[0-9a-f]{5,80}$/),
    )
    fc.assert(
      fc.property(anything, (received) => {
        const { saw } = judgeHashShape(received, 'SHA256')
        // The words of the sentence itself are no leak.
        const words = 'tokenHash is characters, and no hex digest among them; SHA256 gives 64 lower-case hex characters'
        assert.ok(words.includes(received) || !saw.includes(received), saw)
      }),
    )
  })
})
