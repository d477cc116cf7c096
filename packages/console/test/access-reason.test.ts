import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type CellReason, callInWords, reasonInWords, reasonsIn, wayInWords } from '../src/pages/access/cell-reason.ts'
import { differencesOf } from '../src/pages/access/differences.ts'
import { cellsIn } from '../src/pages/access/reading.ts'

const REASON: CellReason = {
  action: 'user.list',
  cell: 'deny',
  reason: 'permission-missing',
  text: 'user.list needs EP_BASE',
  needed: ['EP_BASE'],
  held: [
    { permission: 'MINE', from: 'role:12' },
    { permission: 'ALWAYS_ALLOWED_ACTIONS', from: 'always' },
  ],
  verdict: 'permission',
  advice: 'a permission is missing',
  fixes: [],
}
const NAMES = new Map([[12, 'Get and list only']])
const text = (reason: CellReason) => {
  const { before, name = '', after } = reasonInWords(reason, NAMES)
  return before + name + after
}

describe('reasonInWords', () => {
  test('the role that lacks it is called by its name', () => {
    assert.equal(text(REASON), 'The role Get and list only has no permission that opens it.')
    assert.match(text({ ...REASON, held: [{ permission: 'X', from: 'role:99' }] }), /number 99/)
  })

  test('a USER session without a role is told that its type is the cause', () => {
    const held = [{ permission: 'BASE_USER_SESSION_PERMISSION', from: 'session-kind' }]
    assert.match(text({ ...REASON, held, verdict: 'session-type' }), /^USER sessions are not let into it/)
  })

  test('where something else is the cause, no permission is blamed', () => {
    const paused = { ...REASON, reason: 'revoked', text: 'the app token is paused', verdict: 'not-permission' }
    assert.equal(text(paused), 'The app token is paused.')
  })

  test('what is open names what opened it', () => {
    const open = { ...REASON, cell: 'allow', openedBy: 'MINE' } as const
    assert.equal(text(open), 'Open by MINE of the role Get and list only.')
    assert.match(text({ ...open, openedBy: 'public' }), /everybody/)
    assert.match(text({ ...open, openedBy: 'session' }), /every session/)
    assert.match(text({ ...open, cell: 'own' }), /owns or may edit/)
  })
})

test('a way tells what it gives, where, and how many actions it opens', () => {
  const fix = { title: '', change: [{ service: 'userRole', action: 'update', params: {} }] }
  assert.deepEqual(wayInWords({ ...fix, id: 'grant-this-action-only', opens: 0 }, 'user.list'), {
    sort: 'just this',
    text: 'own permission with one item',
    opens: 1,
    button: 'Add just this action to the role',
  })
  const granted = wayInWords({ ...fix, id: 'grant-ADMIN_BASE', opens: 96 }, 'user.list')
  assert.equal(granted.opens, 97)
  assert.equal(granted.button, 'Give ADMIN_BASE to the role')
})

test('the review of a change tells only what is new to a role', () => {
  const call = {
    service: 'userRole',
    action: 'update',
    params: { userRoleId: 12, userRole: { permissionNames: 'MINE,EP_BASE' } },
  }
  assert.match(callInWords(call, ['MINE']), /^Adds EP_BASE to role 12/)
  assert.match(callInWords(call), /MINE and EP_BASE/)
  assert.match(
    callInWords({
      service: 'permission',
      action: 'add',
      params: { permission: { name: 'P', permissionItemsIds: '1,2' } },
    }),
    /opens 2 actions/,
  )
})

test('an answer that is no matrix and no explanation is none', () => {
  assert.equal(cellsIn({ rows: 'x' }), undefined)
  assert.equal(cellsIn(undefined), undefined)
  assert.deepEqual(
    [...(cellsIn({ rows: [{ service: 'a', cells: { b: 'allow', c: 'maybe' } }, 3] }) ?? [])],
    [['a.b', 'allow']],
  )
  assert.equal(reasonsIn([], 'deny'), undefined)
  assert.equal(reasonsIn([{ action: 'a.b', needed: ['X'] }], 'deny')?.needed[0], 'X')
})

describe('differencesOf', () => {
  const a = new Map([
    ['m.x', 'allow'],
    ['m.y', 'allow'],
    ['m.z', 'deny'],
    ['m.w', 'never'],
  ] as const)
  const b = new Map([
    ['m.x', 'own'],
    ['m.y', 'deny'],
    ['m.z', 'allow'],
    ['m.w', 'deny'],
  ] as const)

  test('what only one may call is told for each, and what both may', () => {
    const { onlyA, onlyB, both } = differencesOf(a, b)
    assert.deepEqual({ onlyA, onlyB, both }, { onlyA: ['m.y'], onlyB: ['m.z'], both: ['m.x'] })
  })

  test('own entries only is a difference to all entries, never open is none to not allowed', () => {
    assert.deepEqual([...differencesOf(a, b).different].sort(), ['m.x', 'm.y', 'm.z'])
    assert.equal(differencesOf(a, a).different.size, 0)
  })
})
