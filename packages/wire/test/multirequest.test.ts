import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MOST_STEPS, type ParamTree, readRequest, readSteps, resolveReferences } from '@latchkey/wire'

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
      tree({ ks: 'top', partnerId: 1, clientTag: 't', language: 'en', format: 1, 1: step(), 2: step({ ks: 'own' }) }),
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
  const results = [{ ks: 'K', objects: [{ id: 'a' }, { id: 'b' }], flag: true, none: null }, 'text', [7, 8]]
  for (const [text, expected] of [
    ['{1:result:ks}', 'K'],
    ['x{1:result:ks}y', 'xKy'],
    ['{1:result:objects:1:id}', 'b'],
    ['{1:result:objects:_all:id}', 'a,b,'],
    ['{2:result}', 'text'],
    ['{3:result:1}', '8'],
    ['{1:result:flag}', '1'],
    ['{1:result:none}', ''],
    ['{1:result:objects}', ''],
    ['{1:result:nix:nix}', ''],
    ['{1:result:toString}', ''],
    ['{1:result:__proto__}', ''],
    ['{9:result:ks}', ''],
    ['{0:result:ks}', ''],
    ['{1:result:ks}{1:result:ks}', 'K{1:result:ks}'],
    ['{1:ks}', '{1:ks}'],
    ['{x:result}', '{x:result}'],
  ] as const) {
    test(`${text} is ${JSON.stringify(expected)}`, () => {
      assert.equal(resolved(text, results), expected)
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

  test('to something large is the empty text, so that references to references do not grow', () => {
    assert.equal(resolved('{1:result}', ['x'.repeat(65_536)]).length, 65_536)
    assert.equal(resolved('{1:result}', ['x'.repeat(65_537)]), '')
  })
})
