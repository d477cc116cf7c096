import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isWorthReading } from '../src/pages/workflow/paste-anywhere.ts'
import { readPasted } from '../src/pages/workflow/pasted.ts'

const VALUE = '0123456789abcdef0123456789abcdef'

describe('what the workflow finds in a paste', () => {
  test('id, value and hash type of a token record', () => {
    const record = { id: '0_k3v9x2mq', token: VALUE, hashType: 'SHA1', objectType: 'KalturaAppToken' }
    const { fields, names } = readPasted(JSON.stringify(record))
    assert.deepEqual([fields.tokenId, fields.tokenValue, fields.hashType], ['0_k3v9x2mq', VALUE, 'SHA1'])
    assert.deepEqual(names, ['the token id', 'the token value', 'the hash type'])
  })

  test('lines of a .env', () => {
    const { fields } = readPasted(
      `LATCHKEY_URL=http://localhost:8800\nPARTNER_ID=4242\nAPP_TOKEN_ID=0_k3v9x2mq\nAPP_TOKEN_VALUE=${VALUE}\n`,
    )
    assert.equal(fields.serviceUrl, 'http://localhost:8800')
    assert.equal(fields.partnerId, '4242')
    assert.deepEqual([fields.tokenId, fields.tokenValue], ['0_k3v9x2mq', VALUE])
  })

  test('the endpoint and the action of a curl line', () => {
    const { fields } = readPasted("curl 'https://www.kaltura.com/api_v3/service/media/action/list' -d format=1")
    assert.deepEqual([fields.serviceUrl, fields.action], ['https://www.kaltura.com', 'media.list'])
  })

  test('the hash that a tool made, out of the login that it sent', () => {
    const hash = 'ab'.repeat(32)
    const line = `curl https://api.example.org/api_v3/service/appToken/action/startSession -d id=0_k3v9x2mq -d tokenHash=${hash}`
    const { fields } = readPasted(line)
    assert.deepEqual([fields.tokenId, fields.received], ['0_k3v9x2mq', hash])
    assert.equal(fields.action, undefined, 'a step of the login is not the call that it is for')
  })

  test('an answer that refuses, which fills nothing', () => {
    const answer = { code: 'SERVICE_FORBIDDEN', message: 'The access to service [user->list] is forbidden' }
    const { shape, isRefusal, names } = readPasted(JSON.stringify({ ...answer, objectType: 'KalturaAPIException' }))
    assert.deepEqual([shape, isRefusal, names], ['response', true, []])
    const empty = { objects: [], totalCount: 0, objectType: 'KalturaMediaListResponse' }
    assert.equal(readPasted(JSON.stringify(empty)).isRefusal, false)
  })

  for (const text of ['', 'hello', '{', '\u0000\uffff', '<a', 'x'.repeat(100_000)]) {
    test(`nothing is made up out of ${JSON.stringify(text.slice(0, 12))}`, () => {
      assert.deepEqual(readPasted(text).names, [])
    })
  }
})

describe('where a paste goes', () => {
  test('outside a field everything is looked at, but nothing is not', () => {
    assert.ok(isWorthReading('anything', 'none'))
    assert.ok(!isWorthReading(' \n', 'none'))
  })

  for (const text of ['{"id":"0_a"}', '<item><id>0_a</id></item>', "curl 'https://x.org'", 'TOKEN_ID=0_a', 'a\nb: c']) {
    test(`${JSON.stringify(text)} is not meant for a field of one line`, () => {
      assert.ok(isWorthReading(text, 'line'))
      assert.ok(!isWorthReading(text, 'text'))
    })
  }

  for (const text of ['0_k3v9x2mq', VALUE, 'djJ8NDI0Mnx4eXo9PQ==', 'https://www.kaltura.com', 'list:*,sview:*']) {
    test(`${JSON.stringify(text)} goes into the field`, () => assert.ok(!isWorthReading(text, 'line')))
  }
})
