import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ToldCall } from '../src/connection/outcome.ts'
import {
  changedNotes,
  changedParams,
  FIRST_SETTINGS,
  listIn,
  readSettings,
  type Settings,
  settingsOf,
  type TypedSettings,
  withSettings,
} from '../src/pages/tokens/settings.ts'
import { parseToken } from '../src/pages/tokens/token.ts'

const NOW = 1_795_000_000

function read(typed: Partial<TypedSettings>, makesRole = true) {
  return readSettings({ ...FIRST_SETTINGS, ...typed }, NOW, makesRole)
}

function settings(typed: Partial<TypedSettings>): Settings {
  const done = read(typed)
  assert.ok(done.ok, JSON.stringify(done))
  return done.settings
}

const PLANNED: readonly ToldCall[] = [
  { service: 'permission', action: 'add', params: { permission: { name: 'OWN' } } },
  { service: 'userRole', action: 'add', params: { userRole: { permissionNames: 'OWN' } } },
  {
    service: 'appToken',
    action: 'add',
    params: { appToken: { description: 'Get and list only', sessionType: 2, sessionPrivileges: 'setrole:LATCHKEY_X' } },
  },
]

describe('readSettings', () => {
  test('a form that nobody touched is a token that never expires, of ADMIN type and for nobody', () => {
    const { sessionType, sessionUserId, expiresAt, hashType, sessionSeconds } = settings({})
    assert.deepEqual(
      { sessionType, sessionUserId, expiresAt, hashType, sessionSeconds },
      { sessionType: 2, sessionUserId: '', expiresAt: undefined, hashType: 'SHA256', sessionSeconds: 86_400 },
    )
  })

  test('days are counted from the time of the server', () => {
    assert.equal(settings({ expiry: '30' }).expiresAt, NOW + 30 * 86_400)
  })

  for (const [name, typed, field] of [
    ['a time that is past', { expiry: 'date', expiryDate: '2020-01-01T00:00' }, 'expiryDate'],
    ['no time at all', { expiry: 'date', expiryDate: '' }, 'expiryDate'],
    ['no seconds', { duration: 'other', durationOther: 'an hour' }, 'durationOther'],
    ['seconds below one', { duration: 'other', durationOther: '0' }, 'durationOther'],
    ['a role beside the one that is made', { privileges: 'list:*, setrole:5' }, 'privileges'],
    ['a rate that is no number', { rate: 'often' }, 'rate'],
    ['a name in the place of an address', { addresses: '10.0.0.0/8, office' }, 'addresses'],
    ['a label as long as a letter', { labels: 'x'.repeat(101) }, 'labels'],
  ] as const) {
    test(`${name} is told beside its field`, () => {
      const done = read(typed)
      assert.ok(!done.ok)
      assert.deepEqual(Object.keys(done.wrong), [field])
    })
  }

  test('without a role of its own a token may name one', () => {
    assert.ok(read({ privileges: 'setrole:5' }, false).ok)
  })

  test('a list is cut at commas and line ends, each item once', () => {
    assert.deepEqual(listIn(' etl, nightly\netl,, '), ['etl', 'nightly'])
  })
})

describe('withSettings', () => {
  test('the role stays first, and more privileges come behind it', () => {
    const change = withSettings(PLANNED, settings({ privileges: 'list:*' }), true)
    assert.equal(change.length, 3)
    assert.deepEqual(change[2]?.params.appToken, {
      objectType: 'KalturaAppToken',
      description: 'Get and list only',
      sessionType: 2,
      sessionUserId: '',
      hashType: 'SHA256',
      sessionDuration: 86_400,
      sessionPrivileges: 'setrole:LATCHKEY_X,list:*',
    })
  })

  test('what the original has no place for goes into a call of its own, about the token that the one before made', () => {
    const typed = settings({ labels: 'etl', addresses: '10.0.0.0/8', rate: '60', note: 'ask Ana' })
    assert.deepEqual(withSettings(PLANNED, typed, true)[3], {
      service: 'latchkey_token',
      action: 'annotate',
      params: { id: '{3:result:id}', labels: ['etl'], note: 'ask Ana', addresses: ['10.0.0.0/8'], startsPerMinute: 60 },
    })
    assert.equal(withSettings(PLANNED, typed, false).length, 3)
  })
})

describe('changing a token that is there', () => {
  const token = parseToken({
    id: '0_abcdefgh',
    status: 2,
    expiry: NOW + 90,
    sessionDuration: 7_200,
    sessionPrivileges: 'setrole:5',
    hashType: 'SHA1',
    labels: ['etl'],
  })
  assert.ok(token)
  const before = settingsOf(token)

  test('a form that was opened and not touched changes nothing', () => {
    const done = readSettings({ ...before, expiry: 'never' }, NOW, false)
    assert.ok(done.ok)
    assert.deepEqual(changedParams(before, before, done.settings), {})
    assert.deepEqual(changedNotes(before, before, done.settings), {})
  })

  test('what the form cannot say stays as it is: a type that the holder chooses', () => {
    const typed = { ...before, description: 'new name', expiry: 'never' }
    const done = readSettings(typed, NOW, false)
    assert.ok(done.ok)
    assert.deepEqual(changedParams(before, typed, done.settings), { description: 'new name', expiry: null })
  })

  test('an emptied list clears, and so does an emptied rate', () => {
    const typed = { ...before, labels: '', rate: '0', expiry: 'never' }
    const done = readSettings(typed, NOW, false)
    assert.ok(done.ok)
    assert.deepEqual(changedNotes(before, typed, done.settings), { labels: [], startsPerMinute: 0 })
  })
})
