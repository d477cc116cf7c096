import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { explanationsIn, leastIn, parseToken, parseTokenList, readAnswer, withItemIds } from '@latchkey/wire/answer'
import fc from 'fast-check'

const REFUSAL = { code: 'SERVICE_FORBIDDEN', message: 'no', objectType: 'KalturaAPIException' }
const CAUSE = { id: 'permission-missing', title: 'T', saw: 's', remedy: [], docs: 'd' }

function told(diagnosis: object) {
  const answer = readAnswer(200, JSON.stringify({ ...REFUSAL, diagnosis: { cause: CAUSE, ...diagnosis } }))
  assert.ok(answer.kind === 'refused' && answer.refusal.told !== undefined)
  return answer.refusal.told
}

describe('readAnswer', () => {
  test('a refusal comes with all that came', () => {
    assert.deepEqual(readAnswer(403, JSON.stringify({ ...REFUSAL, args: { A: 1 } })), {
      kind: 'refused',
      refusal: { code: 'SERVICE_FORBIDDEN', message: 'no', told: undefined },
      raw: { ...REFUSAL, args: { A: 1 } },
    })
  })

  for (const [status, body, found] of [
    [200, ' \n', 'nothing in it'],
    [200, '<!doctype html>', 'a web page'],
    [200, '<?xml version="1.0"?>', 'XML'],
    [200, 'N;', 'text that is not JSON'],
    [404, '{"error":"not found"}', 'JSON'],
  ] as const) {
    test(`${status} with ${JSON.stringify(body)} is no answer, but ${found}`, () => {
      assert.deepEqual(readAnswer(status, body), { kind: 'unreadable', found })
    })
  }

  test('of the permissions needed any one is enough', () => {
    const { needed, isEachNeeded } = told({ needed: ['A', 'B'] })
    assert.deepEqual({ needed, isEachNeeded }, { needed: ['A', 'B'], isEachNeeded: false })
  })

  test('a list of those that are all needed comes in place of any one', () => {
    for (const diagnosis of [{ allOf: ['A', 'B'] }, { allOf: ['A', 'B'], needed: ['A', 'B', 'C'] }]) {
      const { needed, isEachNeeded } = told(diagnosis)
      assert.deepEqual({ needed, isEachNeeded }, { needed: ['A', 'B'], isEachNeeded: true })
    }
  })

  for (const allOf of [true, [], 'A', null]) {
    test(`${JSON.stringify(allOf)} is no such list`, () => {
      const { needed, isEachNeeded } = told({ needed: ['A'], allOf })
      assert.deepEqual({ needed, isEachNeeded }, { needed: ['A'], isEachNeeded: false })
    })
  }

  test('whoever holds hundreds of permissions is told all of them', () => {
    const held = Array.from({ length: 900 }, (_, at) => ({ permission: `P${at}`, from: 'session-kind' }))
    assert.deepEqual(told({ held }).held, held)
  })

  test('no body makes it throw', () => {
    const json = fc.json().map((text) => `{"code":"A","message":"b","diagnosis":{"cause":{},"held":${text}}}`)
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), json), fc.integer({ min: 100, max: 599 }), (body, status) => {
        readAnswer(status, body)
      }),
    )
  })
})

describe('parseToken', () => {
  test('the value that came along is left behind', () => {
    const token = parseToken({ id: '0_abcdefgh', token: 'f'.repeat(32), status: 2 })
    assert.ok(!JSON.stringify(token).includes('ffff'))
  })

  test('one without a hash type has the one that is given where none is chosen', () => {
    assert.equal(parseToken({ id: '0_abcdefgh' })?.hashType, 'SHA1')
    assert.equal(parseToken({ id: '0_abcdefgh', hashType: 'SHA512' })?.hashType, 'SHA512')
  })

  test('what is no list is none, rather than an empty one', () => {
    assert.equal(parseTokenList('nonsense'), undefined)
    assert.deepEqual(parseTokenList({ objects: [], totalCount: '0' }), { tokens: [], total: 0 })
  })
})

test('answers of other shapes are no explanation and no least', () => {
  for (const strange of [undefined, null, 'text', 7, {}, [7], { exact: 'all' }]) {
    assert.equal(explanationsIn(strange), undefined, JSON.stringify(strange))
    assert.equal(leastIn(strange), undefined, JSON.stringify(strange))
  }
})

test('an action that the other server does not know is named, and is not in the change', () => {
  const change = [{ service: 'permission', action: 'add', params: { permission: { permissionItemsIds: '999999999' } } }]
  assert.deepEqual(withItemIds(change, new Map()), {
    change: [{ service: 'permission', action: 'add', params: { permission: { permissionItemsIds: '' } } }],
    missing: ['999999999'],
  })
})
