import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CallRequest, Made } from '../src/connection/call.ts'
import type { Outcome, ToldCall } from '../src/connection/outcome.ts'
import { endOfChange, runChange } from '../src/connection/run-change.ts'

/** A server that gives one answer after the other, and what it was asked. */
function answering(...outcomes: readonly Outcome[]) {
  const asked: Omit<CallRequest, 'ks'>[] = []
  const make = async (request: Omit<CallRequest, 'ks'>): Promise<Made> => {
    asked.push(request)
    const outcome = outcomes[asked.length - 1] ?? { kind: 'unreadable', why: 'asked too often' }
    return { request: { method: 'POST', url: '', headers: {}, body: {} }, sentAt: 0, tookMs: 0, outcome }
  }
  return { asked, make }
}

const result = (value: unknown): Outcome => ({ kind: 'result', value })
const refused: Outcome = { kind: 'refused', refusal: { code: 'SERVICE_FORBIDDEN', message: 'no' } }

const CHANGE: readonly ToldCall[] = [
  { service: 'permission', action: 'add', params: { permission: { name: 'OWN', permissionItemsIds: '1,2' } } },
  { service: 'userRole', action: 'add', params: { userRole: { permissionNames: '{1:result:name}' } } },
  { service: 'appToken', action: 'add', params: { appToken: { sessionPrivileges: 'setrole:{2:result:id}', n: 2 } } },
]

describe('runChange', () => {
  test('later calls take what earlier ones answered', async () => {
    const { asked, make } = answering(result({ name: 'OWN_2' }), result({ id: 1005 }), result({ id: '0_abcdefgh' }))
    const steps: number[] = []
    const made = await runChange(CHANGE, { make, onStep: (done) => steps.push(done) })
    assert.equal(made.length, 3)
    assert.deepEqual(asked[1]?.params, { userRole: { permissionNames: 'OWN_2' } })
    assert.deepEqual(asked[2]?.params, { appToken: { sessionPrivileges: 'setrole:1005', n: 2 } })
    assert.deepEqual(steps, [1, 2, 3])
    assert.deepEqual(endOfChange(CHANGE, made), { done: 3, left: [] })
  })

  test('nothing is called after a refusal, and what was left is told', async () => {
    const { asked, make } = answering(result({ name: 'OWN' }), refused)
    const made = await runChange(CHANGE, { make })
    assert.equal(asked.length, 2)
    const end = endOfChange(CHANGE, made)
    assert.equal(end.done, 1)
    assert.equal(end.failed?.call.service, 'userRole')
    assert.equal(end.failed?.made.outcome, refused)
    assert.deepEqual(
      end.left.map(({ service }) => service),
      ['appToken'],
    )
  })

  test('a call whose reference leads nowhere is not sent with a hole in it', async () => {
    const { asked, make } = answering(result({ name: 'OWN' }), result({}))
    const made = await runChange(CHANGE, { make })
    assert.equal(asked.length, 2)
    const end = endOfChange(CHANGE, made)
    assert.equal(end.done, 2)
    assert.equal(end.failed?.call.service, 'appToken')
    assert.ok(end.failed.made.outcome.kind === 'unreadable')
    assert.match(end.failed.made.outcome.why, /\{2:result:id\}/)
  })

  test('an empty change makes no call and fails at nothing', async () => {
    const { asked, make } = answering()
    assert.deepEqual(endOfChange([], await runChange([], { make })), { done: 0, left: [] })
    assert.equal(asked.length, 0)
  })
})
