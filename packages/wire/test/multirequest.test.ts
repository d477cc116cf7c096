import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadVectors, mustEnd, type Vector } from '@latchkey/testkit'
import { MOST_STEPS, type ParamTree, readRequest, readSteps, resolveReferences } from '@latchkey/wire'
import fc from 'fast-check'

type ReferenceVector = Vector<
  { readonly value: string; readonly results: readonly unknown[] },
  { readonly value: string }
>

function tree(params: object): ParamTree {
  const found = readRequest({ path: '/', query: '', contentType: 'application/json', body: JSON.stringify(params) })
  assert.ok(found)
  return found.params
}
const step = (more: object = {}) => ({ service: 'system', action: 'ping', ...more })
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))
const resolved = (value: unknown, results: unknown[]) => plain(resolveReferences(tree({ value }), results)).value

describe('the steps of a multirequest', () => {
  test('are numbered from 0 or from 1, up to the first gap or the first without a name', () => {
    assert.equal(readSteps(tree({ 0: step(), 1: step(), 3: step() })).length, 2)
    assert.equal(readSteps(tree({ 1: step(), 2: step() })).length, 2)
    assert.equal(readSteps(tree({ 1: step(), 2: { service: 'system' }, 3: step() })).length, 1)
    assert.deepEqual(
      [readSteps(tree({ 2: step() })).length, readSteps(tree({ 1: 'x' })).length, readSteps(tree({})).length],
      [0, 0, 0],
    )
  })

  test('inherit client tag, session and partner, and nothing else, and keep their own', () => {
    const steps = readSteps(
      tree({
        ks: 'top',
        partnerId: 1,
        p: 2,
        clientTag: 't',
        language: 'en',
        format: 1,
        1: step(),
        2: step({ ks: 'own' }),
      }),
    )
    assert.deepEqual(plain(steps), [
      { clientTag: 't', ks: 'top', partnerId: 1, ...step() },
      { clientTag: 't', ks: 'own', partnerId: 1, ...step() },
    ])
  })

  test('are counted one past the most, so that too many can be told', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [index + 1, step()]))
    assert.equal(readSteps(tree(many)).length, MOST_STEPS + 1)
  })
})

describe('a reference', () => {
  const results = ['first', 'text']
  for (const { name, input, expect } of loadVectors<ReferenceVector>('wire-references')) {
    test(`goes by the rule: ${name}`, () => {
      assert.equal(resolved(input.value, [...input.results]), expect.value)
    })
  }

  test('is resolved at any depth, and other values stay what they are', () => {
    assert.deepEqual(resolved({ a: { b: '{2:result}' }, c: 5, d: true, e: null }, results), {
      a: { b: 'text' },
      c: 5,
      d: true,
      e: null,
    })
  })

  test('is resolved in the session of a step, in its names and in what it inherits', () => {
    const params = tree({ ks: '{1:result:ks}', 1: step(), 2: step({ action: '{2:result}' }) })
    const second = readSteps(params)[1]
    assert.ok(second)
    assert.deepEqual(plain(resolveReferences(second, [{ ks: 'djJ8' }, 'list'])), {
      ks: 'djJ8',
      service: 'system',
      action: 'list',
    })
  })

  test('to the step itself or to a later one is the empty text', () => {
    const [first] = readSteps(
      tree({ 0: step({ a: '{1:result}', b: '{2:result}', c: 'x{9999:result:a}y' }), 1: step() }),
    )
    assert.ok(first)
    assert.deepEqual(plain(resolveReferences(first, [])), { ...step(), a: '', b: '', c: 'xy' })
  })

  test('leaves the parameters that it was read from as they were', () => {
    const params = tree({ a: { b: '{1:result}' } })
    const before = plain(params)
    resolveReferences(params, ['x'])
    assert.deepEqual(plain(params), before)
  })

  test('never throws and brings nothing in that no result holds, whatever it looks like', () => {
    const parts = fc.constantFrom(
      '{',
      '}',
      '1',
      ':',
      'result',
      ':result',
      '_all',
      'objects',
      '__proto__',
      'length',
      '0',
    )
    const values = fc.array(fc.oneof(parts, fc.string({ unit: 'binary' })), { maxLength: 14 })
    fc.assert(
      fc.property(values, fc.jsonValue(), (value, result) => {
        const sent = value.join('')
        const found: unknown = resolved(sent, [result])
        assert.equal(typeof found, 'string')
        if (!/\{\d+:result/.test(sent)) assert.equal(found, plain(sent))
      }),
    )
  })

  test('to something large is the empty text, so that references to references do not grow', () => {
    assert.equal(resolved('{1:result}', ['x'.repeat(65_536)]).length, 65_536)
    assert.equal(resolved('{1:result}', ['x'.repeat(65_537)]), '')
  })

  test('brings in no more than a step may, however many there are', () => {
    const objects = Array.from({ length: 500 }, (_, index) => ({ id: `0_${index}`, text: 'x'.repeat(60_000) }))
    const many = (reference: string) => Array.from({ length: 9_000 }, () => reference)
    for (const reference of [
      '{1:result:objects:_all:id}',
      '{1:result:objects:1:text}',
      '{1:result:objects:_all:nix}',
    ]) {
      const found: string[] = Object.values(mustEnd(() => resolved(many(reference), [{ objects }])))
      const length = found.join('').length
      assert.ok(length > 0 && length <= 262_144)
    }
  })
})
