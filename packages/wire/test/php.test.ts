import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiError, type Outcome, writePhp } from '@latchkey/wire'
import fc from 'fast-check'
import { ok, write } from './answers.ts'

describe('PHP', () => {
  for (const [value, text] of [
    [null, 'N;'],
    [undefined, 'N;'],
    [true, 'b:1;'],
    [false, 'b:0;'],
    [-7, 'i:-7;'],
    [0.5, 'd:0.5;'],
    ['', 's:0:"";'],
    ['é💥', 's:6:"é💥";'],
    ['";i:1;', 's:6:"";i:1;";'],
    [[], 'a:0:{}'],
    [[1, 'a'], 'a:2:{i:0;i:1;i:1;s:1:"a";}'],
    [{ '5': 'x', n: null }, 'a:1:{i:5;s:1:"x";}'],
    [{ '05': 'x' }, 'a:1:{s:2:"05";s:1:"x";}'],
    [
      { objectType: 'T', id: 'x', n: null, l: [{ objectType: 'U' }] },
      'O:1:"T":2:{s:2:"id";s:1:"x";s:1:"l";a:1:{i:0;O:1:"U":0:{}}}',
    ],
    [{ objectType: 'T":0:{}', n: 1 }, 'a:2:{s:10:"objectType";s:7:"T":0:{}";s:1:"n";i:1;}'],
    [2 ** 60, 'd:1152921504606847000;'],
    [Number.POSITIVE_INFINITY, 'd:INF;'],
    [Number.NaN, 'd:NAN;'],
  ] as const) {
    test(`writes ${typeof value === 'number' ? value : JSON.stringify(value)} as ${text}`, () => {
      assert.equal(writePhp(value), text)
    })
  }

  test('writes errors as arrays, also among the steps of a multirequest', () => {
    const error: Outcome = { ok: false, error: apiError('MISSING_KS'), diagnosis: { stage: 'x' } }
    const written =
      'a:5:{s:4:"code";s:10:"MISSING_KS";s:7:"message";s:35:"Missing KS, session not established";s:10:"objectType";s:19:"KalturaAPIException";s:4:"args";a:0:{}s:9:"diagnosis";a:1:{s:5:"stage";s:1:"x";}}'
    assert.equal(write('php', error), written)
    assert.equal(write('php', [ok(true), error]), `a:2:{i:0;b:1;i:1;${written}}`)
  })

  test('reads back byte by byte, whatever the value', () => {
    const text = fc.string({ unit: 'binary' })
    const name = text.filter((candidate) => candidate !== '__proto__' && candidate !== 'objectType')
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(name, tie('any'), { maxKeys: 4 }),
        fc.record({ objectType: fc.constantFrom('KalturaUser', 'T_1'), id: text, items: fc.array(text) }),
      ),
    }))
    fc.assert(
      fc.property(any, (value) => {
        assert.deepEqual(unserialize(Buffer.from(writePhp(value))), asRead(value))
      }),
    )
  })

  test('of a reader that takes anything this file would say nothing', () => {
    for (const broken of ['s:1:"é";', 's:3:"é";', 'i:1', 'a:1:{}', 'i:1;i:2;', 'O:2:"T":0:{}', 'x'])
      assert.throws(() => unserialize(Buffer.from(broken)), broken)
  })
})

/** What PHP holds after reading a value: every array and object is a map; a name that looks like an integer is one. */
function asRead(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'number') return value + 0
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, child]) => [name.toWellFormed(), asRead(child)] as const)
  return new Map(entries)
}

/** PHP's `unserialize` on bytes, since its lengths count these; keys as texts, the class of an object as `objectType`. */
function unserialize(bytes: Buffer): unknown {
  let at = 0
  const until = (end: string): string => {
    const found = bytes.indexOf(end, at)
    assert.ok(found >= 0, `no ${end} behind ${at}`)
    const text = bytes.toString('utf8', at, found)
    at = found + end.length
    return text
  }
  const expect = (text: string): void => {
    assert.equal(bytes.toString('utf8', at, at + text.length), text)
    at += text.length
  }
  const quoted = (): string => {
    const length = Number(until(':'))
    expect('"')
    const text = bytes.toString('utf8', at, at + length)
    // A length that cuts a character in two.
    assert.equal(Buffer.byteLength(text), length)
    at += length
    expect('"')
    return text
  }
  const entries = (): Map<string, unknown> => {
    const count = Number(until(':'))
    expect('{')
    const map = new Map<string, unknown>()
    for (let index = 0; index < count; index += 1) {
      const key = read()
      assert.ok(typeof key === 'string' || Number.isSafeInteger(key))
      map.set(String(key), read())
    }
    expect('}')
    return map
  }
  const read = (): unknown => {
    const kind = until(bytes.toString('utf8', at + 1, at + 2) === ';' ? ';' : ':')
    switch (kind) {
      case 'N':
        return null
      case 'b':
        return until(';') === '1'
      case 'i':
      case 'd':
        return Number(until(';'))
      case 's': {
        const text = quoted()
        expect(';')
        return text
      }
      case 'a':
        return entries()
      case 'O': {
        const className = quoted()
        expect(':')
        return new Map<string, unknown>([['objectType', className], ...entries()])
      }
      default:
        throw new TypeError(`unknown kind: ${kind}`)
    }
  }
  const value = read()
  assert.equal(at, bytes.length)
  return value
}
