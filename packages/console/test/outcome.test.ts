import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fixesIn, readOutcome } from '../src/connection/outcome.ts'

const REFUSAL = { code: 'SERVICE_FORBIDDEN', message: 'no', objectType: 'KalturaAPIException' }

describe('reading an answer', () => {
  for (const value of [{ objectType: 'KalturaMediaListResponse', objects: [] }, 'djJ8', 7, true, null, []]) {
    test(`${JSON.stringify(value)} is a result`, () => {
      assert.deepEqual(readOutcome(200, JSON.stringify(value)), { kind: 'result', value })
    })
  }

  test('a byte order mark before it does not matter', () => {
    assert.deepEqual(readOutcome(200, '\ufeff7'), { kind: 'result', value: 7 })
  })

  for (const status of [200, 403]) {
    test(`code and message together are a refusal, also with status ${status}`, () => {
      const outcome = readOutcome(status, JSON.stringify(REFUSAL))
      assert.deepEqual(outcome, {
        kind: 'refused',
        refusal: { code: 'SERVICE_FORBIDDEN', message: 'no', told: undefined },
      })
    })
  }

  test('what the server says beside it is read, and what it leaves out is empty', () => {
    const diagnosis = { stage: 'hash', passed: ['readable', 7], cause: { id: 'hash-uppercase', title: 'T' } }
    const outcome = readOutcome(200, JSON.stringify({ ...REFUSAL, diagnosis }))
    assert.ok(outcome.kind === 'refused')
    assert.deepEqual(outcome.refusal.told, {
      stage: 'hash',
      passed: ['readable'],
      cause: { id: 'hash-uppercase', title: 'T', saw: '', remedy: [], docs: '' },
      mistakes: [],
      needed: [],
      isEachNeeded: false,
      held: [],
      fixes: [],
      requestId: '',
      serverTime: undefined,
    })
  })

  for (const diagnosis of [null, 'text', [], {}, { cause: 7 }]) {
    test(`a diagnosis of ${JSON.stringify(diagnosis)} is as good as none`, () => {
      const outcome = readOutcome(200, JSON.stringify({ ...REFUSAL, diagnosis }))
      assert.ok(outcome.kind === 'refused' && outcome.refusal.told === undefined)
    })
  }

  for (const [body, what] of [
    ['', 'nothing in it'],
    ['<!DOCTYPE html><title>x</title>', 'a web page'],
    ['<xml><result/></xml>', 'XML'],
    ['a:1:{i:0;s:1:"x";}', 'text that is not JSON'],
  ] as const) {
    test(`${what} is no answer of the API`, () => {
      const outcome = readOutcome(502, body)
      assert.ok(outcome.kind === 'unreadable')
      assert.ok(outcome.why.includes('502') && outcome.why.includes(what), outcome.why)
    })
  }

  test('JSON with a status of a failure that is no refusal is no result', () => {
    assert.equal(readOutcome(404, '{"error":"not found"}').kind, 'unreadable')
  })
})

test('fixes are read with their calls; what is not one is left out', () => {
  assert.deepEqual(
    fixesIn([
      {
        id: 'a',
        title: 'A',
        opens: '3',
        change: [{ service: 's', action: 'b', params: { x: 1 } }, 'no', { service: 's' }],
      },
      'no',
    ]),
    [
      {
        id: 'a',
        title: 'A',
        opens: 3,
        change: [
          { service: 's', action: 'b', params: { x: 1 } },
          { service: 's', action: '', params: {} },
        ],
      },
    ],
  )
  assert.deepEqual(fixesIn(undefined), [])
})

test('a million fixes, and texts where lists belong, do not fill a page', () => {
  const fixes = Array.from({ length: 1_000_000 }, () => ({ id: 'x', title: 'y', change: 'z' }))
  const diagnosis = { cause: {}, passed: '__proto__', needed: { length: 9 }, fixes, held: [null, 7, [], { from: {} }] }
  const outcome = readOutcome(200, JSON.stringify({ ...REFUSAL, diagnosis }))
  assert.ok(outcome.kind === 'refused' && outcome.refusal.told !== undefined)
  assert.ok(outcome.refusal.told.fixes.length <= 200)
  assert.deepEqual(outcome.refusal.told.passed, [])
  assert.deepEqual(outcome.refusal.told.held, [{ permission: '', from: '' }])
})
