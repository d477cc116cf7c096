import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { STOCK_ROLES } from '@latchkey/core'
import { choicesFor } from '../src/pages/access/choices.ts'
import { formatSubject, parseSubject } from '../src/pages/access/subject.ts'

describe('parseSubject', () => {
  test('what an address says of a subject reads back as it was written', () => {
    const texts = ['token:0_abcd1234', 'session', 'session:pasted', 'session:signed-in', 'role:12', 'type:none']
    for (const text of [...texts, ...STOCK_ROLES.map(({ systemName }) => `stock:${systemName}`)]) {
      const subject = parseSubject(text)
      assert.ok(subject, text)
      assert.equal(formatSubject(subject), text)
    }
  })

  test('what is no subject is none, and a session string is none either', () => {
    const texts = [
      '',
      'token',
      'token:',
      'token:abc',
      'role:x',
      'role:-1',
      'stock:NO_SUCH_ROLE',
      'type:root',
      'session:djJ8',
    ]
    for (const text of [...texts, 'djJ8NDI0Mnx4eHh4eHh4', 'token:0_abc"><b>'])
      assert.equal(parseSubject(text), undefined, text)
  })
})

describe('choicesFor', () => {
  const nothing = { account: undefined, isSignedIn: false, hasWorkflow: false, hasPasted: false } as const

  test('without an account there are still kinds of sessions and the roles that all accounts share', () => {
    assert.deepEqual(
      choicesFor('', nothing).map(({ id }) => id),
      ['types', 'stock'],
    )
  })

  test('sessions are offered only where there are any', () => {
    const groups = choicesFor('', { ...nothing, hasWorkflow: true })
    const sessions = groups.find(({ id }) => id === 'sessions')
    assert.deepEqual(
      sessions?.choices.map(({ key }) => key),
      ['session:workflow'],
    )
  })

  test('an id that is typed in full is offered though no list has it', () => {
    const found = choicesFor('0_zyxw9876', { ...nothing, isSignedIn: true })
    assert.deepEqual(found[0]?.choices[0]?.subject, { kind: 'token', id: '0_zyxw9876' })
    assert.equal(choicesFor('0_zyxw9876', nothing).length, 0)
  })

  test('a long list is cut, and says how many are left out', () => {
    const tokens = Array.from({ length: 1_000 }, (_, at) => ({
      id: `0_${String(at).padStart(8, '0')}`,
      description: `token ${at}`,
      isPaused: false,
    }))
    const account = {
      ...EMPTY_ACCOUNT,
      tokens,
      tokenCount: tokens.length,
    }
    const group = choicesFor('', { ...nothing, isSignedIn: true, account }).find(({ id }) => id === 'tokens')
    assert.ok(group && group.choices.length < 100)
    assert.equal(group.choices.length + group.more, 1_000)
    const found = choicesFor('token 777', { ...nothing, isSignedIn: true, account })
    assert.equal(found[0]?.choices[0]?.detail, '0_00000777')
  })
})

const EMPTY_ACCOUNT = {
  partnerId: 1,
  tokens: [],
  tokenCount: 0,
  roles: [],
  roleNames: new Map<number, string>(),
  index: (await import('@latchkey/core')).SHARED_PERMISSIONS,
  permissionNames: [],
  features: [],
  unknownPermissions: [],
  troubles: [],
} as const
