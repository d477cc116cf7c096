import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  CAUSES,
  diagnose,
  fingerprints,
  type HashSearch,
  nearMiss,
  type RequestFacts,
  TEST_VECTORS,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'

const [VECTOR] = TEST_VECTORS
assert.ok(VECTOR !== undefined)
const QUESTION = { ...VECTOR, hashType: 'SHA256' } as const
const LOGIN: RequestFacts = {
  service: 'appToken',
  action: 'startSession',
  requestId: 'r-1',
  now: 1_700_000_000,
  sessionText: VECTOR.sessionString,
  session: { kind: 'widget', partnerId: 7102, type: 0, hasUser: false },
}
const GARBAGE = 'f'.repeat(64)

function told(received: string, search: HashSearch | undefined, more: Partial<RequestFacts> = {}) {
  const problem = { kind: 'exchange', code: 'hash-mismatch', hashType: 'SHA256', search } as const
  return diagnose(problem, { ...LOGIN, tokenHash: received, ...more })
}
const searched = (received: string) => told(received, nearMiss(nodePrimitives, { ...QUESTION, received }))
const sha256 = (text: string) => nodePrimitives.digestHex('sha256', text)

describe('a diagnosis of a wrong hash', () => {
  test('names the one mistake with its own remedy, and no list of one', () => {
    const diagnosis = searched(sha256(`${VECTOR.sessionString}${VECTOR.tokenValue}\n`))
    assert.deepEqual([diagnosis.stage, diagnosis.cause.id, 'mistakes' in diagnosis], ['hash', 'hash-newline', false])
    assert.deepEqual(diagnosis.cause.remedy, CAUSES['hash-newline'].remedy)
    assert.equal(
      diagnosis.cause.saw,
      'tokenHash (64 characters) is explained by: a line feed at the end; ks as it was sent has 204 characters; the token wants SHA256',
    )
  })

  test('names several in the order in which they were made, and the remedies of all', () => {
    const diagnosis = searched(sha256(`${VECTOR.sessionString}"${VECTOR.tokenValue}"\n`).toUpperCase())
    const mistakes = ['hash-quoted', 'hash-newline', 'hash-upper-case'] as const
    assert.deepEqual([diagnosis.cause.id, diagnosis.mistakes], ['hash-quoted', mistakes])
    assert.deepEqual(
      diagnosis.cause.remedy,
      mistakes.flatMap((cause) => CAUSES[cause].remedy),
    )
  })

  test('says that it is the old value where only that is wrong, and that it was where something else is', () => {
    const received = sha256(`${VECTOR.sessionString}older`)
    const byOld = (isTaken: boolean, hash: string) =>
      told(hash, nearMiss(nodePrimitives, { ...QUESTION, received: hash, previousValue: { value: 'older', isTaken } }))
    assert.equal(byOld(false, received).cause.id, 'token-value-old')
    const upper = byOld(true, received.toUpperCase())
    assert.equal(upper.cause.id, 'hash-upper-case')
    assert.match(upper.cause.saw, /made with the value before the last rotation/)
  })

  test('goes by the form where nothing was found or looked for, and says which', () => {
    assert.match(
      searched(GARBAGE).cause.saw,
      /no known mistake gives it, alone or with another \(\d{4,} digests tried\)/,
    )
    assert.match(
      searched('opensesame').cause.saw,
      /no hex digest among them; SHA256 gives 64 lower-case hex characters$/,
    )
    assert.equal(searched(GARBAGE.toUpperCase()).cause.id, 'hash-upper-case')
    assert.equal(
      told(GARBAGE, undefined).cause.saw,
      'tokenHash is 64 hex characters, as it should be; SHA256 gives 64 lower-case hex characters',
    )
    const notes = { rate: /try again in a minute/, busy: /server is busy/, length: /far longer/ } as const
    for (const [why, note] of Object.entries(notes)) {
      assert.ok(why === 'rate' || why === 'busy' || why === 'length')
      const diagnosis = told(GARBAGE, { kind: 'not-searched', why })
      assert.equal(diagnosis.cause.id, 'hash-unexplained')
      assert.match(diagnosis.cause.saw, note)
    }
  })

  test('points at the session of the call where that is no widget session', () => {
    const session = { kind: 'admin', partnerId: 7102, type: 2, hasUser: true } as const
    const search = nearMiss(nodePrimitives, { ...QUESTION, received: GARBAGE })
    assert.match(told(GARBAGE, search, { session }).cause.saw, /an ADMIN session: hash its string/)
    assert.doesNotMatch(searched(GARBAGE).cause.saw, /ADMIN/)
  })

  test('holds no run of eight characters of value, session string or any digest', () => {
    const rows = fingerprints(nodePrimitives, QUESTION)
    const [right] = rows
    for (const { digest, cause } of rows.slice(1)) {
      const diagnosis = searched(digest)
      assert.equal(diagnosis.cause.id, cause)
      const text = JSON.stringify(diagnosis)
      for (const secret of [VECTOR.tokenValue, VECTOR.sessionString, right?.digest ?? '', digest]) {
        for (let at = 0; at + 8 <= secret.length; at += 1) {
          assert.equal(text.includes(secret.slice(at, at + 8)), false, `${cause}: ${secret.slice(at, at + 8)}`)
        }
      }
    }
  })
})
