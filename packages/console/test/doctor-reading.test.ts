import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret, TEST_VECTORS } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'
import { type Facts, formatReport, formatReportPage, makeReport } from '@latchkey/doctor'
import { hasFill, type PasteReading, readAnything } from '../src/pages/doctor/reading.ts'

const NOW = 1_700_000_000
const [vector] = TEST_VECTORS
assert.ok(vector)

function paste(text: string): PasteReading {
  const reading = readAnything(text, NOW)
  assert.equal(reading.kind, 'paste')
  assert.ok(reading.kind === 'paste')
  return reading
}

const causesIn = (reading: PasteReading) => reading.findings.map(({ cause }) => cause)

describe('readAnything', () => {
  test('a token record is judged, and fills the fields of a login', () => {
    const reading = paste(
      JSON.stringify({
        objectType: 'KalturaAppToken',
        id: '0_k3v9qz1m',
        token: 'c4a1f07e5b2d4938a6e0731d9f8b25ce',
        partnerId: 7102,
        status: 2,
        expiry: 1_627_298_165,
        createdAt: 1_627_298_100,
        sessionType: 0,
        sessionDuration: 300,
        hashType: 'SHA256',
      }),
    )
    assert.equal(reading.shape, 'app token')
    assert.ok(reading.findings.length > 0)
    assert.deepEqual(reading.fill, {
      partnerId: '7102',
      tokenId: '0_k3v9qz1m',
      tokenValue: 'c4a1f07e5b2d4938a6e0731d9f8b25ce',
      hashType: 'SHA256',
      receivedHash: '',
      sentSession: '',
    })
    assert.ok(reading.cautions.length > 0, 'nobody says that the value is in it')
  })
  test('a masked value fills nothing', () => {
    const reading = paste(
      '{"id":"0_k3v9qz1m","token":"****","sessionType":0,"hashType":"SHA256","sessionDuration":300}',
    )
    assert.equal(reading.fill.tokenValue, '')
    assert.equal(reading.fill.tokenId, '0_k3v9qz1m')
  })
  test('a login by curl with its answer is explained, and its hash and session are taken', () => {
    const reading = paste(
      [
        "curl -sS https://www.example.com/api_v3/service/appToken/action/startSession -H 'Content-Type: application/json' \\",
        `  -d '{"id":"0_k3v9qz1m","tokenHash":"${'9F86D081884C7D659A2FEAA0C55AD015'.repeat(2)}","ks":"${vector.sessionString}","format":1}'`,
        '{"code":"INVALID_APP_TOKEN_HASH","message":"Invalid app token hash","objectType":"KalturaAPIException","args":{}}',
      ].join('\n'),
    )
    assert.equal(reading.error?.stage, 'hash')
    assert.equal(reading.error?.proven.includes('token-active'), true)
    assert.equal(reading.fill.sentSession, vector.sessionString)
    assert.equal(reading.fill.receivedHash.length, 64)
    assert.ok(causesIn(reading).length > 0)
  })
  test('a code among words is explained', () => {
    const reading = paste('my job stops with APP_TOKEN_EXPIRED since monday, why?')
    assert.equal(reading.error?.code, 'APP_TOKEN_EXPIRED')
    assert.equal(reading.error?.stage, 'token-in-date')
    assert.equal(hasFill(reading.fill), false)
  })
  test('a session string alone is told from a hash alone', () => {
    assert.deepEqual(paste(vector.sessionString).sessions, [vector.sessionString])
    assert.deepEqual(paste('c4a1f07e5b2d4938a6e0731d9f8b25ce').hashes, ['c4a1f07e5b2d4938a6e0731d9f8b25ce'])
  })
  test('an .env fills the fields', () => {
    const { shape, fill } = paste(
      'LATCHKEY_PARTNER_ID=4242\nLATCHKEY_TOKEN_ID=0_k3v9qz1m\nLATCHKEY_TOKEN_VALUE=c4a1f07e5b2d4938a6e0731d9f8b25ce\n',
    )
    assert.equal(shape, 'settings')
    assert.equal(fill.partnerId, '4242')
    assert.equal(fill.tokenId, '0_k3v9qz1m')
    assert.equal(fill.tokenValue, 'c4a1f07e5b2d4938a6e0731d9f8b25ce')
  })
  test('what is nothing known is told as such', () => {
    assert.equal(readAnything('good morning', NOW).kind, 'nothing')
    assert.equal(readAnything('x'.repeat(2_000_000), NOW).kind, 'too-much')
  })
  test('no sentence sends a person on a page to a terminal', () => {
    assert.doesNotMatch(paste(`${vector.sessionString}\nSERVICE_FORBIDDEN`).summary, /latchkey inspect/)
  })
})

describe('readAnything, of a report', () => {
  const facts: Facts = {
    startedAt: NOW,
    told: {
      serviceUrl: 'https://www.example.com',
      partnerId: 7102,
      tokenId: '0_k3v9qz1m',
      tokenValue: new Secret(vector.tokenValue),
      wanted: ['media.list'],
    },
    exchanges: [
      {
        probe: 'ping',
        service: 'system',
        action: 'ping',
        params: {},
        sentAt: NOW,
        tookMs: 12,
        answer: { kind: 'reply', status: 200, headers: {}, form: 'json', length: 4, result: { kind: 'other' } },
      },
    ],
  }
  const made = makeReport(facts, noblePrimitives, { latchkey: '0.0.0' })

  for (const [form, text] of [
    ['a page', formatReportPage(made, noblePrimitives)],
    ['JSON', formatReport(made, noblePrimitives)],
  ] as const) {
    test(`${form} is read back with what was seen, and without the value`, () => {
      assert.equal(text.includes(vector.tokenValue), false)
      const reading = readAnything(text, NOW)
      assert.ok(reading.kind === 'report', reading.kind)
      assert.equal(reading.facts.told.partnerId, 7102)
      assert.equal(reading.facts.exchanges.length, 1)
    })
  }
  test('half a report is called unreadable, with the reason', () => {
    const reading = readAnything(formatReport(made, noblePrimitives).slice(0, 200), NOW)
    assert.ok(reading.kind === 'report-unreadable', reading.kind)
    assert.match(reading.why, /no JSON/)
  })
})
