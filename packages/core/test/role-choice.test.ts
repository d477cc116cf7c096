import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  chooseRestriction,
  chooseRole,
  decide,
  diagnose,
  explain,
  type FoundRole,
  findAction,
  type RoleRefusal,
  resolveHeld,
  type Session,
} from '@latchkey/core'

const session = (privileges: string): Session => ({
  version: 2,
  partnerId: 1,
  expiresAt: 9,
  type: 2,
  userId: 'u',
  privileges,
  fingerprint: '',
})
const role = (id: number, ...permissionNames: string[]): FoundRole => ({ id, permissionNames })

describe('a role that is gone', () => {
  test('of the user shuts an ADMIN session out, instead of leaving it with everything', () => {
    const question = { session: session(''), userRoles: [], lostUserRole: 7 }
    assert.deepEqual(chooseRole(question), { kind: 'refuse', role: '7', isInvalid: false, namedBy: 'user' })
    assert.equal(chooseRole({ ...question, userRoles: [role(8, 'ADMIN_BASE')] }).kind, 'refuse')
  })

  test('of the user does not matter where setrole goes before it', () => {
    const question = { session: session('setrole:5'), setRole: role(5), userRoles: [], lostUserRole: 7 }
    assert.equal(chooseRole(question).kind, 'use')
    assert.equal(chooseRole({ ...question, session: session('setrole:null') }).kind, 'use')
  })

  test('of restrictingrole refuses, instead of giving back what was taken away', () => {
    assert.deepEqual(chooseRestriction(session('restrictingrole:9'), undefined), {
      kind: 'refuse',
      role: '9',
      isInvalid: false,
      namedBy: 'restrictingrole',
    })
    assert.equal(chooseRestriction(session('restrictingrole:NOBODY'), undefined).kind, 'refuse')
    assert.equal(chooseRestriction(session('restrictingrole:-9'), role(9)).kind, 'refuse')
  })

  test('is told with who named it', () => {
    const refusals = [
      chooseRole({ session: session(''), userRoles: [], lostUserRole: 7 }),
      chooseRestriction(session('restrictingrole:9'), undefined),
      chooseRole({ session: session('setrole:5'), userRoles: [] }),
    ].filter((choice): choice is RoleRefusal => choice.kind === 'refuse')
    const action = findAction('media', 'list')
    assert.ok(action)
    const told = refusals.map((refusal) => {
      const held = resolveHeld({ kind: 'admin', features: [] })
      const decision = decide(action, { session: session(''), kind: 'admin', role: refusal, held, isHttps: true })
      assert.ok(decision.effect === 'deny' && decision.reason.code === 'role-unknown')
      const text = explain(decision.reason, action)
      const { service, action: name } = action
      const facts = { service, action: name, requestId: 'r', now: 1 }
      assert.equal(diagnose({ kind: 'deny', reason: decision.reason, text }, facts).cause.id, 'role-unknown')
      return text
    })
    assert.deepEqual(told, [
      "the session's user has the role 7, which is gone",
      'restrictingrole in the session names a role that the account does not have',
      'setrole in the session names a role that the account does not have',
    ])
  })
})

describe('a restriction', () => {
  test('takes away what its role holds, and is none where none is named', () => {
    assert.deepEqual(chooseRestriction(session('restrictingrole:9'), role(9, 'ADMIN_BASE')), {
      kind: 'use',
      permissionNames: ['ADMIN_BASE'],
    })
    for (const privileges of ['', 'restrictingrole', 'restrictingrole:0', 'setrole:9', 'xrestrictingrole:9'])
      assert.deepEqual(chooseRestriction(session(privileges), undefined), { kind: 'use' }, privileges)
    assert.deepEqual(chooseRestriction(undefined, role(9)), { kind: 'use' })
  })
})

describe('the union of a user’s roles', () => {
  test('is compiled once, and is another one for other roles or another order of asking', () => {
    const [one, two] = [role(1, 'ADMIN_BASE', 'KMC_ACCESS'), role(2, 'KMC_ACCESS', 'ACCOUNT_BASE')]
    const heldBy = (...userRoles: FoundRole[]) => {
      const choice = chooseRole({ session: session(''), userRoles })
      assert.ok(choice.kind === 'use')
      return resolveHeld({ kind: 'admin', features: [], role: choice.role })
    }
    assert.equal(heldBy(one, two), heldBy(one, two))
    assert.deepEqual(heldBy(one, two).names(), ['ADMIN_BASE', 'KMC_ACCESS', 'ACCOUNT_BASE', 'ALWAYS_ALLOWED_ACTIONS'])
    assert.deepEqual(heldBy(one).names(), ['ADMIN_BASE', 'KMC_ACCESS', 'ALWAYS_ALLOWED_ACTIONS'])
    assert.deepEqual(heldBy(two).names(), ['KMC_ACCESS', 'ACCOUNT_BASE', 'ALWAYS_ALLOWED_ACTIONS'])
    assert.notEqual(heldBy(one), heldBy({ ...one }), 'a role that was changed is another object')
  })
})
