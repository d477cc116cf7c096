import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { envText, fileNameFor, jsonText } from '../src/pages/tokens/handover.ts'
import {
  filterTokens,
  parseToken,
  parseTokenList,
  stateOf,
  type Token,
  WITHOUT_VALUES,
} from '../src/pages/tokens/token.ts'
import { lastUsedAt, parseUsage } from '../src/pages/tokens/usage.ts'
import { readPasted } from '../src/pages/workflow/pasted.ts'

const NOW = 1_795_000_000
const VALUE = '0123456789abcdef0123456789abcdef'

function token(fields: Readonly<Record<string, unknown>>): Token {
  const parsed = parseToken({ id: '0_abcdefgh', status: 2, ...fields })
  assert.ok(parsed)
  return parsed
}

describe('a token on the page', () => {
  test('its value is left behind where it came along, and not asked for in the first place', () => {
    assert.ok(!JSON.stringify(token({ token: VALUE })).includes(VALUE))
    assert.ok(!String(WITHOUT_VALUES.fields).split(',').includes('token'))
  })

  test('one that is past its time is expired, unless it is paused or deleted anyway', () => {
    assert.equal(stateOf(token({ expiry: NOW }), NOW), 'expired')
    assert.equal(stateOf(token({ expiry: NOW + 1 }), NOW), 'active')
    assert.equal(stateOf(token({ expiry: NOW, status: 1 }), NOW), 'paused')
    assert.equal(stateOf(token({ expiry: NOW, status: 3 }), NOW), 'deleted')
    assert.equal(stateOf(token({ expiry: 0 }), NOW), 'active')
  })

  test('every word that is searched for has to be somewhere in it', () => {
    const list = [
      token({ id: '0_aaaaaaaa', description: 'ETL nightly', labels: ['warehouse'] }),
      token({ id: '0_bbbbbbbb', description: 'תמליל לילי', sessionUserId: 'ana@example.org' }),
    ]
    const ids = (text: string, state?: 'paused' | 'active') =>
      filterTokens(list, { text, state }, NOW).map(({ id }) => id)
    assert.deepEqual(ids('nightly WARE'), ['0_aaaaaaaa'])
    assert.deepEqual(ids('ana@'), ['0_bbbbbbbb'])
    assert.deepEqual(ids('תמליל'), ['0_bbbbbbbb'])
    assert.deepEqual(ids('nightly ana'), [])
    assert.deepEqual(ids('', 'paused'), [])
    assert.deepEqual(ids('', 'active').length, 2)
  })

  for (const strange of [undefined, null, 'text', 7, [], { objects: 'none' }, { objects: [null, { id: 5 }, {}] }]) {
    test(`an answer such as ${JSON.stringify(strange)} makes no reader throw`, () => {
      parseTokenList(strange)
      parseToken(strange)
      parseUsage(strange)
    })
  }

  test('the last use is the last session or the last call of one, whichever is later', () => {
    const usage = parseUsage({ issued: 2, lastIssuedAt: NOW, lastCallAt: NOW + 5, refusedByCause: { a: 1, b: 9 } })
    assert.ok(usage)
    assert.equal(lastUsedAt(usage), NOW + 5)
    assert.deepEqual(usage.refusedByCause[0], { cause: 'b', count: 9 })
    assert.equal(lastUsedAt({ ...usage, lastCallAt: undefined, lastIssuedAt: undefined }), undefined)
  })
})

describe('a token that is handed over', () => {
  const handover = {
    serviceUrl: 'https://api.example.org',
    partnerId: 4242,
    id: '0_abcdefgh',
    value: VALUE,
    hashType: 'SHA512',
    description: 'ETL\nSECRET=1 nightly',
  }

  test('pasted back as a .env file it fills the workflow', () => {
    const { fields } = readPasted(envText(handover))
    assert.equal(fields.tokenId, handover.id)
    assert.equal(fields.tokenValue, VALUE)
    assert.equal(fields.partnerId, '4242')
    assert.equal(fields.hashType, 'SHA512')
    assert.equal(fields.serviceUrl, handover.serviceUrl)
  })

  test('pasted back as JSON it fills the workflow', () => {
    const { fields } = readPasted(jsonText(handover))
    assert.equal(fields.tokenId, handover.id)
    assert.equal(fields.tokenValue, VALUE)
  })

  test('a description with a line end in it puts no setting into the file', () => {
    assert.ok(
      !envText(handover)
        .split('\n')
        .some((line) => line.startsWith('SECRET')),
    )
  })

  test('an id with a path in it makes a plain file name', () => {
    assert.equal(fileNameFor('0_ab/../c', 'env'), 'app-token-0_abc.env')
  })
})
