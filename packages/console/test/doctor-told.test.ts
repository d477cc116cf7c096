import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret } from '@latchkey/core'
import { type ProbeFields, readProbeFields } from '../src/pages/doctor/told.ts'

const EMPTY: ProbeFields = {
  partnerId: '',
  tokenId: '',
  tokenValue: '',
  hashType: '',
  wanted: '',
  receivedHash: '',
  sentSession: '',
  otherSession: '',
  widgetId: '',
  userId: '',
  type: '',
  expiry: '',
  privileges: '',
}
const URL = 'https://www.example.com'

function wrongOf(fields: Partial<ProbeFields>): readonly string[] {
  const read = readProbeFields({ ...EMPTY, ...fields }, URL)
  return read.ok ? [] : Object.keys(read.wrong).sort()
}

function toldOf(fields: Partial<ProbeFields>, pasted?: Parameters<typeof readProbeFields>[2]) {
  const read = readProbeFields({ ...EMPTY, ...fields }, URL, pasted)
  assert.ok(read.ok, 'the fields were refused')
  return read.told
}

describe('readProbeFields', () => {
  test('an empty form asks only whether the endpoint answers', () => {
    const told = toldOf({})
    assert.equal(told.serviceUrl, URL)
    assert.equal(told.partnerId, undefined)
    assert.equal(told.tokenId, undefined)
    assert.deepEqual(told.wanted, [])
  })
  test('half a login is refused, with the fields that are missing', () => {
    assert.deepEqual(wrongOf({ tokenId: '0_k3v9qz1m' }), ['partnerId', 'tokenValue'])
    assert.deepEqual(wrongOf({ tokenValue: 'abc', partnerId: '102' }), ['tokenId'])
  })
  test('what is no whole number is refused where one is wanted', () => {
    assert.deepEqual(wrongOf({ partnerId: 'one', type: 'admin', expiry: '5m' }), ['expiry', 'partnerId', 'type'])
  })
  test('names that are no actions are refused, and commas, blanks and lines separate the others', () => {
    assert.deepEqual(wrongOf({ wanted: 'media.list, media' }), ['wanted'])
    assert.deepEqual(toldOf({ wanted: 'media.list, user.list\nmedia.list;category.get' }).wanted, [
      'media.list',
      'user.list',
      'category.get',
    ])
  })
  test('a token value keeps the blank at its end, which may be the mistake', () => {
    const told = toldOf({ partnerId: '102', tokenId: ' 0_k3v9qz1m ', tokenValue: 'abc ' })
    assert.equal(told.tokenValue?.expose(), 'abc ')
    assert.equal(told.tokenId, '0_k3v9qz1m')
  })
  test('a hash type that is left open is none, so that all are tried', () => {
    assert.equal(toldOf({ hashType: '' }).hashType, undefined)
    assert.equal(toldOf({ hashType: 'SHA512' }).hashType, 'SHA512')
  })
  test('what was typed goes before what was pasted', () => {
    const pasted = {
      exchanges: [],
      login: { sentSession: new Secret('pasted-session'), receivedHash: new Secret('pasted-hash') },
    }
    const told = toldOf({ receivedHash: 'typed-hash' }, pasted)
    assert.equal(told.receivedHash?.expose(), 'typed-hash')
    assert.equal(told.sentSession?.expose(), 'pasted-session')
  })
})
