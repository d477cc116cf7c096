import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { missingFrom, parseSessionAnswer, parseSessionInfo, privilegesIn } from '../src/pages/workflow/session-info.ts'

describe('what the exchange answers', () => {
  test('all of it is read, numbers also where they are texts', () => {
    assert.deepEqual(
      parseSessionInfo({
        objectType: 'KalturaSessionInfo',
        ks: 'djJ8',
        sessionType: '2',
        userId: 'ana',
        expiry: '1700000000',
        privileges: 'sessionid:0_a, apptoken:0_a,',
        dropped: [{ privilege: 'setrole:1', reason: 'token-only', text: '"setrole:1" can only come from the token' }],
        warnings: [{ text: 'a widening' }],
      }),
      {
        ks: 'djJ8',
        type: 'ADMIN',
        userId: 'ana',
        expiresAt: 1_700_000_000,
        privileges: ['sessionid:0_a', 'apptoken:0_a'],
        dropped: [{ privilege: 'setrole:1', text: '"setrole:1" can only come from the token' }],
        warnings: ['a widening'],
      },
    )
  })

  test('a server without extras says less, and nothing is made up', () => {
    assert.deepEqual(parseSessionInfo({ ks: 'djJ8', sessionType: 0 }), {
      ks: 'djJ8',
      type: 'USER',
      userId: '',
      expiresAt: undefined,
      privileges: [],
      dropped: [],
      warnings: [],
    })
  })

  for (const value of [undefined, null, 'djJ8', [], {}, { ks: '' }, { ks: 7 }]) {
    test(`${JSON.stringify(value)} is no session`, () => assert.equal(parseSessionInfo(value), undefined))
  }
})

test('an answer that was kept is read again, and whatever else was kept is none', () => {
  assert.equal(parseSessionAnswer('{"ks":"djJ8","sessionType":2}')?.type, 'ADMIN')
  for (const body of ['', '{', '7', '{"code":"X"}']) assert.equal(parseSessionAnswer(body), undefined)
})

test('privileges stand between commas, and blanks around them do not count', () => {
  assert.deepEqual(privilegesIn(' list:* ,, sview:0_a '), ['list:*', 'sview:0_a'])
  assert.deepEqual(privilegesIn(''), [])
})

test('what was asked for and not granted is found where the server does not say it', () => {
  assert.deepEqual(missingFrom(['list:*', 'sview:0_a'], ['apptoken:0_a', 'sview:0_a']), ['list:*'])
  assert.deepEqual(missingFrom([], ['list:*']), [])
})
